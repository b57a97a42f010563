/**
 * Who may do what in an office, as the host tells it: items and folders by id, people and groups, and what a right comes
 * from. Pure; what is about to be changed is in draft.ts.
 */

import { rights } from "../../shared/officeProtocol.ts";
import type { Right } from "../../shared/officeProtocol.ts";
import type { Reply } from "../../shared/protocol.ts";

export type GridItem = Reply<"grid">["items"][number];
export type Member = Reply<"people">["members"][number];
export type Group = Reply<"people">["groups"][number];

/** A right as it is given: perhaps for a time. `by` is absent in what is not applied yet. */
export interface Grant {
  readonly right: Exclude<Right, "none">;
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly by?: string;
}
/** Grants of one item, by principal. */
export type Grants = ReadonlyMap<string, Grant>;

/** An office as it is known. */
export interface Office {
  readonly items: ReadonlyMap<string, GridItem>;
  /** What is given now, by item. */
  readonly given: ReadonlyMap<string, Grants>;
  readonly members: readonly Member[];
  readonly groups: readonly Group[];
  /** The groups that a member is in, by member. */
  readonly groupsOf: ReadonlyMap<string, readonly string[]>;
  readonly names: ReadonlyMap<string, string>;
  /** What lies directly in a folder, by its id; the top is the empty one. Folders first, by title. */
  readonly children: ReadonlyMap<string, readonly GridItem[]>;
}

/** Makes the office of the pages of a grid. */
export function officeOf(
  items: readonly GridItem[],
  members: readonly Member[],
  groups: readonly Group[],
  compare: (one: string, other: string) => number,
): Office {
  const byId = new Map(items.map((item) => [item.item, item]));
  const given = new Map(items.map((item) => [item.item, grantsOf(item)]));
  const groupsOf = new Map<string, string[]>();
  for (const { group, members: inIt } of groups)
    for (const member of inIt) groupsOf.set(member, [...(groupsOf.get(member) ?? []), group]);
  const names = new Map([
    ...members.map(({ member, name }) => [member, name] as const),
    ...groups.map(({ group, name }) => [group, name] as const),
  ]);
  const children = new Map<string, GridItem[]>();
  for (const item of items) {
    const home = item.folder !== undefined && byId.has(item.folder) ? item.folder : "";
    const siblings = children.get(home);
    if (siblings === undefined) children.set(home, [item]);
    else siblings.push(item);
  }
  for (const list of children.values())
    list.sort((one, other) =>
      one.kind === other.kind ? compare(one.title, other.title) : one.kind === "folder" ? -1 : 1,
    );
  const byName = (one: { readonly name: string }, other: { readonly name: string }) => compare(one.name, other.name);
  return {
    items: byId,
    given,
    members: members.toSorted(byName),
    groups: groups.toSorted(byName),
    groupsOf,
    names,
    children,
  };
}

function grantsOf({ grants }: GridItem): Grants {
  const all = new Map<string, Grant>();
  for (const { principal, right, ...rest } of grants) if (right !== "none") all.set(principal, { right, ...rest });
  return all;
}

/** Whether two grants give the same, whoever gave them. */
export function isSame(one: Grant | undefined, other: Grant | undefined): boolean {
  return one?.right === other?.right && one?.notBefore === other?.notBefore && one?.notAfter === other?.notAfter;
}

/** How high a right is, from 0 for none. */
export const levelOf = (right: Right): number => rights.indexOf(right);

/** Whether a grant holds only for a time. */
export const isLimited = (grant: Grant | undefined): boolean =>
  grant?.notBefore !== undefined || grant?.notAfter !== undefined;

/** What somebody may do with an item, and the group that it comes through; null where it is granted by name. */
export interface Effective {
  readonly right: Right;
  readonly grant: Grant | undefined;
  readonly through: string | null;
}

