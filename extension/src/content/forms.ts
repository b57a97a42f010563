/** From what the detector found to what is announced and filled: the forms that take a user name or a password. */

import { shadowRootOf } from "../shared/browser.ts";
import { maxSeenFields } from "../shared/messages.ts";
import type { FillOrder, FormKind, FormSummary, SeenForm } from "../shared/messages.ts";
import { detect } from "./detect/index.ts";
import type { DetectedForm } from "./detect/index.ts";

// Where a login goes, most certain first. Sign-up, search and code forms are not here: they are never filled.
const kinds: readonly FormKind[] = ["login", "passwordOnly", "usernameFirst", "changePassword"];

/**
 * Returns the forms that a login could go into.
 * @param thorough after a person's action: looks for shadow roots everywhere.
 */
export function loginForms(thorough: boolean): readonly DetectedForm[] {
  const found = detect(document, { openShadowRoot: shadowRootOf, thorough });
  return found.filter(
    ({ kind, fillable }) =>
      kinds.includes(kind as FormKind) && (fillable.username !== null || fillable.currentPassword !== null),
  );
}

/** Returns what may be said about a form outside its page. */
export function summaryOf(form: DetectedForm): FormSummary {
  return {
    kind: form.kind as FormKind,
    username: form.fillable.username !== null,
    password: form.fillable.currentPassword !== null,
    focused: hasFocus(form),
  };
}

/** Returns every form of the page as the detector sees it, for the person who asks why nothing was filled. */
export function seenForms(limit: number): readonly SeenForm[] {
  return detect(document, { openShadowRoot: shadowRootOf, thorough: true })
    .slice(0, limit)
    .map(({ kind, fields, fillable: { username, currentPassword } }) => ({
      kind,
      fields: fields.slice(0, maxSeenFields).map(({ element, role, visible }) => ({
        name: (element.name || element.id).slice(0, maxSeenName),
        type: element.type,
        autocomplete: element.autocomplete.slice(0, maxSeenName),
        role,
        visible,
        fills: element === username || element === currentPassword,
      })),
    }));
}

/** Enough to find a field again. */
const maxSeenName = 40;

/** Returns the form that an order goes into: of those that take it, the focused one, else the likeliest login. */
export function chooseForm(forms: readonly DetectedForm[], order: FillOrder): DetectedForm | null {
  const takers = forms.filter(({ fillable: { username, currentPassword } }) =>
    order.password === undefined ? username !== null : currentPassword !== null,
  );
  const byKind = takers.toSorted(
    (one, other) => kinds.indexOf(one.kind as FormKind) - kinds.indexOf(other.kind as FormKind),
  );
  return takers.find(hasFocus) ?? byKind[0] ?? null;
}

/** Whether the form waits for what we have: a user name that the page or the browser remembered may stand there. */
export function isWaiting({ fillable: { username, currentPassword } }: DetectedForm): boolean {
  return (currentPassword ?? username)?.value === "";
}

function hasFocus({ fields }: DetectedForm): boolean {
  // Each shadow root names its own active element, and none when the focus is elsewhere.
  return fields.some(({ element }) => (element.getRootNode() as Document | ShadowRoot).activeElement === element);
}
