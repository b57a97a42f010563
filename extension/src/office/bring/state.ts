/** What is to be brought into the office: folders, each with who else may do what, and what comes of it. Pure. */

import { levelOf } from "../grid/model.ts";
import type { Sentence } from "../grid/preview.ts";
import type { GrantToSet, Right } from "../../shared/officeProtocol.ts";
import type { VaultColour } from "../../shared/protocol.ts";
import type { People } from "../members/state.ts";

/** A folder of the person's, or a whole vault. */
export interface Folder {
  readonly key: string;
  /** Absent: the person's own vault. */
  readonly vault: string | undefined;
  /** From the top down, with slashes; empty for the vault. */
  readonly path: string;
  readonly name: string;
  /** The vault's. */
  readonly colour: VaultColour;
  readonly depth: number;
  /** Items that can be brought and lie in this very folder. */
  readonly here: number;
  /** With those of the folders below. */
  readonly items: number;
}

/** One vault as the host tells it: `counts` are of `paths`, in their order. */
export interface VaultFolders {
  readonly vault: string | undefined;
  readonly name: string;
  readonly colour: VaultColour;
  readonly paths: readonly string[];
  readonly counts: readonly number[];
}

export type Grants = ReadonlyMap<string, Right>;
/** The folders that are brought for themselves, by key, with their grants; those below come with them. */
export type Chosen = ReadonlyMap<string, Grants>;

const nobody: Grants = new Map();

const keyOf = (vault: string | undefined, path: string): string => `${vault ?? ""} ${path}`;

/** Lists what can be brought, vault by vault, each folder above those in it; folders with nothing in them are left out. */
export function foldersOf(vaults: readonly VaultFolders[], compare: (one: string, other: string) => number): Folder[] {
  return vaults.flatMap(({ vault, name, colour, paths, counts }) => {
    const here = new Map<string, number>([["", 0]]);
    paths.forEach((path, at) => here.set(path, counts[at] ?? 0));
    const items = new Map<string, number>();
    for (const [path, count] of here)
      for (const each of [path, ...above(path)]) items.set(each, (items.get(each) ?? 0) + count);
    return [...items]
      .filter(([, count]) => count > 0)
      .map(([path, count]) => {
        const steps = path === "" ? [] : path.split("/");
        return {
          key: keyOf(vault, path),
          vault,
          path,
          name: steps.at(-1) ?? name,
          colour,
          depth: steps.length,
          here: here.get(path) ?? 0,
          items: count,
        };
      })
      .sort((one, other) => compareSteps(one.path, other.path, compare));
  });
}

