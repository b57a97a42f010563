/**
 * What the lists of the office page have in common: tables and people are drawn alike, they are drawn anew when something changed, and the
 * focus stays where it was.
 */

import { el } from "../shared/ui/dom.ts";

/** Puts children in place of what was there. The focus goes to the element with the same `data-key` that had it, and the scroll stays. */
export function redraw(node: HTMLElement, ...children: readonly (Node | string)[]): void {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && node.contains(focused) ? focused.dataset["key"] : undefined;
  const { scrollTop } = node;
  node.replaceChildren(...children);
  node.scrollTop = scrollTop;
  if (key === undefined) return;
  for (const each of node.querySelectorAll<HTMLElement>("[data-key]")) if (each.dataset["key"] === key) each.focus();
}

/** Makes the buttons of a list one tab stop: arrows, Home and End go along those that match, the chosen one or the first is reached by Tab. */
export function along(node: HTMLElement, selector: string): void {
  const all = () => [...node.querySelectorAll<HTMLElement>(selector)];
  const stop = (chosen: HTMLElement | undefined) => {
    for (const each of all()) each.tabIndex = each === chosen ? 0 : -1;
  };
  node.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && target.matches(selector)) stop(target);
  });
  node.addEventListener("keydown", (event) => {
    const rows = all();
    const at = rows.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus();
  });
}

/** Returns the tab index of a row: 0 for the one that Tab reaches. */
export function stopOf(isChosen: boolean, index: number, hasChosen: boolean): number {
  return isChosen || (!hasChosen && index === 0) ? 0 : -1;
}

/** Returns the letters that stand for a person. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toLocaleUpperCase() || "·";
}

/** Draws a person, for who sees the name beside it. */
export function avatar(name: string): HTMLElement {
  return el("span", { class: "avatar", "aria-hidden": "true" }, initialsOf(name));
}

/** Draws how far something is of which the end is known. */
export function knownProgress(words: string, done: number, total: number): HTMLElement {
  const bar = el("i");
  bar.style.inlineSize = `${total === 0 ? 0 : (100 * done) / total}%`;
  const state = { "aria-label": words, "aria-valuemax": total, "aria-valuenow": done };
  return el("div", { class: "progress known", role: "progressbar", ...state }, bar);
}

/** Makes a table. @param body Its `tbody`. Without heads it has none. */
export function tableOf(heads: readonly (string | Node)[], body: HTMLElement): HTMLElement {
  const head = el("thead", {}, el("tr", {}, ...heads.map((each) => el("th", { scope: "col" }, each))));
  return el("div", { class: "table-wrap" }, el("table", { class: "table" }, heads.length > 0 && head, body));
}
