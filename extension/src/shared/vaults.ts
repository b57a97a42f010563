/** Which of the person's vaults is meant: where an item lies, where a new one goes, which are not open. Pure. */

import type { Item, Vault } from "./protocol.ts";

/** Returns the vault that an item lies in; null while only one is open, since that needs no saying. */
export function homeOf(item: Item, vaults: readonly Vault[]): Vault | null {
  if (vaults.filter(({ state }) => state === "open").length < 2) return null;
  return vaults.find(({ vault, own }) => (item.vault === undefined ? own : vault === item.vault)) ?? null;
}

/** Whether a vault is still being opened: it counts as open, with nothing to count in it yet. */
export function isOpening({ state, items }: Vault): boolean {
  return state === "open" && items === undefined;
}

/** Returns the vaults that a new item can be put into. */
export function placesOf(vaults: readonly Vault[]): readonly Vault[] {
  return vaults.filter((vault) => vault.state === "open" && vault.readOnly !== true && !isOpening(vault));
}

/** Returns the id of the place that is offered first for a new item; empty if there is no choice. */
export function presetOf(vaults: readonly Vault[]): string {
  const places = placesOf(vaults);
  if (places.length < 2) return "";
  return (places.find(({ takesNew }) => takesNew) ?? places[0])?.vault ?? "";
}

/** Returns the vaults whose items are missing, since the file did not open or this browser has not given the passphrase. */
export function closedOf(vaults: readonly Vault[]): readonly Vault[] {
  return vaults.filter(({ state }) => state !== "open");
}

/** Whether a vault, by its id, is an office's. */
export function isOffice(id: string | undefined, vaults: readonly Vault[]): boolean {
  return vaults.some(({ vault, office }) => vault === id && office !== undefined);
}

/** Whether the person is in an office whose items are here. */
export function hasOffice(vaults: readonly Vault[]): boolean {
  return vaults.some(({ office }) => office !== undefined);
}
