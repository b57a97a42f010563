/** The context menu on fields: "Fill with Latchkey", with the matching items below it while they are few, and what a field can be taught to be. */

import { browser, text } from "../shared/browser.ts";
import { taughtRoles } from "../shared/protocol.ts";
import type { MatchedItem, TaughtRole } from "../shared/protocol.ts";

const fillId = "fill";
const itemPrefix = "fill:";
const rolePrefix = "teach:";
/** A longer list is quicker in the popup. */
const maxItems = 6;

export class Menus {
  // The browser's menu calls are not atomic: one rebuild after the other.
  #last: Promise<void> = Promise.resolve();
  #shown = "";

  /** Shows the entries for the items that match the active tab. */
  show(items: readonly MatchedItem[]): void {
    const listed = items.length > 1 && items.length <= maxItems ? items : [];
    const shown = JSON.stringify(listed.map(({ id, title, username }) => [id, title, username]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#last = this.#last.then(() => rebuild(listed));
  }
}

/** Returns the item that a menu entry stands for, undefined for "the best match", null for an entry not of ours. */
export function itemOfEntry(id: string | number): string | undefined | null {
  if (id === fillId) return undefined;
  return typeof id === "string" && id.startsWith(itemPrefix) ? id.slice(itemPrefix.length) : null;
}

/** Returns what a menu entry says that the field is; null for an entry that says nothing of the kind. */
export function roleOfEntry(id: string | number): TaughtRole | null {
  return taughtRoles.find((role) => id === rolePrefix + role) ?? null;
}

async function rebuild(items: readonly MatchedItem[]): Promise<void> {
  await browser.contextMenus.removeAll();
  const contexts: [`${chrome.contextMenus.ContextType}`] = ["editable"];
  browser.contextMenus.create({ id: fillId, title: text("menuFill"), contexts });
  for (const { id, title, username } of items) {
    // An ampersand would underline the next letter instead of showing.
    const name = (username === "" ? title : `${title}, ${username}`).replaceAll("&", "&&");
    browser.contextMenus.create({ id: itemPrefix + id, parentId: fillId, title: name, contexts });
  }
  for (const role of taughtRoles) {
    browser.contextMenus.create({ id: rolePrefix + role, title: text(`menuTeach_${role}`), contexts });
  }
}
