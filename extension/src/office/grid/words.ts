/** The words of the grid: what a cell is, why somebody can open something, and what a draft comes to. */

import { text } from "../../shared/browser.ts";
import type { Right } from "../../shared/officeProtocol.ts";
import { timeOf } from "../../shared/time.ts";
import { plural } from "../../shared/ui/dom.ts";
import type { Cell } from "./cells.ts";
import type { Grant, Office } from "./model.ts";
import type { Preview, Sentence } from "./preview.ts";
import { sentencesOf } from "./preview.ts";

/** What an id is called: a member or a group. */
type Named = Pick<Office, "names">;

/** More names than these are a number of people. */
const namesAtMost = 3;

export const rightWord = (right: Right): string => text(`right_${right}`);

/** Returns what a cell is, for whoever hears it. */
export function cellWords(office: Office, { right, inherited, through, grant, changed, lost }: Cell): string {
  const words = [rightWord(right)];
  if (through !== null) words.push(text("whyGroup", office.names.get(through) ?? ""));
  else if (inherited) words.push(text("gridInherited"));
  if (grant !== undefined) words.push(...timesOf(grant));
  if (lost !== null) words.push(text("gridTakenAway"));
  else if (changed) words.push(text("gridNotApplied"));
  return words.join(", ");
}

/** Returns from when and until when a grant holds. */
export function timesOf({ notBefore, notAfter }: Grant): readonly string[] {
  return [
    ...(notBefore === undefined ? [] : [text("whyFrom", timeOf(notBefore))]),
    ...(notAfter === undefined ? [] : [text("whyUntil", timeOf(notAfter))]),
  ];
}

/** Returns people by name, or how many they are. */
function peopleOf(office: Named, members: readonly string[]): string {
  if (members.length > namesAtMost) return plural("gridPeople", members.length);
  const names = members.map((member) => office.names.get(member) ?? member);
  return new Intl.ListFormat(document.documentElement.lang).format(names);
}

/** Returns what a draft comes to: a sentence for each thing that happens, at most four. */
export function previewWords(office: Office, preview: Preview): string {
  const sentences = sentencesOf(preview);
  if (sentences.length === 0) return text("gridNothingOpens");
  const words = sentences.slice(0, 4).map((sentence) => sentenceOf(office, sentence));
  return [...words, ...(sentences.length > 4 ? [text("gridAndMore")] : [])].join(" ");
}

/** Returns what happens to some people, as a sentence. */
export function sentenceOf(office: Named, { kind, members, count, through }: Sentence): string {
  const people = peopleOf(office, members);
  const items = plural("gridItems", count);
  if (kind === "loses") return plural("gridLoses", members.length, people, items);
  if (kind === "changes") return plural("gridChanges", members.length, people, items);
  if (through === null) return plural("gridGains", members.length, people, items);
  return plural("gridGainsThrough", members.length, people, items, office.names.get(through) ?? "");
}

/** Returns the second sentence: who could read passwords that are taken away; empty if nobody. */
export function readWords(office: Office, { outcomes }: Preview): string {
  const readers = outcomes.filter(({ couldRead }) => couldRead.length > 0);
  if (readers.length === 0) return "";
  const items = new Set(readers.flatMap(({ couldRead }) => couldRead));
  return text(
    "gridCouldRead",
    peopleOf(
      office,
      readers.map(({ member }) => member),
    ),
    plural("gridPasswords", items.size),
  );
}
