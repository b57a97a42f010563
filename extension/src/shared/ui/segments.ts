/** A few choices side by side, of which one is pressed. One tab stop; arrows go along it. */

import { el } from "./dom.ts";

export interface Segments<T> {
  readonly node: HTMLElement;
  readonly show: (value: T) => void;
}

/** @param labels The group's name, as ARIA attributes. @param choices Value and words of each. */
export function segments<T>(
  labels: Readonly<Record<string, string>>,
  choices: readonly (readonly [value: T, words: string])[],
  choose: (value: T) => void,
): Segments<T> {
  const buttons = choices.map(([value, words]) =>
    el("button", { type: "button", "aria-pressed": "false", tabindex: -1, onclick: () => choose(value) }, words),
  );
  const onkeydown = (event: KeyboardEvent) => {
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const sideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
    const step = sideways && document.documentElement.dir === "rtl" ? -way : way;
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons.at((at + step) % buttons.length)?.focus();
  };
  const node = el("div", { class: "seg", role: "group", ...labels, onkeydown }, ...buttons);
  const show = (value: T) => {
    for (const [index, button] of buttons.entries()) {
      const pressed = choices[index]?.[0] === value;
      button.setAttribute("aria-pressed", String(pressed));
      button.tabIndex = pressed ? 0 : -1;
    }
  };
  return { node, show };
}
