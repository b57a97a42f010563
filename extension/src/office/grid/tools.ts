/** The bar above the grid: the rights as buttons for the cells that are chosen, and what the signs mean. */

import { text } from "../../shared/browser.ts";
import { rights } from "../../shared/officeProtocol.ts";
import type { Right } from "../../shared/officeProtocol.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import type { Cell } from "./cells.ts";
import { pictureOf } from "./draw.ts";
import { rightWord } from "./words.ts";

const plain = { right: "none", inherited: false, limited: false, changed: false, lost: null } as const;

export function toolBar(set: (right: Right) => void, askTimes: () => void) {
  const chosen = el("b", { role: "status" });
  const said = el("span", { class: "small", role: "status" });
  const buttons = rights.map((right, index) =>
    el(
      "button",
      { type: "button", id: `set-${right}`, onclick: () => set(right) },
      pictureOf({ ...plain, right }),
      rightWord(right),
      " ",
      el("kbd", {}, String(index)),
    ),
  );
  const times = el(
    "button",
    { type: "button", class: "plain", id: "set-times", onclick: askTimes },
    icon("timeLimited", "s"),
    text("gridForTime"),
  );
  const node = el(
    "div",
    { class: "bar tools" },
    el("div", { class: "legend live", role: "toolbar", "aria-label": text("gridToolbar") }, chosen, ...buttons, times),
    said,
    el(
      "div",
      { class: "legend end" },
      sign(text("gridInherited"), { inherited: true }),
      sign(text("gridNotApplied"), { changed: true }),
      sign(text("gridTakenAway"), { lost: "read" }),
    ),
  );
  return {
    node,
    /** Says how many cells are chosen; one needs no saying. */
    choose: (cells: number) => {
      chosen.textContent = cells > 1 ? plural("gridCells", cells) : "";
    },
    /** Says what stays as it is, and why; empty for nothing. */
    say: (words: string) => {
      said.textContent = words;
    },
  };
}

function sign(words: string, more: Partial<Cell>): HTMLElement {
  return el("span", {}, pictureOf({ ...plain, right: "read", ...more }), words);
}

/** A field that filters. @param value What stands in it at first. */
export function filterField(id: string, label: string, oninput: () => void, value = "") {
  const attributes = {
    type: "text",
    id,
    "data-key": id,
    "aria-label": label,
    placeholder: label,
    value,
    autocomplete: "off",
  };
  const input = el("input", { ...attributes, spellcheck: "false", oninput });
  const node = el("div", { class: "input find" }, icon("search", "s"), input);
  return { node, value: () => input.value.trim() };
}
