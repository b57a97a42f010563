/** The grid as a table for a spreadsheet: one line an item and principal. Pure. */

import { draftedGrants, emptyDraft } from "./draft.ts";
import { isFromFolder } from "./cells.ts";
import type { Office } from "./model.ts";

/** What stands in the first line, and what an inherited right is called, in the person's language. */
export interface CsvWords {
  readonly heads: readonly string[];
  readonly yes: string;
  readonly no: string;
}

/** Returns what is given now, not what is about to be. */
export function csvOf(office: Office, words: CsvWords): string {
  const lines = [words.heads];
  for (const item of office.items.values()) {
    const folder = item.folder === undefined ? "" : (office.items.get(item.folder)?.title ?? "");
    for (const [principal, grant] of draftedGrants(office, emptyDraft, item.item)) {
      const inherited = isFromFolder(office, emptyDraft, item, principal, { right: grant.right, grant, through: null });
      lines.push([
        folder,
        item.title,
        office.names.get(principal) ?? principal,
        grant.right,
        inherited ? words.yes : words.no,
        grant.notBefore ?? "",
        grant.notAfter ?? "",
        office.names.get(grant.by ?? "") ?? "",
      ]);
    }
  }
  // Lines end as RFC 4180 says; the mark in front tells spreadsheets that it is UTF-8.
  return `\ufeff${lines.map((line) => line.map(csvField).join(",")).join("\r\n")}\r\n`;
}

/** Writes one value. What a spreadsheet would take for a formula gets an apostrophe in front, so that it stays a text. */
export function csvField(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}
