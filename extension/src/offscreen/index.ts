/** Chromium's clipboard page: a page nobody sees, because a service worker cannot reach the clipboard. */

import { browser, isOwnPage } from "../shared/browser.ts";
import { ClipboardKeeper } from "../shared/clipboard.ts";
import type { ToOffscreen } from "../shared/messages.ts";

const field = document.querySelector("textarea") as HTMLTextAreaElement;

// The asynchronous clipboard wants focus, which a page that is not shown never has; the older commands do not.
const keeper = new ClipboardKeeper({
  read: async () => {
    field.value = "";
    field.focus();
    document.execCommand("paste");
    const found = field.value;
    field.value = "";
    return found;
  },
  clear: async () => {
    const write = (event: ClipboardEvent) => {
      event.preventDefault();
      event.clipboardData?.setData("text/plain", "");
    };
    document.addEventListener("copy", write, { once: true });
    document.execCommand("copy");
  },
});

browser.runtime.onMessage.addListener((message: ToOffscreen, sender, reply) => {
  if (!isOwnPage(sender)) return false;
  if (message.type === "holdClipboard") {
    keeper.hold(message.hold);
    reply(null);
    return false;
  }
  if (message.type !== "clearHeldClipboard") return false;
  void keeper.clear().then(() => reply(null));
  return true;
});
