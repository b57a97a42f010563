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

/** Makes a shortcut as it is shown, or the words for none. */
export function keyOf(shortcut: string): HTMLElement {
  return shortcut === "" ? el("span", { class: "faint" }, text("noKey")) : el("kbd", {}, shortcut);
}

/** Returns the shortcuts by the name of their command; an empty one if the browser gave it none. */
export async function shortcuts(): Promise<ReadonlyMap<string, string>> {
  return new Map((await browser.commands.getAll()).map(({ name, shortcut }) => [name ?? "", shortcut ?? ""]));
}
