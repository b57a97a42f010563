/**
 * What is about to be changed: grants by item and principal, and moves into folders. A draft is a value; each change
 * makes another one, so that undo is going back. Pure.
 */

import type { AccessToSet, Right } from "../../shared/officeProtocol.ts";
import { isSame } from "./model.ts";
import type { Grant, Grants, GridItem, Office } from "./model.ts";

/** What is to be, where it is not so already: null takes a grant away. */
export interface Draft {
  readonly grants: ReadonlyMap<string, ReadonlyMap<string, Grant | null>>;
  /** The folder that an item is to lie in; empty for the top. */
  readonly moves: ReadonlyMap<string, string>;
}

export const emptyDraft: Draft = { grants: new Map(), moves: new Map() };

/** A time for which a right holds. */
export interface TimeLimits {
  readonly notBefore?: string;
  readonly notAfter?: string;
}

/** Returns what will be given to an item once the draft is applied. */
export function draftedGrants(office: Office, draft: Draft, item: string): Grants {
  const given = office.given.get(item) ?? new Map<string, Grant>();
  const changes = draft.grants.get(item);
  if (changes === undefined) return given;
  const all = new Map(given);
  for (const [principal, grant] of changes) {
    if (grant === null) all.delete(principal);
    else all.set(principal, grant);
  }
  return all;
}

/** Returns the folder that an item will lie in; empty for the top. */
export function draftedFolder(office: Office, draft: Draft, item: GridItem): string {
  const folder = draft.moves.get(item.item) ?? item.folder ?? "";
  return office.items.has(folder) ? folder : "";
}

/** One cell that is to have a right. */
export interface CellToSet {
  readonly item: string;
  readonly principal: string;
}

/**
 * Sets a right in cells. In a folder's cell it is set in the folder and in everything in it that has what the folder has:
 * what somebody was given there by itself stays.
 * @returns The draft, and how many items are left out because the person does not manage them.
 */
export function setRight(
  office: Office,
  draft: Draft,
  cells: readonly CellToSet[],
  right: Right,
  limits: TimeLimits = {},
): { readonly draft: Draft; readonly notManaged: number } {
  const changes = new Changes(office, draft);
  // Limits exist on use and read only.
  const times = right === "use" || right === "read" ? limits : {};
  const grant = right === "none" ? null : { right, ...times };
  const notManaged = new Set<string>();
  for (const { item, principal } of cells) {
    for (const each of inheriting(office, draft, item, principal)) {
      if (each.right === "manage") changes.set(each.item, principal, grant);
      else notManaged.add(each.item);
    }
  }
  return { draft: changes.draft(), notManaged: notManaged.size };
}

/**
 * Puts items into a folder (empty: at the top). What they had from the folder before, they have from the new one then;
 * what they were given by themselves stays.
 */
export function moveInto(
  office: Office,
  draft: Draft,
  items: readonly string[],
  folder: string,
): { readonly draft: Draft; readonly notManaged: number } {
  const changes = new Changes(office, draft);
  let notManaged = 0;
  const template = folder === "" ? new Map<string, Grant>() : draftedGrants(office, draft, folder);
  for (const id of items) {
    const item = office.items.get(id);
    if (item === undefined || draftedFolder(office, draft, item) === folder) continue;
    if (item.right !== "manage") {
      notManaged++;
      continue;
    }
    const before = draftedFolder(office, draft, item);
    const old = before === "" ? new Map<string, Grant>() : draftedGrants(office, draft, before);
    const now = draftedGrants(office, draft, id);
    for (const principal of new Set([...old.keys(), ...template.keys()])) {
      const had = now.get(principal);
      if (!isSame(had, old.get(principal))) continue;
      const next = template.get(principal);
      // Whoever manages an item is not put out of it by moving it out of a folder.
      if (next === undefined && (folder === "" || had?.right === "manage")) continue;
      changes.set(id, principal, next ?? null);
    }
    changes.move(id, folder);
  }
  return { draft: changes.draft(), notManaged };
}

