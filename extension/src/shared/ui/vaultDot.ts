/** The dot in a vault's colour. The vault's name always goes with it: beside it as words, or as its own name and tooltip. */

import { text } from "../browser.ts";
import type { Vault, VaultColour } from "../protocol.ts";
import { el } from "./dom.ts";
import type { Attributes } from "./dom.ts";

/** Makes a dot for where the name, or the colour's, stands beside it. */
export function colourDot(colour: VaultColour): HTMLElement {
  return el("span", { class: `dot ${colour}`, "aria-hidden": "true" });
}

/** Puts a dot that says which vault the item is in on the corner of its tile. `more`: attributes of what is around both. */
export function tileWithDot(tile: HTMLElement, { name, colour }: Vault, more: Attributes): HTMLElement {
  const words = text("inVault", name);
  const dot = el("span", { class: `dot ${colour}`, role: "img", "aria-label": words });
  return el("span", { class: "tile-place", title: words, ...more }, tile, dot);
}
