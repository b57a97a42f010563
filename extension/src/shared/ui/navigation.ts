/** The bar at the side of a full page: the pages, the sections of this one, and the vault's state. */

import { text } from "../browser.ts";
import type { PageState } from "../pageMessages.ts";
import { el, icon, mark } from "./dom.ts";
import { vaultOf } from "./failure.ts";
import { hasOffice } from "../vaults.ts";

/** @param sections The parts of this page, by the id that an address can name. Those that are hidden are not offered. */
export function navigation(
  current: "options" | null,
  sections: readonly { readonly node: HTMLElement; readonly name: string }[],
): { readonly node: HTMLElement; readonly update: (known: PageState | null) => void } {
  const foot = el("div", { class: "foot small faint cut", role: "status" });
  const links = sections.map(({ node: { id }, name }) =>
    el("a", { class: "d1", href: `#${id}` }, el("span", { class: "cut" }, name)),
  );
  const brand = mark();
  brand.setAttribute("width", "24");
  brand.setAttribute("height", "24");
  const office = el(
    "a",
    { href: "office.html", hidden: true },
    icon("group"),
    el("span", { class: "cut" }, text("office")),
  );
  const node = el(
    "nav",
    { class: "nav", "aria-label": text("extensionName") },
    el("div", { class: "brand" }, brand, el("span", {}, text("extensionName"))),
    el("a", { href: "firstRun.html" }, icon("check"), el("span", { class: "cut" }, text("firstSteps"))),
    el(
      "a",
      { href: "options.html", "aria-current": current === "options" && "page" },
      icon("settings"),
      el("span", { class: "cut" }, text("options")),
    ),
    office,
    links.length > 0 && el("div", { class: "sec" }, text("onThisPage")),
    ...links,
    foot,
  );
  const update = (known: PageState | null) => {
    for (const [index, link] of links.entries()) link.hidden = sections[index]?.node.hidden === true;
    office.hidden = !hasOffice(known?.choices?.vaults ?? []);
    const state = known?.status?.state;
    foot.textContent = state === undefined || state === "noVault" ? "" : text(`vault_${state}`, vaultOf(known));
    foot.title = known?.status?.vaultPath ?? "";
  };
  return { node, update };
}
