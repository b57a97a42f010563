/** What the toolbar shows: the icon's state for all tabs, and the number of matches for each. */

import { browser, isFirefox } from "../shared/browser.ts";
import { originOf } from "../shared/origin.ts";
import type { MatchedItem } from "../shared/protocol.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal } from "./problem.ts";

const badgeInk = "#13201c";
const badgeDigits = "#ffffff";
/** Instead of a number: Latchkey is paused. */
const pausedGlyph = "‖";
/** Instead of a number: there is something to save, a page asks for a passkey, or a colleague for access. */
const asksGlyph = "+";
/** Instead of a number: here is the popup that was asked for. */
const wantedGlyph = "•";
/** More than a badge can show. */
const maxShown = 99;

/** Marks the toolbar for a tab whose person wants the popup. The mark goes with the next look at the tab. */
export async function markTab(tabId: number): Promise<void> {
  await setBadge(tabId, wantedGlyph);
}

/** Draws the toolbar's icon for the host's state and takes the badges away when nothing is known any more. */
export async function showState(host: HostConnection, paused: boolean): Promise<void> {
  const state = host.problem !== null ? "problem" : host.unlocked ? "unlocked" : "locked";
  const path = Object.fromEntries([16, 32].map((size) => [size, `/icons/toolbar-${state}-${size}.png`]));
  await browser.action.setIcon({ path });
  if (host.unlocked) return;
  for (const { id } of await browser.tabs.query({})) {
    if (id !== undefined) await setBadge(id, paused ? pausedGlyph : "");
  }
}

/**
 * Asks the host for the items that match a tab and shows their number, or that the person is asked something about it.
 * @returns The items, or an empty list if the vault is locked, the host is away, the page has no web origin or all is paused.
 */
export async function showMatches(
  host: HostConnection,
  tab: chrome.tabs.Tab,
  paused: boolean,
  asks: boolean,
): Promise<readonly MatchedItem[]> {
  const origin = originOf(tab.url);
  if (tab.id === undefined) return [];
  if (paused) return (await setBadge(tab.id, pausedGlyph), []);
  if (!host.unlocked) return (await setBadge(tab.id, asks ? asksGlyph : ""), []);
  const items = origin === null ? [] : await matchesOf(host, origin);
  const count = items.length === 0 ? "" : String(Math.min(items.length, maxShown));
  await setBadge(tab.id, asks ? asksGlyph : count);
  return items;
}

/** Starts the content script in pages that were open before the extension. Firefox does it by itself. */
export async function startInOpenPages(): Promise<void> {
  if (isFirefox) return;
  for (const { id, url } of await browser.tabs.query({ discarded: false })) {
    if (id === undefined || originOf(url) === null) continue;
    // Rejects for pages that the browser keeps to itself, such as its store.
    await browser.scripting
      .executeScript({ target: { tabId: id, allFrames: true }, files: ["content.js"] })
      .catch(() => {});
  }
}

async function matchesOf(host: HostConnection, origin: string): Promise<readonly MatchedItem[]> {
  try {
    return (await host.request("match", { origin, ancestors: [] })).items;
  } catch (error) {
    if (error instanceof HostRefusal || error instanceof HostProblem) return [];
    throw error;
  }
}

async function setBadge(tabId: number, words: string): Promise<void> {
  try {
    await browser.action.setBadgeText({ tabId, text: words });
    if (words === "") return;
    await browser.action.setBadgeBackgroundColor({ tabId, color: badgeInk });
    await browser.action.setBadgeTextColor({ tabId, color: badgeDigits });
  } catch {
    // The tab was closed in between; its badge went with it.
  }
}
