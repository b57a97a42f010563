/** The keyboard shortcuts, and the way to change them. */

import { text } from "../../shared/browser.ts";
import { el } from "../../shared/ui/dom.ts";
import { keyList, popupKeyList } from "../../shared/ui/keyList.ts";
import type { Actions, Part } from "./view.ts";

export function keysPart(actions: Actions): Part {
  const change = el("button", { type: "button", class: "btn", onclick: actions.openShortcuts }, text("changeKeys"));
  const node = el(
    "div",
    { class: "setting", id: "setting-keys" },
    el("h3", {}, text("keys")),
    el("p", { class: "small muted" }, text("keysAbout")),
    el("div", { class: "control" }, change),
    el("div", { class: "below" }, keyList()),
    el("p", { class: "small muted below" }, text("keyAgain")),
    el("h3", { class: "below" }, text("popupKeys")),
    el("p", { class: "small muted" }, text("popupKeysAbout")),
    el("div", { class: "below" }, popupKeyList()),
  );
  return { node, update: () => {} };
}
