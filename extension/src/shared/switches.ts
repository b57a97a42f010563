/** What this browser's person can switch off, each on at first. The choices are no secrets: they lie in extension storage. */

import { browser } from "./browser.ts";

/** `fieldIcon`: an icon in login fields. `passkeys`: pages are offered passkeys from the vault. */
export type SwitchName = "fieldIcon" | "passkeys";

/** Returns the person's choice. What was never chosen, or spoilt, is on. */
export async function isOn(name: SwitchName): Promise<boolean> {
  return (await browser.storage.local.get(name))[name] !== false;
}

/** Keeps a choice. */
export async function turn(name: SwitchName, on: boolean): Promise<void> {
  await browser.storage.local.set({ [name]: on });
}

/** Calls back at each change. */
export function whenTurned(name: SwitchName, turned: (on: boolean) => void): void {
  browser.storage.local.onChanged.addListener((changes) => {
    if (name in changes) turned(changes[name]?.newValue !== false);
  });
}
