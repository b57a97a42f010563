/** From what the detector found to what is announced and filled: the forms that take a login, a new password or a code. */

import { shadowRootOf } from "../shared/browser.ts";
import { maxSeenFields } from "../shared/contentMessages.ts";
import type { FillOrder, FormKind, FormSummary, NewForm, SeenForm } from "../shared/contentMessages.ts";
import { maxWords } from "../shared/rules/pageRules.ts";
import { focusedIn } from "./detect/dom.ts";
import { detect, formOf, report } from "./detect/index.ts";
import type { DetectedForm } from "./detect/index.ts";
import { asTaught } from "./taught.ts";

// Where a login or a code goes, most certain first. Sign-up and search forms are not here: no login is ever filled there.
const kinds: readonly FormKind[] = ["login", "passwordOnly", "oneTimeCode", "usernameFirst", "changePassword"];

/**
 * Looks at the page.
 * @param thorough after a person's action: looks for shadow roots everywhere.
 */
export function pageForms(thorough: boolean): readonly DetectedForm[] {
  return formsBelow(document, thorough);
}

/** Looks at a part of the page, and goes by what the person taught of it. */
export function formsBelow(root: Document | ShadowRoot, thorough: boolean): readonly DetectedForm[] {
  return detect(root, { openShadowRoot: shadowRootOf, thorough }).map((form) => asTaught(form));
}

/** Returns the form of a field, by what the person taught of it; null if the detector sees none. */
export function formAround(field: HTMLInputElement): DetectedForm | null {
  const form = formOf(field);
  return form === null ? null : asTaught(form);
}

/** Returns what is seen of the page as a page without its words; empty if nothing is. */
export function pageReport(): string {
  return pageForms(true).length === 0 ? "" : report(document, { openShadowRoot: shadowRootOf });
}

/** Returns the forms of a page that a login or a code could go into. */
export function fillableForms(forms: readonly DetectedForm[]): readonly DetectedForm[] {
  return forms.filter((form) => kinds.includes(form.kind as FormKind) && (takesLogin(form) || takesCode(form)));
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
  return pageForms(true)
    .slice(0, limit)
    .map(({ kind, because, fields, fillable: { username, currentPassword, oneTimeCode } }) => ({
      kind,
      because,
      fields: fields.slice(0, maxSeenFields).map(({ element, role, visible, because: why }) => ({
        name: (element.name || element.id).slice(0, maxSeenName),
        type: element.type,
        autocomplete: element.autocomplete.slice(0, maxSeenName),
        role,
        visible,
        fills: [username, currentPassword, ...oneTimeCode].includes(element),
        because: why,
      })),
    }));
}

/** The field at whose end an icon stands, and whether it may stand inside. */
export interface IconAnchor {
  readonly field: HTMLInputElement;
  readonly inside: boolean;
}

/** Returns where the icon of a field stands: of a code in boxes, behind the last. Null if neither a login, a code nor a new password goes into it. */
export function iconAnchorOf(field: HTMLInputElement): IconAnchor | null {
  const form = formAround(field);
  if (form === null) return null;
  const { username, currentPassword, oneTimeCode } = form.fillable;
  if (fillableForms([form]).length > 0) {
    const last = oneTimeCode.at(-1);
    if (last !== undefined && oneTimeCode.includes(field)) return { field: last, inside: oneTimeCode.length === 1 };
    if (field === username || field === currentPassword) return { field, inside: true };
  }
  return newFieldsOf(form).includes(field) ? { field, inside: true } : null;
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

/** Where a new password goes: the fields that take it, in document order. */
export interface NewPasswordForm {
  readonly form: DetectedForm;
  readonly fields: readonly [HTMLInputElement, ...HTMLInputElement[]];
}

/** Returns the form of a page that takes a new password: the focused one, else the first. Null if there is none. */
export function newPasswordForm(forms: readonly DetectedForm[]): NewPasswordForm | null {
  const found = forms.flatMap((form) => {
    const [first, ...others] = newFieldsOf(form);
    return first === undefined ? [] : [{ form, fields: [first, ...others] as const }];
  });
  return found.find(({ form }) => hasFocus(form)) ?? found[0] ?? null;
}

/** Returns what may be said about such a form outside its page. */
export function newFormOf({ form, fields }: NewPasswordForm): NewForm {
  const longest = fields.map(({ maxLength }) => maxLength).filter((length) => length >= 0);
  return {
    kind: form.kind === "changePassword" ? "change" : "signup",
    current: form.fillable.currentPassword !== null,
    focused: hasFocus(form),
    rules: {
      passwordRules: attribute(fields[0], "passwordrules"),
      pattern: attribute(fields[0], "pattern"),
      minLength: Math.max(0, ...fields.map(({ minLength }) => minLength)),
      ...(longest.length === 0 ? {} : { maxLength: Math.min(...longest) }),
    },
  };
}

/**
 * Whether the browser would take a value, by the `pattern` of its field. It asks a field of its own, which no page sees; the page's
 * expression runs in the page's own process, as it does at each key that a person types there.
 */
export function fits(value: string, { fields: [field] }: NewPasswordForm): boolean {
  const own = document.createElement("input");
  own.type = "password";
  own.pattern = attribute(field, "pattern");
  own.value = value;
  return !own.validity.patternMismatch;
}

function newFieldsOf({ kind, fields, fillable }: DetectedForm): readonly HTMLInputElement[] {
  if (kind !== "signup" && kind !== "changePassword") return [];
  return fields
    .filter(({ role, visible }) => visible && (role === "newPassword" || role === "confirmPassword"))
    .map(({ element }) => element)
    .filter(
      (field) =>
        field.type === "password" &&
        !field.disabled &&
        !field.readOnly &&
        field !== fillable.currentPassword &&
        !/\bcurrent-password\b/.test(field.autocomplete),
    )
    .slice(0, maxNewFields);
}

function attribute(field: HTMLInputElement, name: string): string {
  return (Element.prototype.getAttribute.call(field, name) ?? "").slice(0, maxWords);
}

/** The new password and what repeats it. */
const maxNewFields = 4;

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
  return focusedIn(element.getRootNode()) === element;
}
