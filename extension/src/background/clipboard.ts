/** Where the clipboard's keeper runs: here in Firefox; in an offscreen page in Chromium, whose worker has none. */

import { browser } from "../shared/browser.ts";
import { ClipboardKeeper } from "../shared/clipboard.ts";
import type { ClipboardHold, ToOffscreen } from "../shared/messages.ts";
import { forget, keep } from "./memory.ts";

export class Clipboard {
  readonly #keeper = new ClipboardKeeper({
    read: () => navigator.clipboard.readText(),
    clear: () => navigator.clipboard.writeText(""),
  });

  /** Starts the wait for a secret that the popup copied. */
  async hold(hold: ClipboardHold): Promise<void> {
    await keep("clipboard", hold);
    if (browser.offscreen === undefined) return this.#keeper.hold(hold);
    await openOffscreen();
    await tellOffscreen({ type: "holdClipboard", hold });
  }

  /** Clears the copied secret now, if it is still there. */
  async clear(): Promise<void> {
    await forget("clipboard");
    if (browser.offscreen === undefined) return await this.#keeper.clear();
    if (await browser.offscreen.hasDocument()) await tellOffscreen({ type: "clearHeldClipboard" });
  }
}

async function openOffscreen(): Promise<void> {
  if (await browser.offscreen.hasDocument()) return;
  await browser.offscreen.createDocument({
    url: "offscreen.html",
    reasons: ["CLIPBOARD"],
    justification: "clears a copied password after its time",
  });
}

async function tellOffscreen(message: ToOffscreen): Promise<void> {
  await browser.runtime.sendMessage(message);
}
