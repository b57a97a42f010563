/** A button that opens a menu: arrows move, Enter and Space choose, Esc and Tab close, the focus returns to the button. */

import { el, icon, iconButton } from "../shared/ui/dom.ts";
import type { IconName } from "../shared/ui/icons.ts";

export interface MenuEntry {
  readonly label: string;
  readonly drawing: IconName;
  /** Present: a switch, and whether it is on. */
  readonly on?: boolean;
  readonly danger?: boolean;
  readonly choose: () => void;
}

/** Makes the button with its menu, which asks for its entries each time it opens. */
export function menuButton(id: string, label: string, entries: () => readonly MenuEntry[]): HTMLElement {
  const list = el("div", { class: "menu", role: "menu", id: `${id}-menu`, "aria-label": label, hidden: true });
  const button = iconButton("more", label, () => (list.hidden ? open() : close()), {
    id,
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "aria-controls": `${id}-menu`,
  });
  const show = (shown: boolean) => {
    list.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  const open = () => {
    list.replaceChildren(...entries().map((entry) => entryNode(entry, close)));
    show(true);
    (list.firstElementChild as HTMLElement | null)?.focus();
  };
  const close = () => {
    show(false);
    button.focus();
  };
  const move = (by: number) => {
    const all = [...list.querySelectorAll<HTMLElement>("button")];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all.at((at + by) % all.length)?.focus();
  };
  const steps: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => (list.firstElementChild as HTMLElement).focus(),
    End: () => (list.lastElementChild as HTMLElement).focus(),
    Escape: close,
    Tab: close,
  };
  list.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    // What the menu does not know, such as Ctrl+G, is the popup's.
    if (step === undefined) return;
    step();
    event.stopPropagation();
    if (event.key !== "Tab") event.preventDefault();
  });
  list.addEventListener("focusout", ({ relatedTarget }) => {
    if (!list.contains(relatedTarget as Node | null)) show(false);
  });
  return el("div", { class: "menu-place" }, button, list);
}

function entryNode({ label, drawing, on, danger, choose }: MenuEntry, close: () => void): HTMLElement {
  return el(
    "button",
    {
      type: "button",
      class: danger === true ? "danger" : "",
      role: on === undefined ? "menuitem" : "menuitemcheckbox",
      "aria-checked": on === undefined ? null : String(on),
      tabindex: -1,
      onclick: () => {
        close();
        choose();
      },
    },
    icon(drawing),
    el("span", { class: "grow" }, label),
    on === true && icon("check"),
  );
}
