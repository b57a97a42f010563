/** The bar at the side: the offices, the views of the one that is chosen, and the state of vault and server. */

import { text } from "../shared/browser.ts";
import type { PageState } from "../shared/pageMessages.ts";
import type { Office } from "../shared/protocol.ts";
import { el, icon, mark } from "../shared/ui/dom.ts";
import { vaultOf } from "../shared/ui/failure.ts";
import type { IconName } from "../shared/ui/icons.ts";
import { hashOf, viewNames } from "./route.ts";
import type { ViewName } from "./route.ts";

const drawings: Readonly<Record<ViewName, IconName>> = {
  access: "group",
  bring: "import",
  members: "person",
  leavers: "warning",
  audit: "history",
  log: "note",
};

export interface SideState {
  readonly known: PageState | null;
  readonly offices: readonly Office[];
  readonly office: Office | null;
  readonly view: ViewName;
  readonly counts: Readonly<Partial<Record<ViewName, number>>>;
}

/** @param choose Called with the id of the office that the person wants to see. */
export function sideBar(choose: (office: string) => void) {
  const brand = mark();
  brand.setAttribute("width", "24");
  brand.setAttribute("height", "24");
  const name = el("div", { class: "sec mono" });
  const select = el("select", { "aria-label": text("officeChoose"), onchange: () => choose(select.value) });
  const several = el("span", { class: "select-box" }, select, icon("down"));
  const links = viewNames.map((view) => {
    const count = el("span", { class: "n" });
    const link = el(
      "a",
      { href: hashOf({ view, office: null }) },
      icon(drawings[view]),
      el("span", { class: "cut" }, text(`office_${view}`)),
      count,
    );
    return { view, link, count };
  });
  const server = el("span", { class: "h" });
  const vault = el("span", { class: "cut" });
  const node = el(
    "nav",
    { class: "nav", "aria-label": text("extensionName") },
    el("div", { class: "brand" }, brand, el("span", {}, text("extensionName"))),
    name,
    several,
    ...links.map(({ link }) => link),
    el("div", { class: "sec" }, text("thisComputer")),
    el("a", { href: "options.html" }, icon("settings"), el("span", { class: "cut" }, text("options"))),
    el("div", { class: "foot small faint", role: "status" }, server, vault),
  );

  let listed = "";
  const update = ({ known, offices, office, view, counts }: SideState) => {
    name.hidden = office === null || offices.length > 1;
    name.textContent = office?.name ?? "";
    several.hidden = offices.length < 2;
    const names = offices.map((each) => each.office).join();
    if (names !== listed) {
      listed = names;
      select.replaceChildren(...offices.map((each) => el("option", { value: each.office }, each.name)));
    }
    select.value = office?.office ?? "";
    for (const { view: of, link, count } of links) {
      link.hidden = office === null;
      link.href = hashOf({ view: of, office: offices.length > 1 ? (office?.office ?? null) : null });
      if (of === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      count.textContent = String(counts[of] ?? "");
    }
    server.hidden = office === null;
    server.replaceChildren(
      icon(office?.connected === true ? "again" : "offline", "s"),
      office?.connected === true ? text("officeUpToDate") : text("officeOffline"),
    );
    const state = known?.status?.state;
    vault.textContent = state === undefined || state === "noVault" ? "" : text(`vault_${state}`, vaultOf(known));
    vault.title = known?.status?.vaultPath ?? "";
  };
  return { node, update };
}
