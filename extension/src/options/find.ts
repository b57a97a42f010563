/** Finds options by what they say: hides the rest, and the sections that have nothing left. */

import { isFound } from "./state.ts";

/** @returns How many options are shown. */
export function find(sections: readonly HTMLElement[], query: string): number {
  let total = 0;
  for (const section of sections) {
    const options = [...section.querySelectorAll<HTMLElement>(".setting")];
    for (const option of options) option.hidden = !isFound(option.textContent, query);
    const found = options.filter((option) => !option.hidden).length;
    section.classList.toggle("none-found", found === 0);
    total += section.hidden ? 0 : found;
  }
  return total;
}
