/** The vault: its name, where its file lies, how much is in it; to lock it, or to use another file. */

import { text } from "../../shared/browser.ts";
import { el, iconButton, plural } from "../../shared/ui/dom.ts";
import { vaultOf } from "../../shared/ui/failure.ts";
import type { State } from "../state.ts";
import type { Actions, Part } from "./view.ts";

export function vaultPart(actions: Actions): Part {
  const name = el("h3", { class: "cut" });
  const items = el("p", { class: "small muted" });
  const path = el("code", {});
  const copied = el("span", { class: "sr", role: "status" });
  const copy = () => {
    void navigator.clipboard.writeText(path.textContent);
    copied.textContent = text("pathCopied");
  };
  const node = el(
    "div",
    { class: "setting", id: "setting-vault" },
    name,
    items,
    el(
      "div",
      { class: "control actions" },
      el("button", { type: "button", class: "btn", onclick: actions.lock }, text("lockNow")),
      el("a", { class: "btn", href: "firstRun.html#vault" }, text("otherVault")),
    ),
    el(
      "div",
      { class: "below" },
      el("div", { class: "cmd" }, path, iconButton("copy", text("copyPath"), copy)),
      copied,
    ),
  );
  const update = ({ known }: State) => {
    const status = known?.status ?? null;
    name.textContent = vaultOf(known);
    items.textContent = plural("itemsInside", status?.items ?? 0);
    path.textContent = status?.vaultPath ?? "";
  };
  return { node, update };
}
