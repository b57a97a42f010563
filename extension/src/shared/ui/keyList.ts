/** The keyboard shortcuts as this browser has them now. */

import { browser, text } from "../browser.ts";
import { el } from "./dom.ts";

/** The commands in the order in which they are listed, with the message that says what each does. */
const commands: readonly (readonly [name: string, key: string])[] = [
  ["_execute_action", "commandOpen"],
  ["fill", "commandFill"],
  ["lock", "commandLock"],
];

/** Makes the list. It follows what the person changes in the browser. */
export function keyList(): HTMLElement {
  const list = el("dl", { class: "lines" });
  const show = async () => {
    const found = await shortcuts();
    list.replaceChildren(
      ...commands.map(([name, key]) =>
        el("div", { class: "h" }, el("dt", { class: "grow" }, text(key)), el("dd", {}, keyOf(found.get(name) ?? ""))),
      ),
    );
  };
  void show();
  addEventListener("focus", () => void show());
  return list;
}

/** The popup's own keys, with the message that says what each does. */
const popupKeys: readonly (readonly [key: string, message: string])[] = [
  ["Ctrl+F", "searchItems"],
  ["Ctrl+B", "copyUser"],
  ["Ctrl+C", "copyPassword"],
  ["Alt+T", "copyCode"],
  ["Ctrl+E", "edit"],
  ["Ctrl+G", "generate"],
  ["Ctrl+S", "save"],
  ["F6", "toNotice"],
  ["Esc", "back"],
];

/** Makes the list of the keys that work while the popup is open. */
export function popupKeyList(): HTMLElement {
  const line = ([key, message]: (typeof popupKeys)[number]) =>
    el("div", { class: "h" }, el("dt", { class: "grow" }, text(message)), el("dd", {}, keyOf(key)));
  return el("dl", { class: "lines" }, ...popupKeys.map(line));
}

/** Makes a shortcut as it is shown, or the words for none. */
export function keyOf(shortcut: string): HTMLElement {
  return shortcut === "" ? el("span", { class: "faint" }, text("noKey")) : el("kbd", {}, shortcut);
}

/** Returns the shortcuts by the name of their command; an empty one if the browser gave it none. */
export async function shortcuts(): Promise<ReadonlyMap<string, string>> {
  return new Map((await browser.commands.getAll()).map(({ name, shortcut }) => [name ?? "", shortcut ?? ""]));
}
