/**
 * What a person is about to save: from an item's details to a form, from the form to what the host is told, and what
 * to do when the item was changed elsewhere meanwhile. Pure.
 */

import type { Item, Reply, Requests } from "../../shared/protocol.ts";
import { ownFields } from "../fields.ts";

export type ItemKind = Item["kind"];
export type ItemUrl = Requests["save"]["item"]["urls"][number];
type ItemChange = Requests["update"]["set"];
type FieldChange = NonNullable<ItemChange["fields"]>[number];

/** A field that is not one of those that every item has. `value` null: a secret that stays as it is. */
export interface OwnField {
  readonly name: string;
  readonly value: string | null;
  readonly protected: boolean;
}

/** A form's content. `null` stands for a secret that nobody touched: it stays as it is. */
export interface ItemForm {
  readonly kind: ItemKind;
  readonly title: string;
  readonly username: string;
  readonly password: string | null;
  readonly otp: string | null;
  readonly urls: readonly ItemUrl[];
  readonly notes: string;
  /** As typed, with commas between them. */
  readonly tags: string;
  readonly folder: string;
  /** A day as `2027-05-12`, or empty. */
  readonly expires: string;
  readonly fields: readonly OwnField[];
  /** The id of the vault that it lies in, or goes into; empty: the own one, or no choice. */
  readonly vault: string;
}

/** What a change was made from. */
export interface Base {
  readonly form: ItemForm;
  readonly modifiedAt: string;
}

/** Everything that a closed popup must not lose. `base` is null for an item that is not saved yet. */
export interface Draft {
  readonly form: ItemForm;
  readonly base: Base | null;
}

// The fields that a new item of a kind starts with, under the names that the vault keeps.
const templates: Readonly<Record<ItemKind, readonly OwnField[]>> = {
  login: [],
  note: [],
  card: [
    { name: "Cardholder", value: "", protected: false },
    { name: "Number", value: "", protected: true },
    { name: "Valid until", value: "", protected: false },
    { name: "Security code", value: "", protected: true },
    { name: "PIN", value: "", protected: true },
  ],
  identity: [
    { name: "Full name", value: "", protected: false },
    { name: "Email", value: "", protected: false },
    { name: "Phone", value: "", protected: false },
    { name: "Company", value: "", protected: false },
    { name: "Address", value: "", protected: false },
  ],
};

/** Returns the form of a new item. */
export function newForm(kind: ItemKind, title: string, urls: readonly ItemUrl[]): ItemForm {
  const empty = { username: "", password: "", otp: "", notes: "", tags: "", folder: "", expires: "", vault: "" };
  return { kind, title, ...empty, urls: kind === "login" ? urls : [], fields: templates[kind] };
}

/** Returns the form as another kind of item. What was typed stays; empty fields of the other kind's template go. */
export function withKind(form: ItemForm, kind: ItemKind): ItemForm {
  const typed = form.fields.filter(({ value }) => value !== "");
  const fresh = templates[kind].filter(({ name }) => !typed.some((field) => field.name === name));
  return { ...form, kind, fields: [...fresh, ...typed] };
}

/** Returns the form of an item as it stands, and when it was changed last. */
export function baseOf(details: Reply<"get">): Base {
  const { item, fields, urls, folder, expiresAt, modifiedAt } = details;
  const clear = (name: string) => fields.find((field) => field.name === name)?.value ?? "";
  // The seed of a code has its own line, whether or not codes can be made from it.
  const own = ownFields(fields, true).map(({ name, protected: secret, value }) => ({
    name,
    protected: secret,
    value: secret ? null : (value ?? ""),
  }));
  const form = {
    kind: item.kind,
    title: item.title,
    username: item.username,
    password: item.hasPassword ? null : "",
    otp: item.hasCode ? null : "",
    urls,
    notes: clear("Notes"),
    tags: item.tags.join(", "),
    folder,
    expires: expiresAt === undefined ? "" : dayOf(expiresAt),
    fields: own,
    vault: item.vault ?? "",
  };
  return { form, modifiedAt };
}

/** Returns the words between the commas, each once. */
export function tagsOf(typed: string): readonly string[] {
  return [...new Set(typed.split(",").map((tag) => tag.trim()))].filter((tag) => tag !== "");
}

