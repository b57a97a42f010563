/** Whether an icon is shown in login fields, by the person's choice. The choice is no secret: it lies in extension storage. */

import { browser } from "./browser.ts";

const name = "fieldIcon";

/** Returns the person's choice. What was never chosen, or spoilt, is yes. */
export async function isIconChosen(): Promise<boolean> {
  return (await browser.storage.local.get(name))[name] !== false;
}

/** Keeps a choice. It holds from the next field on that the person goes to. */
export async function chooseIcon(on: boolean): Promise<void> {
  await browser.storage.local.set({ [name]: on });
}
