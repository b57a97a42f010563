/** Where the clipboard's keeper runs: here in Firefox; in an offscreen page in Chromium, whose worker has none. */

import { browser } from "../shared/browser.ts";
import { ClipboardKeeper } from "../shared/clipboard.ts";
import type { ClipboardHold, ToOffscreen } from "../shared/messages.ts";
import { forget, keep, recall } from "./memory.ts";

export class Clipboard {
  readonly #keeper = new ClipboardKeeper({
    read: () => navigator.clipboard.readText(),
    clear: () => navigator.clipboard.writeText(""),
    done: () => void forget("clipboard"),
  });

  /** Starts the wait for a secret that the popup copied. */
  async hold(hold: ClipboardHold): Promise<void> {
    await keep("clipboard", hold);
    if (browser.offscreen === undefined) return this.#keeper.hold(hold);
    await openOffscreen();
    await tellOffscreen({ type: "holdClipboard", hold });
  }

  /** Goes on with a wait that ended with the last background. The offscreen page outlives one, the event page is one. */
  async resume(): Promise<void> {
    const hold = await recall("clipboard");
    const waits = browser.offscreen !== undefined && (await browser.offscreen.hasDocument());
    if (hold !== null && !waits) await this.hold(hold);
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
