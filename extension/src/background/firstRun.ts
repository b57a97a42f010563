/** Opens the first-run page, once in the life of a browser profile. */

import { browser } from "../shared/browser.ts";

const name = "firstRunShown";
const page = "firstRun.html";

/** Opens the page, unless this profile has seen it: an extension that is loaded unpacked is installed at each start. */
export async function openFirstRun(): Promise<void> {
  if ((await browser.storage.local.get(name))[name] === true) return;
  await browser.storage.local.set({ [name]: true });
  await browser.tabs.create({ url: page });
}

/** Whether a tab shows the first-run page. */
export function isFirstRun(tab: chrome.tabs.Tab | undefined): boolean {
  return tab?.url?.startsWith(browser.runtime.getURL(page)) === true;
}
