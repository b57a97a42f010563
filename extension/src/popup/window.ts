/** The popup as a window of the browser, and the tabs that it opens. */

import { browser } from "../shared/browser.ts";

/** Closes the popup. Its page in a tab stays. */
export function closePopup(): void {
  if (isPopupWindow()) window.close();
}

/** Whether this page is the popup, and not shown in a tab. */
export function isPopupWindow(): boolean {
  return browser.extension.getViews({ type: "popup" }).includes(window);
}

/** Opens a web page in a tab. */
export async function openSite(url: string): Promise<void> {
  await browser.tabs.create({ url });
  closePopup();
}

/** Opens a page of ours in a tab. Firefox would leave the popup open over it. */
export async function openTab(path: string): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(path) });
  closePopup();
}