function compareSteps(one: string, other: string, compare: (one: string, other: string) => number): number {
  const [left, right] = [one.split("/"), other.split("/")];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compare(left[at] ?? "", right[at] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** The paths above one, the nearest first; the vault is the last. */
function above(path: string): readonly string[] {
  if (path === "") return [];
  const steps = path.split("/");
  return steps.map((_, at) => steps.slice(0, steps.length - 1 - at).join("/"));
}

/** The key of the folder that decides about this one: itself, or the nearest above that is chosen; null if it stays. */
export function decidedBy(chosen: Chosen, { vault, path }: Folder): string | null {
  return [path, ...above(path)].map((each) => keyOf(vault, each)).find((key) => chosen.has(key)) ?? null;
}

/** Who else may do what with what lies in a folder; null if it stays. */
export function grantsOf(chosen: Chosen, folder: Folder): Grants | null {
  const key = decidedBy(chosen, folder);
  return key === null ? null : (chosen.get(key) ?? nobody);
}

/** Whether a folder comes because one above it does. */
export function comesAlong(chosen: Chosen, folder: Folder): boolean {
  return above(folder.path).some((path) => chosen.has(keyOf(folder.vault, path)));
}

/** Brings a folder or leaves it; with it those below. */
export function tick(chosen: Chosen, folder: Folder, on: boolean): Chosen {
  const next = new Map(chosen);
  if (on) next.set(folder.key, chosen.get(folder.key) ?? nobody);
  else for (const key of chosen.keys()) if (isWithin(key, folder)) next.delete(key);
  return next;
}

function isWithin(key: string, { key: top, path }: Folder): boolean {
  return key === top || key.startsWith(path === "" ? top : `${top}/`);
}

/** Gives somebody a right to a folder's items, or takes it. A folder that comes along has grants of its own then. */
export function give(chosen: Chosen, folder: Folder, principal: string, right: Right): Chosen {
  const grants = new Map(grantsOf(chosen, folder) ?? nobody);
  if (right === "none") grants.delete(principal);
  else grants.set(principal, right);
  return new Map(chosen).set(folder.key, grants);
}

/** Has a folder that comes along have the grants of the one above again. */
export function asAbove(chosen: Chosen, folder: Folder): Chosen {
  const next = new Map(chosen);
  next.delete(folder.key);
  return next;
}

/** One folder that is brought for itself, and what it decides about. */
export interface Part {
  readonly folder: Folder;
  readonly grants: Grants;
  readonly items: number;
}

/** What is brought, in the order of the folders. */
export function partsOf(chosen: Chosen, folders: readonly Folder[]): readonly Part[] {
  const items = new Map<string, number>();
  for (const folder of folders) {
    const key = decidedBy(chosen, folder);
    if (key !== null) items.set(key, (items.get(key) ?? 0) + folder.here);
  }
  return folders.flatMap((folder) => {
    const grants = chosen.get(folder.key);
    return grants === undefined ? [] : [{ folder, grants, items: items.get(folder.key) ?? 0 }];
  });
}

/** What the host is asked for. */
export function fromOf(parts: readonly Part[]) {
  return parts.map(({ folder: { path, vault }, grants }) => ({
    folder: path,
    ...(vault === undefined ? {} : { vault }),
    grants: [...grants].map(([principal, right]): GrantToSet => ({ principal, right })),
  }));
}

export interface Outcome {
  readonly items: number;
  /** Items that nobody else can open. */
  readonly alone: number;
  readonly sentences: readonly Sentence[];
}

/** What comes of it: who else can open how many items then, those to whom the same happens together, the most items first. */
export function outcomeOf(parts: readonly Part[], { members, groups }: People): Outcome {
  const others = new Set(members.flatMap(({ member, you }) => (you ? [] : [member])));
  const ways = new Map<string, Map<number, string | null>>();
  let alone = 0;
  parts.forEach(({ grants, items }, at) => {
    const best = new Map<string, { readonly right: Right; readonly through: string | null }>();
    for (const [principal, right] of grants) {
      const group = groups.find((each) => each.group === principal);
      for (const member of group?.members ?? [principal]) {
        const through = group === undefined ? null : principal;
        const before = best.get(member);
        if (others.has(member) && (before === undefined || levelOf(right) > levelOf(before.right)))
          best.set(member, { right, through });
      }
    }
    if (best.size === 0) alone += items;
    if (items === 0) return;
    for (const [member, { through }] of best) {
      const places = ways.get(member) ?? new Map<number, string | null>();
      ways.set(member, places.set(at, through));
    }
  });
  const sentences = new Map<string, Sentence>();
  for (const [member, places] of ways) {
    const used = new Set(places.values());
    const through = used.size === 1 ? ([...used][0] ?? null) : null;
    const count = [...places.keys()].reduce((sum, at) => sum + (parts[at]?.items ?? 0), 0);
    const key = `${through} ${[...places.keys()].join()}`;
    sentences.set(key, { kind: "gains", members: [...(sentences.get(key)?.members ?? []), member], count, through });
  }
  return {
    items: parts.reduce((sum, part) => sum + part.items, 0),
    alone,
    sentences: [...sentences.values()].sort((one, other) => other.count - one.count),
  };
}
