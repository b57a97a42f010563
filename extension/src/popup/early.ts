/**
 * Asks for the first list while the popup's styles and its other scripts are still being read: the browser holds those
 * back until it has the styles. What changes meanwhile is not missed.
 */

import { browser } from "../shared/browser.ts";
import type { BackgroundReply, ToPopup } from "../shared/messages.ts";

declare global {
  /** The reply to the question that was asked early. */
  var earlyReply: Promise<BackgroundReply<"open">>;
  /** Something has changed since. */
  var earlyNews: boolean;
}

globalThis.earlyNews = false;
browser.runtime.onMessage.addListener(({ type }: ToPopup) => {
  if (type === "changed") globalThis.earlyNews = true;
  return false;
});

globalThis.earlyReply = browser.runtime.sendMessage<unknown, BackgroundReply<"open">>({ type: "open" });
