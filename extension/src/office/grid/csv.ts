/** The grid as a table for a spreadsheet: one row an item and principal. Pure. */

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
export function csvRows(office: Office, words: CsvWords): readonly (readonly string[])[] {
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
  return lines;
}