/** Returns a URL as it is saved: a hostname alone means https. */
export function urlOf(typed: string): string {
  const url = typed.trim();
  return url === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
}

/** A part of the form that cannot be saved as it is, and why, as the key of the words for it. */
export interface FormError {
  readonly at: "title" | "otp" | "url" | "field";
  /** Which of several URLs or fields. */
  readonly index: number;
  readonly words: "titleMissing" | "otpWrong" | "urlWrong" | "fieldNameMissing" | "fieldNameTaken";
}

/** Returns the first thing that stands in the way of saving, or null. */
export function errorIn(form: ItemForm): FormError | null {
  if (form.title.trim() === "") return { at: "title", index: 0, words: "titleMissing" };
  const url = form.urls.findIndex((each) => !isWebUrl(urlOf(each.url)));
  if (url !== -1) return { at: "url", index: url, words: "urlWrong" };
  if (form.otp !== null && form.otp.trim() !== "" && !isOtpSeed(form.otp)) {
    return { at: "otp", index: 0, words: "otpWrong" };
  }
  const nameless = form.fields.findIndex(({ name, value }) => name.trim() === "" && value !== "");
  if (nameless !== -1) return { at: "field", index: nameless, words: "fieldNameMissing" };
  const names = form.fields.map(({ name }) => name.trim());
  const taken = names.findIndex((name, index) => name !== "" && (reserved.test(name) || names.indexOf(name) !== index));
  return taken === -1 ? null : { at: "field", index: taken, words: "fieldNameTaken" };
}

