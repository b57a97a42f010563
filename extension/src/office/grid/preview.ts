/** What a draft comes to, by person: who can then open what, and who no more. Pure; the words are made in words.ts. */

import { draftedGrants } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { effectiveOf, levelOf } from "./model.ts";
import type { Office } from "./model.ts";

/** What becomes of one person. Items by id. */
export interface Outcome {
  readonly member: string;
  readonly gains: readonly string[];
  /** The group that everything gained comes through; null if it does not, or not through one. */
  readonly through: string | null;
  readonly loses: readonly string[];
  /** Of what is lost, what the person could read. */
  readonly couldRead: readonly string[];
  /** Another right to what could be opened before and can be after. */
  readonly changes: readonly string[];
}

export interface Preview {
  readonly outcomes: readonly Outcome[];
  /** All items, without folders, that somebody gains, loses or has another right to. */
  readonly items: readonly string[];
}

export function previewOf(office: Office, draft: Draft): Preview {
  const people = new Map<
    string,
    { gains: string[]; ways: Set<string | null>; loses: string[]; couldRead: string[]; changes: string[] }
  >();
  const items: string[] = [];
  for (const id of draft.grants.keys()) {
    if (office.items.get(id)?.kind !== "item") continue;
    const before = office.given.get(id) ?? new Map();
    const after = draftedGrants(office, draft, id);
    let touched = false;
    for (const member of concerned(office, draft, id)) {
      const was = effectiveOf(office, before, member);
      const is = effectiveOf(office, after, member);
      if (was.right === is.right) continue;
      touched = true;
      const person = people.get(member) ?? { gains: [], ways: new Set(), loses: [], couldRead: [], changes: [] };
      people.set(member, person);
      if (was.right === "none") {
        person.gains.push(id);
        person.ways.add(is.through);
      } else if (is.right === "none") {
        person.loses.push(id);
        if (levelOf(was.right) >= levelOf("read")) person.couldRead.push(id);
      } else person.changes.push(id);
    }
    if (touched) items.push(id);
  }
  const outcomes = [...people].map(([member, { ways, ...rest }]) => ({
    member,
    ...rest,
    through: ways.size === 1 ? ([...ways][0] ?? null) : null,
  }));
  const nameOf = ({ member }: Outcome) => office.names.get(member) ?? "";
  return { outcomes: outcomes.sort((one, other) => nameOf(one).localeCompare(nameOf(other))), items };
}

/** The members whose right to an item may become another. */
function concerned(office: Office, draft: Draft, item: string): ReadonlySet<string> {
  const members = new Set<string>();
  for (const principal of draft.grants.get(item)?.keys() ?? []) {
    const group = office.groups.find((each) => each.group === principal);
    for (const member of group?.members ?? [principal]) members.add(member);
  }
  return members;
}

/** People to whom the same happens, for one sentence. */
export interface Sentence {
  readonly kind: "gains" | "loses" | "changes";
  readonly members: readonly string[];
  readonly count: number;
  readonly through: string | null;
}

/** Puts people together to whom the same happens. Gains first, then losses, then other rights; the most people first. */
export function sentencesOf({ outcomes }: Preview): readonly Sentence[] {
  const sentences = new Map<string, Sentence>();
  for (const kind of ["gains", "loses", "changes"] as const) {
    for (const outcome of outcomes) {
      const count = outcome[kind].length;
      if (count === 0) continue;
      const through = kind === "gains" ? outcome.through : null;
      const key = `${kind} ${count} ${through} ${[...outcome[kind]].sort().join()}`;
      const members = [...(sentences.get(key)?.members ?? []), outcome.member];
      sentences.set(key, { kind, members, count, through });
    }
  }
  return [...sentences.values()];
}
