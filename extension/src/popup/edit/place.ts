/** "Save in": the vault that a new item goes into. Shown while there is a choice. Of an office's it says who can open the item then. */

import { text } from "../../shared/browser.ts";
import type { Vault } from "../../shared/protocol.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { colourDot } from "../../shared/ui/vaultDot.ts";
import { isOffice, placesOf, presetOf } from "../../shared/vaults.ts";

export interface Place {
  readonly node: HTMLElement;
  /** The chosen vault's id; empty while there never was a choice. */
  readonly value: () => string;
  /** Whether that is an office's: its items lie in no folder of one's own. */
  readonly isOffice: () => boolean;
  /** Follows the vaults, which open one after another. Keeps what was chosen. */
  readonly follow: (vaults: readonly Vault[]) => void;
}

/** @param wanted What was chosen before; empty: nothing. @param moved Called when there is a choice, and when the place is another one. */
export function placePart(wanted: string, moved: (vault: string) => void): Place {
  let chosen = wanted;
  let places: readonly Vault[] = [];
  const select = el("select", { id: "place" });
  const dot = el("span", { class: "h" });
  const box = el("span", { class: "select-box grow" }, select, icon("down", "s"));
  const line = el("div", { class: "h" }, dot, box);
  const alone = el("p", { class: "hint", id: "place-alone", role: "status" }, text("officeOnlyYou"));
  const node = el("div", { class: "field" }, el("label", { for: "place" }, text("saveIn")), line, alone);
  node.hidden = true;
  const show = (vault: string, isMoved: boolean) => {
    chosen = select.value = vault;
    alone.hidden = !isOffice(vault, places);
    dot.replaceChildren(...places.filter((each) => each.vault === vault).map(({ colour }) => colourDot(colour)));
    if (isMoved) moved(vault);
  };
  select.addEventListener("change", () => show(select.value, true));
  return {
    node,
    value: () => chosen,
    isOffice: () => isOffice(chosen, places),
    follow: (vaults) => {
      const wasHidden = node.hidden === true;
      places = placesOf(vaults);
      node.hidden = places.length < 2;
      if (node.hidden) return;
      select.replaceChildren(...places.map(({ vault, name }) => el("option", { value: vault }, name)));
      const next = places.some(({ vault }) => vault === chosen) ? chosen : presetOf(vaults);
      show(next, wasHidden || next !== chosen);
    },
  };
}