/** Whether a text is what a service shows to set up codes: an otpauth or steam URI, or a key in base32. */
export function isOtpSeed(typed: string): boolean {
  const seed = typed.trim();
  if (/^otpauth:\/\/totp[/?]/i.test(seed)) return URL.canParse(seed) && isKey(new URL(seed).searchParams.get("secret"));
  return isKey(seed.replace(/^steam:\/\//i, ""));
}

/** Returns what the host is told to make a new item. */
export function newItemOf(form: ItemForm): Requests["save"]["item"] {
  const required = { title: form.title.trim(), urls: urlsOf(form), tags: tagsOf(form.tags) };
  const where = form.vault === "" ? {} : { vault: form.vault };
  return { kind: form.kind, ...changeOf(newForm(form.kind, "", []), form), ...required, ...where };
}

/** Returns what changes an item that holds `base` into what the form says. Empty if nothing does. */
export function changeOf(base: ItemForm, form: ItemForm): ItemChange {
  const fields = fieldChanges(base.fields, form.fields);
  const differs = <T>(read: (form: ItemForm) => T) => JSON.stringify(read(base)) !== JSON.stringify(read(form));
  return {
    ...(differs(({ title }) => title.trim()) ? { title: form.title.trim() } : {}),
    ...(differs(({ username }) => username) ? { username: form.username } : {}),
    ...(form.password === base.password || form.password === null ? {} : { password: form.password }),
    ...(differs(urlsOf) ? { urls: urlsOf(form) } : {}),
    ...(differs(({ notes }) => notes) ? { notes: form.notes } : {}),
    ...(differs(({ tags }) => tagsOf(tags)) ? { tags: tagsOf(form.tags) } : {}),
    ...(differs(({ folder }) => folder.trim()) ? { folder: form.folder.trim() } : {}),
    ...(form.otp === base.otp || form.otp === null ? {} : { otp: form.otp.trim() }),
    ...(differs(({ expires }) => expires) ? { expiresAt: endOf(form.expires) } : {}),
    ...(fields.length > 0 ? { fields } : {}),
  };
}

/** Whether saving the form would change nothing. */
export function isUnchanged({ form, base }: Draft): boolean {
  const before = base?.form ?? newForm(form.kind, "", []);
  return Object.keys(changeOf(before, form)).length === 0;
}

/** One part of an item that was changed here and elsewhere, in two ways. Null where the value is a secret. */
export interface Clash {
  readonly part: "title" | "username" | "password" | "otp" | "urls" | "notes" | "tags" | "folder" | "expires" | "field";
  /** The name of a field of one's own; else empty. */
  readonly name: string;
  readonly theirs: string | null;
}

/**
 * Puts what was changed here over what the item has become elsewhere: what was changed in one place only is taken
 * from there; where both changed it, ours stays in the form and theirs is a clash to be shown.
 */
export function rebase(draft: Draft, theirs: Base): { readonly draft: Draft; readonly clashes: readonly Clash[] } {
  const from = draft.base?.form ?? theirs.form;
  const ours = draft.form;
  const clashes: Clash[] = [];
  const pick = <T>(part: Clash["part"], read: (form: ItemForm) => T, words: (value: T) => string | null): T => {
    const [before, here, there] = [read(from), read(ours), read(theirs.form)];
    const same = (one: T, other: T) => JSON.stringify(one) === JSON.stringify(other);
    if (same(before, here)) return there;
    const secret = words(there) === null;
    if (secret || (!same(before, there) && !same(here, there))) clashes.push({ part, name: "", theirs: words(there) });
    return here;
  };
  const plain = (value: string) => value;
  const form: ItemForm = {
    kind: theirs.form.kind,
    title: pick("title", ({ title }) => title, plain),
    username: pick("username", ({ username }) => username, plain),
    password: pick(
      "password",
      ({ password }) => password,
      () => null,
    ),
    otp: pick(
      "otp",
      ({ otp }) => otp,
      () => null,
    ),
    urls: pick(
      "urls",
      ({ urls }) => urls,
      (urls) => urls.map(({ url }) => url).join("\n"),
    ),
    notes: pick("notes", ({ notes }) => notes, plain),
    tags: pick("tags", ({ tags }) => tags, plain),
    folder: pick("folder", ({ folder }) => folder, plain),
    expires: pick("expires", ({ expires }) => expires, plain),
    fields: rebaseFields(from.fields, ours.fields, theirs.form.fields, clashes),
    vault: theirs.form.vault,
  };
  return { draft: { form, base: theirs }, clashes };
}

function rebaseFields(
  before: readonly OwnField[],
  ours: readonly OwnField[],
  theirs: readonly OwnField[],
  clashes: Clash[],
): readonly OwnField[] {
  const same = (one: OwnField | undefined, other: OwnField | undefined) =>
    JSON.stringify(one) === JSON.stringify(other);
  const names = [...new Set([...theirs, ...ours].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [was, here, there] = [before, ours, theirs].map((fields) => fields.find((field) => field.name === name));
    if (same(was, here)) return there ?? [];
    const both = !same(was, there) && !same(here, there);
    if (both || there?.value === null)
      clashes.push({ part: "field", name, theirs: there === undefined ? "" : there.value });
    return here ?? [];
  });
}

function fieldChanges(before: readonly OwnField[], now: readonly OwnField[]): readonly FieldChange[] {
  const named = now.filter(({ name }) => name.trim() !== "");
  const gone = before.filter(({ name }) => !named.some((field) => field.name.trim() === name));
  const changed = named.filter(({ name, value, protected: secret }) => {
    const was = before.find((field) => field.name === name.trim());
    return was === undefined ? value !== "" : value !== was.value || secret !== was.protected;
  });
  return [
    ...gone.map(({ name, protected: secret }) => ({ name, protected: secret })),
    // Without a value the host would remove it: a secret that nobody touched is left out.
    ...changed.flatMap(({ name, value, protected: secret }) =>
      value === null ? [] : [{ name: name.trim(), value, protected: secret }],
    ),
  ];
}

function urlsOf({ urls }: ItemForm): readonly ItemUrl[] {
  return urls.map(({ url, match }) => ({ url: urlOf(url), match })).filter(({ url }) => url !== "");
}

function isWebUrl(url: string): boolean {
  return url === "" || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
}

function isKey(key: string | null): boolean {
  return key !== null && /^[a-z2-7]{8,}=*$/i.test(key.replaceAll(/[\s-]/g, ""));
}

// The names of what has a place of its own in the form.
const reserved = /^(Title|UserName|Password|URL|KP2A_URL.*|Notes|otp|TOTP Seed|TOTP Settings|TimeOtp-.*)$/;

/** Returns the day, here, of a time. */
function dayOf(time: string): string {
  const at = new Date(time);
  const [year, month, day] = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part));
  return `${year?.padStart(4, "0")}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
}

/** Returns the last second, here, of a day; empty for none. */
function endOf(day: string): string {
  return day === "" ? "" : `${new Date(`${day}T23:59:59`).toISOString().slice(0, -".000Z".length)}Z`;
}
