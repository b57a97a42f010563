/** Whether pages are offered passkeys from the vault. The choice is this browser's and no secret: it lies in extension storage. */

import { browser } from "./browser.ts";

const name = "passkeys";
const off = "off";

/** Returns the person's choice; on, where there was none. */
export async function passkeysOn(): Promise<boolean> {
  return (await browser.storage.local.get(name))[name] !== off;
}

/** Keeps a choice. */
export async function turnPasskeys(on: boolean): Promise<void> {
  await browser.storage.local.set({ [name]: on ? "on" : off });
}

/** Calls back at each change. */
export function whenPasskeysTurned(turned: (on: boolean) => void): void {
  browser.storage.local.onChanged.addListener((changes) => {
    if (name in changes) turned(changes[name]?.newValue !== off);
  });
}