/** Returns an item and, of a folder, all in it that has the same grant for the principal as it. */
function inheriting(office: Office, draft: Draft, item: string, principal: string): readonly GridItem[] {
  const found = office.items.get(item);
  if (found === undefined) return [];
  if (found.kind === "item") return [found];
  const grant = draftedGrants(office, draft, item).get(principal);
  const inside = (office.children.get(item) ?? []).filter((each) =>
    isSame(draftedGrants(office, draft, each.item).get(principal), grant),
  );
  return [found, ...inside.flatMap((each) => inheriting(office, draft, each.item, principal))];
}

/** Takes changes on top of a draft; what is so already is none. */
class Changes {
  readonly #office: Office;
  readonly #grants: Map<string, ReadonlyMap<string, Grant | null>>;
  readonly #moves: Map<string, string>;

  constructor(office: Office, draft: Draft) {
    this.#office = office;
    this.#grants = new Map(draft.grants);
    this.#moves = new Map(draft.moves);
  }

  set(item: string, principal: string, grant: Grant | null): void {
    const changes = new Map(this.#grants.get(item));
    if (isSame(this.#office.given.get(item)?.get(principal), grant ?? undefined)) changes.delete(principal);
    else changes.set(principal, grant);
    if (changes.size === 0) this.#grants.delete(item);
    else this.#grants.set(item, changes);
  }

  move(item: string, folder: string): void {
    if ((this.#office.items.get(item)?.folder ?? "") === folder) this.#moves.delete(item);
    else this.#moves.set(item, folder);
  }

  draft(): Draft {
    return { grants: this.#grants, moves: this.#moves };
  }
}

/** Returns a draft as it stands against a newer state of the office: what is so by now, or gone, is left out. */
export function rebased(office: Office, draft: Draft): Draft {
  const changes = new Changes(office, emptyDraft);
  for (const [item, grants] of draft.grants)
    if (office.items.has(item)) for (const [principal, grant] of grants) changes.set(item, principal, grant);
  for (const [item, folder] of draft.moves)
    if (office.items.has(item) && (folder === "" || office.items.has(folder))) changes.move(item, folder);
  return changes.draft();
}

/** Whether a draft changes nothing. */
export const isEmpty = ({ grants, moves }: Draft): boolean => grants.size === 0 && moves.size === 0;

/** Returns how many things a person set: what follows from a folder's cell counts with it. */
export function countOf(office: Office, draft: Draft): number {
  let count = draft.moves.size;
  for (const [item, grants] of draft.grants) {
    const found = office.items.get(item);
    const above = found === undefined ? undefined : draft.grants.get(draftedFolder(office, draft, found));
    for (const [principal, grant] of grants) {
      const follows = above?.has(principal) === true && isSame(above.get(principal) ?? undefined, grant ?? undefined);
      if (!follows && !draft.moves.has(item)) count++;
    }
  }
  return count;
}

/** Returns what is asked of the host. */
export function requestOf(draft: Draft): readonly AccessToSet[] {
  const items = new Set([...draft.grants.keys(), ...draft.moves.keys()]);
  return [...items].map((item) => {
    const folder = draft.moves.get(item);
    const grants = [...(draft.grants.get(item) ?? [])].map(([principal, grant]) => wireOf(principal, grant));
    return { item, grants, ...(folder === undefined ? {} : { folder }) };
  });
}

/** Returns what brings back what was before a draft was applied, but for items that stayed as they were. */
export function inverseOf(office: Office, draft: Draft, refused: ReadonlySet<string>): readonly AccessToSet[] {
  return requestOf(draft)
    .filter(({ item }) => !refused.has(item))
    .map(({ item, grants, folder }) => ({
      item,
      grants: grants.map(({ principal }) => wireOf(principal, office.given.get(item)?.get(principal) ?? null)),
      ...(folder === undefined ? {} : { folder: office.items.get(item)?.folder ?? "" }),
    }));
}

function wireOf(principal: string, grant: Grant | null): AccessToSet["grants"][number] {
  if (grant === null) return { principal, right: "none" };
  const { right, notBefore, notAfter } = grant;
  return {
    principal,
    right,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
  };
}
