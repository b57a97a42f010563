/** From what the detector found to what is announced and filled: the forms that take a user name, a password or a code. */

import { shadowRootOf } from "../shared/browser.ts";
import { maxSeenFields } from "../shared/messages.ts";
import type { FillOrder, FormKind, FormSummary, SeenForm } from "../shared/messages.ts";
import { detect } from "./detect/index.ts";
import type { DetectedForm } from "./detect/index.ts";

// Where a login or a code goes, most certain first. Sign-up and search forms are not here: they are never filled.
const kinds: readonly FormKind[] = ["login", "passwordOnly", "oneTimeCode", "usernameFirst", "changePassword"];

/**
 * Returns the forms that a login or a code could go into.
 * @param thorough after a person's action: looks for shadow roots everywhere.
 */
export function fillableForms(thorough: boolean): readonly DetectedForm[] {
  const found = detect(document, { openShadowRoot: shadowRootOf, thorough });
  return found.filter((form) => kinds.includes(form.kind as FormKind) && (takesLogin(form) || takesCode(form)));
}

/** Whether a user name or a password goes into the form. */
export function takesLogin({ fillable: { username, currentPassword } }: DetectedForm): boolean {
  return username !== null || currentPassword !== null;
}

/** Returns what may be said about a form outside its page. A form for both is a login, unless the person is in the code's field. */
export function summaryOf(form: DetectedForm): FormSummary {
  const { username, currentPassword, oneTimeCode } = form.fillable;
  const code = takesCode(form) && (!takesLogin(form) || oneTimeCode.some(isActive));
  return {
    kind: form.kind as FormKind,
    username: username !== null && !code,
    password: currentPassword !== null && !code,
    code,
    focused: hasFocus(form),
  };
}

/** Returns every form of the page as the detector sees it, for the person who asks why nothing was filled. */
export function seenForms(limit: number): readonly SeenForm[] {
  return detect(document, { openShadowRoot: shadowRootOf, thorough: true })
    .slice(0, limit)
    .map(({ kind, fields, fillable: { username, currentPassword, oneTimeCode } }) => ({
      kind,
      fields: fields.slice(0, maxSeenFields).map(({ element, role, visible }) => ({
        name: (element.name || element.id).slice(0, maxSeenName),
        type: element.type,
        autocomplete: element.autocomplete.slice(0, maxSeenName),
        role,
        visible,
        fills: [username, currentPassword, ...oneTimeCode].includes(element),
      })),
    }));
}

/** Enough to find a field again. */
const maxSeenName = 40;

/** Returns the form that an order goes into: of those that take it, the focused one, else the likeliest login. */
export function chooseForm(forms: readonly DetectedForm[], order: FillOrder): DetectedForm | null {
  const takers = forms.filter((form) => {
    if (order.code !== undefined) return takesCode(form);
    return order.password === undefined ? form.fillable.username !== null : form.fillable.currentPassword !== null;
  });
  const byKind = takers.toSorted(
    (one, other) => kinds.indexOf(one.kind as FormKind) - kinds.indexOf(other.kind as FormKind),
  );
  return takers.find(hasFocus) ?? byKind[0] ?? null;
}

/** Whether the form waits for what we have: a user name that the page or the browser remembered may stand there. */
export function isWaiting({ fillable: { username, currentPassword } }: DetectedForm): boolean {
  return (currentPassword ?? username)?.value === "";
}

function takesCode({ fillable: { oneTimeCode } }: DetectedForm): boolean {
  return oneTimeCode.length > 0;
}

function hasFocus({ fields }: DetectedForm): boolean {
  return fields.some(({ element }) => isActive(element));
}

function isActive(element: HTMLInputElement): boolean {
  // Each shadow root names its own active element, and none when the focus is elsewhere.
  return (element.getRootNode() as Document | ShadowRoot).activeElement === element;
}
