/**
 * Asks for the first list while the popup's styles and its other scripts are still being read: the browser holds those
 * back until it has the styles.
 */

import { browser } from "../shared/browser.ts";
import type { BackgroundReply } from "../shared/messages.ts";

declare global {
  /** The reply to the question that was asked early. */
  var earlyReply: Promise<BackgroundReply<"open">>;
}

globalThis.earlyReply = browser.runtime.sendMessage<unknown, BackgroundReply<"open">>({ type: "open" });
