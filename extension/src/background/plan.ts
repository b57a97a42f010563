/** Decides which document and which item a person's action means. Pure. */

import type { FormKind, FormSummary, SeenDocument } from "../shared/contentMessages.ts";
import type { FillField, MatchedItem } from "../shared/protocol.ts";
import type { PageDocument } from "./documents.ts";

// How surely a form is where the person signs in.
const weightOfKind: Record<FormKind, number> = {
  login: 5,
  passwordOnly: 4,
  oneTimeCode: 3,
  usernameFirst: 2,
  changePassword: 1,
};

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
  if (form?.code) return ["code"];
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

/**
 * Returns the item whose code is filled without a choice: that of the account that the person is signing in with, also when they ask again;
 * else the best match that has one, and after `last` the next. Null if none has: another account's code would be wrong.
 */
export function chooseItemForCode(
  items: readonly MatchedItem[],
  account: string | undefined,
  last: string | undefined,
): MatchedItem | null {
  const signingIn = items.find(({ id }) => id === account);
  if (signingIn !== undefined) return signingIn.hasCode ? signingIn : null;
  const able = items.filter(({ hasCode }) => hasCode);
  return chooseItem(able, last);
}

/** Returns the items in the order in which a form for a code offers them: the account's, those with a code, the others. */
export function orderForCode(items: readonly MatchedItem[], account: string | undefined): readonly MatchedItem[] {
  const rank = ({ id, hasCode }: MatchedItem) => (id === account ? 0 : hasCode ? 1 : 2);
  return items.toSorted((one, other) => rank(one) - rank(other));
}

/** Returns the item whose user name was typed: the account's if it can be, undefined if it is none's or that of several. */
export function itemOfUser(
  items: readonly MatchedItem[],
  typed: string,
  account: string | undefined,
): string | undefined {
  const wanted = typed.trim().toLowerCase();
  const found = items.filter(({ username }) => username !== "" && username.toLowerCase() === wanted);
  const [only] = found;
  return found.some(({ id }) => id === account) ? account : found.length === 1 ? only?.id : undefined;
}

function weightOf(form: FormSummary): number {
  if (!form.username && !form.password && !form.code) return 0;
  return weightOfKind[form.kind] + (form.focused ? focusWeight : 0);
}
