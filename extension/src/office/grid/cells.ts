/** What a cell shows: a right, where it comes from, and what becomes of it when the draft is applied. Pure. */

import type { Right } from "../../shared/officeProtocol.ts";
import { draftedFolder, draftedGrants } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { effectiveOf, isLimited, isSame } from "./model.ts";
import type { Column, Effective, Grant, GridItem, Office } from "./model.ts";

export interface Cell {
  readonly right: Right;
  /** Comes from a folder or through a group. */
  readonly inherited: boolean;
  /** The group that it comes through. */
  readonly through: string | null;
  readonly limited: boolean;
  readonly grant: Grant | undefined;
  /** Not applied yet. */
  readonly changed: boolean;
  /** The right that is taken away, if nothing is left of it. */
  readonly lost: Right | null;
}

export function cellOf(office: Office, draft: Draft, item: GridItem, column: Pick<Column, "principal">): Cell {
  const now = effectiveOf(office, draftedGrants(office, draft, item.item), column.principal);
  const before = effectiveOf(office, office.given.get(item.item) ?? new Map(), column.principal);
  const changed = now.right !== before.right || now.through !== before.through || !isSame(now.grant, before.grant);
  return {
    right: now.right,
    inherited:
      now.right !== "none" && (now.through !== null || isFromFolder(office, draft, item, column.principal, now)),
    through: now.through,
    limited: isLimited(now.grant),
    grant: now.grant,
    changed,
    lost: changed && now.right === "none" ? before.right : null,
  };
}

/** Whether a direct right is the folder's too. */
export function isFromFolder(office: Office, draft: Draft, item: GridItem, principal: string, now: Effective): boolean {
  const folder = draftedFolder(office, draft, item);
  return (
    folder !== "" && now.through === null && isSame(draftedGrants(office, draft, folder).get(principal), now.grant)
  );
}

/** What of the grid is shown. */
export const shows = ["everything", "changed", "limited", "direct"] as const;
export type Show = (typeof shows)[number];

/** Whether a row is shown: with anything that the choice is about. */
export function isShown(office: Office, draft: Draft, show: Show, item: GridItem): boolean {
  if (show === "everything") return true;
  if (show === "changed") return draft.grants.has(item.item) || draft.moves.has(item.item);
  const grants = [...draftedGrants(office, draft, item.item)];
  if (show === "limited") return grants.some(([, grant]) => isLimited(grant));
  return grants.some(
    ([principal, grant]) => !isFromFolder(office, draft, item, principal, { right: grant.right, grant, through: null }),
  );
}
