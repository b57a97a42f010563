/** The keyboard shortcuts as this browser has them now, and the way to change them. */

import { browser, text } from "../../shared/browser.ts";
import { el } from "../../shared/ui/dom.ts";
import type { Actions, Part } from "./view.ts";

/** The commands in the order in which they are listed, with the message that says what each does. */
const commands: readonly (readonly [name: string, key: string])[] = [
  ["_execute_action", "commandOpen"],
  ["fill", "commandFill"],
  ["lock", "commandLock"],
];

export function keysPart(actions: Actions): Part {
  const list = el("dl", { class: "lines" });
  const change = el("button", { type: "button", class: "btn", onclick: actions.openShortcuts }, text("changeKeys"));
  const node = el(
    "div",
    { class: "setting", id: "setting-keys" },
    el("h3", {}, text("keys")),
    el("p", { class: "small muted" }, text("keysAbout")),
    el("div", { class: "control" }, change),
    el("div", { class: "below" }, list),
  );
  const show = async () => {
    const found = new Map((await browser.commands.getAll()).map(({ name, shortcut }) => [name, shortcut]));
    list.replaceChildren(
      ...commands.map(([name, key]) => {
        const shortcut = found.get(name) ?? "";
        const shown = shortcut === "" ? el("span", { class: "faint" }, text("noKey")) : el("kbd", {}, shortcut);
        return el("div", { class: "h" }, el("dt", { class: "grow" }, text(key)), el("dd", {}, shown));
      }),
    );
  };
  void show();
  // The person comes back from where the browser lets them change it.
  addEventListener("focus", () => void show());
  return { node, update: () => {} };
}
