/** A field for one line of text: label above, hint below, whose place an error takes. */

import { el, icon } from "./dom.ts";
import type { Attributes } from "./dom.ts";

export interface TextField {
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;
  /** Shows an error in the hint's place, or the hint again. */
  readonly say: (error: string | null) => void;
}

/** @param more Attributes of the input. @param beside What stands on the field's line, after it. */
export function textField(
  id: string,
  label: string,
  hint: string,
  more: Attributes = {},
  beside: readonly Node[] = [],
): TextField {
  const hintId = `${id}-hint`;
  const plain = { type: "text", autocomplete: "off", spellcheck: "false", autocapitalize: "off" };
  const input = el("input", { id, "aria-describedby": hintId, ...plain, ...more });
  const box = el("div", { class: "input" }, input);
  const below = el("p", { class: "hint", id: hintId, "aria-live": "polite" }, hint);
  let said: string | null = null;
  const say = (error: string | null) => {
    if (error === said) return;
    said = error;
    box.classList.toggle("error", error !== null);
    below.classList.toggle("error", error !== null);
    input.setAttribute("aria-invalid", String(error !== null));
    if (error === null) below.replaceChildren(hint);
    else below.replaceChildren(icon("warning", "s"), el("span", {}, error));
  };
  const line =
    beside.length === 0 ? box : el("div", { class: "h top wrap" }, el("div", { class: "grow least" }, box), ...beside);
  return { node: el("div", { class: "field" }, el("label", { for: id }, label), line, below), input, say };
}
