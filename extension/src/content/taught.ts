/**
 * What the person taught of this site's forms, and what it makes of what the detector found. It picks among fields and loosens
 * nothing: what is filled must still be visible and editable, and a password's field must have `type=password`.
 */

import type { TaughtRule } from "../shared/contentMessages.ts";
import type { TaughtRole } from "../shared/protocol.ts";
import type { DetectedField, DetectedForm, FieldRole, FormKind } from "./detect/index.ts";

/** In UTF-16 units. */
const maxName = 100;
/** As much of a path as the host keeps. */
const maxPage = 200;

const roleOf: Readonly<Record<TaughtRole, FieldRole>> = {
  username: "username",
  password: "currentPassword",
  code: "oneTimeCode",
};

/** What this document goes by: a content script has one document. */
let rules: readonly TaughtRule[] = [];

/** Goes by these rules from now on. */
export function learn(taught: readonly TaughtRule[]): void {
  rules = taught;
}

/** Returns the rules that this document goes by. */
export function learnt(): readonly TaughtRule[] {
  return rules;
}

/** Returns the path of this page, as it is kept with what is taught there. */
export function pageOf({ pathname }: Pick<Location, "pathname">): string {
  return pathname.startsWith("/") ? pathname.slice(0, maxPage) : "/";
}

/**
 * Returns what tells a form from the others of its site at the next visit: the types, names and ids of its fields in their order. Parts
 * with digits in them are made up anew by many pages, and a password that is shown is a text: neither counts. 64 bits of FNV-1a, in
 * 16 hexadecimal digits: who could make two forms alike is the site that both are of.
 */
export function fingerprintOf({ form, fields }: Pick<DetectedForm, "form" | "fields">): string {
  const words = fields.map(({ element }) => {
    const type = element.type === "password" ? "text" : element.type;
    return `${type} ${lasting(element.name)} ${lasting(element.id)}`;
  });
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode([form === null ? "" : "form", ...words].join("\n"))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** Returns a form as the person taught it; unchanged if nothing of it was taught. */
export function asTaught(form: DetectedForm, taught: readonly TaughtRule[] = rules): DetectedForm {
  if (taught.length === 0) return form;
  const fingerprint = fingerprintOf(form);
  const mine = taught.filter((rule) => rule.form === fingerprint && rule.field < form.fields.length);
  return mine.length === 0 ? form : applied(form, mine);
}

/**
 * Returns the fingerprints that were taught on this page and fit none of its forms, although it has one that somebody signs in with: the
 * site has changed it. A page that shows something else under the same address has outgrown nothing.
 */
export function outgrown(
  forms: readonly DetectedForm[],
  page: string,
  taught: readonly TaughtRule[] = rules,
): readonly string[] {
  const here = taught.filter((rule) => rule.page === page);
  if (here.length === 0 || !forms.some(isForPeople)) return [];
  const present = new Set(forms.map(fingerprintOf));
  return [...new Set(here.map(({ form }) => form))].filter((form) => !present.has(form));
}

function isForPeople({ kind, fields }: DetectedForm): boolean {
  return kind !== "notLogin" || fields.some(({ element, visible }) => visible && element.type === "password");
}

function applied(form: DetectedForm, mine: readonly TaughtRule[]): DetectedForm {
  const roles = new Map<number, FieldRole>(mine.map(({ field, role }) => [field, roleOf[role]]));
  const code = mine.find(({ role }) => role === "code");
  for (const index of code === undefined ? [] : boxesFrom(form.fields, code.field)) {
    if (!roles.has(index)) roles.set(index, "oneTimeCode");
  }
  const taughtRoles = new Set(roles.values());
  const fields = form.fields.map((field, index): DetectedField => {
    const role = roles.get(index);
    if (role !== undefined) return { ...field, role, because: ["the person said so"] };
    return taughtRoles.has(field.role) ? { ...field, role: "other", because: ["another field was taught"] } : field;
  });
  const { username, currentPassword, oneTimeCode } = form.fillable;
  /** What was found before, unless the person said that it is something else. */
  const kept = (role: FieldRole, found: HTMLInputElement | null): HTMLInputElement | null =>
    fields.some((field) => field.element === found && field.role === role) ? found : null;
  const pick = (role: FieldRole): HTMLInputElement | null =>
    fields.find((field) => field.role === role && isOpen(field))?.element ?? null;
  const password = taughtRoles.has("currentPassword")
    ? pick("currentPassword")
    : kept("currentPassword", currentPassword);
  const fillable = {
    username: taughtRoles.has("username") ? pick("username") : kept("username", username),
    currentPassword: password?.type === "password" ? password : null,
    oneTimeCode: taughtRoles.has("oneTimeCode")
      ? fields.filter((field) => field.role === "oneTimeCode" && isOpen(field)).map(({ element }) => element)
      : oneTimeCode.filter((element) => kept("oneTimeCode", element) !== null),
  };
  return { ...form, kind: kindOf(form.kind, fillable), fields, fillable };
}

function kindOf(kind: FormKind, { username, currentPassword, oneTimeCode }: DetectedForm["fillable"]): FormKind {
  if (currentPassword !== null && kind === "changePassword") return kind;
  if (currentPassword !== null) return username === null ? "passwordOnly" : "login";
  if (username !== null) return "usernameFirst";
  return oneTimeCode.length > 0 ? "oneTimeCode" : kind;
}

/** The boxes for one character each that a code goes on in. */
function boxesFrom(fields: readonly DetectedField[], first: number): readonly number[] {
  const isBox = (index: number): boolean => fields[index]?.element.maxLength === 1;
  const boxes = [first];
  if (isBox(first)) while (isBox(first + boxes.length)) boxes.push(first + boxes.length);
  return boxes;
}

function isOpen({ element, visible }: DetectedField): boolean {
  return visible && !element.disabled && !element.readOnly;
}

/** A name without what is made up anew at each visit. */
function lasting(name: string): string {
  return name.slice(0, maxName).replace(/[0-9a-z]+/gi, (word) => (/\d/.test(word) ? "#" : word));
}