/** Returns what a principal may do by these grants: a member by name or through a group, the highest of all. */
export function effectiveOf({ groupsOf }: Pick<Office, "groupsOf">, grants: Grants, principal: string): Effective {
  let best: Effective = { right: grants.get(principal)?.right ?? "none", grant: grants.get(principal), through: null };
  for (const group of groupsOf.get(principal) ?? []) {
    const grant = grants.get(group);
    if (grant !== undefined && levelOf(grant.right) > levelOf(best.right))
      best = { right: grant.right, grant, through: group };
  }
  return best;
}

/** A column: a group, or a member below a group or by itself. */
export interface Column {
  readonly key: string;
  readonly principal: string;
  readonly name: string;
  readonly kind: "group" | "member";
  /** The group that it stands under. */
  readonly under: string | null;
  /** Of a group: how many are in it, and whether they are shown. */
  readonly size: number;
  readonly open: boolean;
}

/** Returns the columns: groups with the people of those that are open, then everybody who is in none. */
export function columnsOf(
  office: Office,
  open: ReadonlySet<string>,
  filter: (name: string) => boolean,
): readonly Column[] {
  const columns: Column[] = [];
  const member = (id: string, name: string, under: string | null): Column => ({
    key: `${under ?? ""}/${id}`,
    principal: id,
    name,
    kind: "member",
    under,
    size: 0,
    open: false,
  });
  const byId = new Map(office.members.map((each) => [each.member, each]));
  for (const { group, name, members } of office.groups) {
    const people = office.members.filter((each) => members.includes(each.member));
    const matches = filter(name);
    const found = people.filter((each) => matches || filter(each.name));
    if (!matches && found.length === 0) continue;
    const isOpen = open.has(group) || !matches;
    columns.push({ key: group, principal: group, name, kind: "group", under: null, size: people.length, open: isOpen });
    if (isOpen) columns.push(...found.map((each) => member(each.member, each.name, group)));
  }
  for (const each of byId.values())
    if (!office.groupsOf.has(each.member) && filter(each.name)) columns.push(member(each.member, each.name, null));
  return columns;
}

/** A row: a folder, an item, or the heading of what lies in no folder. */
export interface Row {
  readonly key: string;
  /** Null for the heading. */
  readonly item: GridItem | null;
  readonly title: string;
  readonly depth: number;
  /** Of a folder or heading: how many items are in it, and whether they are shown. */
  readonly size: number;
  readonly open: boolean;
}

/** The key of the heading of what lies in no folder. */
export const looseKey = "";

/** Returns the items in a folder at any depth, without the folders. */
export function itemsIn(office: Office, folder: string): readonly GridItem[] {
  return (office.children.get(folder) ?? []).flatMap((item) =>
    item.kind === "folder" ? itemsIn(office, item.item) : [item],
  );
}

/**
 * Returns the rows, folders before what is in them.
 * @param shown Says which items are shown: with a filter, folders without any are left out, and the others are open.
 */
export function rowsOf(
  office: Office,
  closed: ReadonlySet<string>,
  shown: ((item: GridItem) => boolean) | null,
  loose: string,
): readonly Row[] {
  const rows: Row[] = [];
  const add = (list: readonly GridItem[], depth: number) => {
    for (const item of list) {
      if (item.kind === "item") {
        if (shown === null || shown(item))
          rows.push({ key: item.item, item, title: item.title, depth, size: 0, open: false });
        continue;
      }
      const inside = itemsIn(office, item.item);
      if (shown !== null && !shown(item) && !inside.some(shown)) continue;
      const open = shown !== null || !closed.has(item.item);
      rows.push({ key: item.item, item, title: item.title, depth, size: inside.length, open });
      if (open) add(office.children.get(item.item) ?? [], depth + 1);
    }
  };
  const top = office.children.get("") ?? [];
  const folders = top.filter(({ kind }) => kind === "folder");
  const others = top.filter(({ kind }) => kind === "item");
  add(folders, 0);
  if (folders.length === 0) add(others, 0);
  else if (others.some((item) => shown === null || shown(item))) {
    const open = shown !== null || !closed.has(looseKey);
    rows.push({ key: looseKey, item: null, title: loose, depth: 0, size: others.length, open });
    if (open) add(others, 1);
  }
  return rows;
}
