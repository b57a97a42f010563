/** Decides which document and which item a person's action means. Pure. */

import type { FormKind, FormSummary, SeenDocument } from "../shared/messages.ts";
import type { FillField, MatchedItem } from "../shared/protocol.ts";
import type { PageDocument } from "./documents.ts";

// How surely a form is where the person signs in.
const weightOfKind: Record<FormKind, number> = { login: 4, passwordOnly: 3, usernameFirst: 2, changePassword: 1 };

// The form with the focus is the one that the person means, whatever else the page shows.
const focusWeight = 10;

/** Returns the document that a fill goes to, or null if no form of the tab can be filled. */
export function chooseDocument(documents: readonly PageDocument[], frameId?: number): PageDocument | null {
  const eligible = documents.filter((each) => frameId === undefined || each.frameId === frameId);
  let best: PageDocument | null = null;
  let bestWeight = 0;
  for (const each of eligible) {
    const weight = Math.max(0, ...each.forms.map(weightOf));
    if (weight > bestWeight) [best, bestWeight] = [each, weight];
  }
  return best;
}

/** Returns the document whose form takes a new password: the one with the focus, else the first. Null if there is none. */
export function chooseNewForm(documents: readonly PageDocument[], frameId?: number): PageDocument | null {
  const asking = documents.filter(
    (each) => each.newForm !== null && (frameId === undefined || each.frameId === frameId),
  );
  return asking.find(({ newForm }) => newForm?.focused) ?? asking[0] ?? null;
}

/** Returns which values the document's forms have fields for. */
export function fieldsWanted(target: PageDocument): readonly FillField[] {
  const form = target.forms.toSorted((one, other) => weightOf(other) - weightOf(one))[0];
  const wanted: FillField[] = [];
  if (form?.username) wanted.push("username");
  if (form?.password) wanted.push("password");
  return wanted;
}

/** Whether somebody can sign up there. */
export function makesAccount(documents: readonly SeenDocument[]): boolean {
  return documents.some(({ forms }) => forms.some(({ kind }) => kind === "signup"));
}

/** Returns the item for a fill without a choice: the first, or the one after `last` when the person asks again. */
export function chooseItem(items: readonly MatchedItem[], last: string | undefined): MatchedItem | null {
  const index = items.findIndex(({ id }) => id === last);
  return items[(index + 1) % items.length] ?? null;
}

function weightOf(form: FormSummary): number {
  if (!form.username && !form.password) return 0;
  return weightOfKind[form.kind] + (form.focused ? focusWeight : 0);
}
