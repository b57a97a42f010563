import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { settings } from "../options/settings.ts";
import { themes } from "./ui/theme.ts";
import { taughtRoles, vaultColours } from "./protocol.ts";
import { errorKinds, otpFlaws, refusalReasons } from "./refusals.ts";
import { pageReasons, seenKinds, seenRoles } from "./contentMessages.ts";
import { whyReasons } from "./messages.ts";
import { qrProblems } from "./otp.ts";
import { faceNames } from "./ui/faces.ts";
import { auditKinds } from "./leaverProtocol.ts";
import { officeFailures, rights, roles } from "./officeProtocol.ts";
import { kindGroups } from "../office/auditState.ts";
import { shows } from "../office/grid/cells.ts";
import { viewNames } from "../office/route.ts";

interface Message {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

// The build of the tests names the extension's folder here.
const root = import.meta.dirname;
const localeOf = (name: string) =>
  JSON.parse(readFileSync(join(root, "_locales", name, "messages.json"), "utf8")) as Readonly<Record<string, Message>>;
const english = localeOf("en");
const others = readdirSync(join(root, "_locales")).filter((name) => name !== "en");

/** The keys that the source names, in full or as the parts around a word that is put in. */
function keysInSource(): ReadonlySet<string> {
  const paths = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".test.ts"),
  );
  const source = paths.map((path) => readFileSync(join(root, "src", path), "utf8")).join("\n");
  const manifest = readFileSync(join(root, "manifest.json"), "utf8");
  const keys = new Set<string>();
  for (const [, key] of source.matchAll(/\btext\(\s*"(\w+)"/g)) keys.add(key as string);
  for (const [, key] of source.matchAll(/\bplural\(\s*"(\w+)"/g)) keys.add(`${key}One`).add(`${key}Other`);
  for (const [, key] of manifest.matchAll(/__MSG_(\w+)__/g)) keys.add(key as string);
  for (const [pattern, words] of Object.entries(patterns)) {
    assert.ok(source.includes(pattern), `no source says ${pattern}`);
    for (const word of words) keys.add(pattern.replace(/\$\{[^}]+\}/, word));
  }
  return keys;
}

// Keys that are put together, with the closed set of words that may stand in them.
const kinds = ["login", "note", "card", "identity"];
const connectionKinds = ["hostFailed", "programGone", "libraryMissing"];
const patterns: Readonly<Record<string, readonly string[]>> = {
  "face_${name}_title": faceNames,
  "face_${name}_body": faceNames,
  "face_${name}_command": faceNames,
  "error_${failure.kind}": errorKinds.filter((kind) => !connectionKinds.includes(kind)),
  "why_${reason}_title": [...refusalReasons, ...pageReasons, ...whyReasons],
  "why_${reason}_body": [...refusalReasons, ...pageReasons, ...whyReasons],
  "ask_${asking}_title": ["frame", "insecure"],
  "ask_${asking}_body": ["frame", "insecure"],
  "strength_${word}": ["weak", "fair", "strong"],
  "kind_${item.kind}": kinds,
  "new_${kind}": kinds,
  "edit_${kind}": kinds,
  "bits_${word}": ["weak", "fair", "strong"],
  "formError_${error.words}": ["titleMissing", "otpWrong", "urlWrong", "fieldNameMissing", "fieldNameTaken"],
  "code_${is}": ["soon", "good", "over"],
  "otp_${flaw}": otpFlaws,
  "otp_${first}": otpFlaws,
  "qr_${found.problem}": qrProblems,
  "qr_${problem}": qrProblems,
  "recipe_${kind}": ["characters", "words", "pattern"],
  "class_${name}": ["lower", "upper", "digit", "symbol"],
  "form_${kind}": seenKinds,
  "role_${role}": seenRoles,
  "offer_${offer.kind}_title": ["save", "update"],
  "offer_${part.kind}_title": ["save", "update"],
  "done_${done}": [
    "saved",
    "passwordChanged",
    "removed",
    "restored",
    "broughtBack",
    "erased",
    "siteAdded",
    "never",
    "notNever",
    "reportCopied",
    "newFilled",
    "dropped",
    "passkeyDropped",
    "forgotten",
    "asked",
    "granted",
    "declined",
  ],
  "menuTeach_${role}": taughtRoles,
  "taught_${role}": taughtRoles,
  "askRight_${each}": rights.slice(1),
  "request_${right}": rights.slice(1),
  "request_${outcome}": ["answered", "granted", "declined"],
  "passkey_${kind}_title": ["create", "get", "excluded"],
  "passkey_${kind}_body": ["create", "get", "excluded"],
  "passkey_${waiting.request.kind}_title": ["create", "get"],
  "passkey_${asked.kind}_title": ["create", "get", "excluded"],
  "newPassword_${page.form.kind}": ["signup", "change"],
  "match_${kind}": ["site", "hostname", "origin", "never"],
  "copied_${what}": ["password", "username", "code", "other"],
  "section_${id}": ["lock", "fill", "keys", "browser", "vault", "browsers"],
  "office_${view}": viewNames,
  "right_${right}": rights,
  "gridShow_${each}": shows,
  "csv_${head}": ["folder", "item", "who", "right", "inherited", "from", "until", "by"],
  "office_error_${refusal}": officeFailures,
  "member_${role}": roles,
  "member_${role}_may": roles,
  "member_${each}": roles,
  "member_${open.role}": roles,
  "member_is_${member.role}": roles,
  "member_${role.value as Role}_may": roles,
  "right_${each.right}": rights.slice(1),
  "audit_${kind}": auditKinds,
  "auditKinds_${each}": Object.keys(kindGroups),
  "setting_${name}": settings.map(({ name }) => name),
  "setting_${name}_about": settings.map(({ name }) => name),
  "setting_${name}_not": ["lockWithoutBrowserMinutes"],
  "choice_${value}": settings.flatMap(({ control, choices }) => (control === "segments" ? choices.map(String) : [])),
  "theme_${theme}": themes,
  "vault_${state}": ["locked", "unlocked"],
  "vault_${reason}": ["same", "tooMany"],
  "closed_${first.state}": ["hidden", "failed"],
  "colour_${colour}": vaultColours,
  "way_${each}": ["make", "file", "unlock"],
  "way_${way}_body": ["make", "file", "unlock"],
  "path_${found.objection}": ["empty", "relative", "home", "remote"],
};
// Named through a table: of field names, of the parts of the form, of the signs of a pattern.
const named = [
  ...[
    "fieldTitle",
    "fieldUser",
    "fieldPassword",
    "fieldNewPassword",
    "fieldNotes",
    "fieldCode",
    "fieldTags",
    "fieldFolder",
    "fieldExpires",
    "fieldPasskey",
  ],
  ...["opensOn", "fieldCardholder", "fieldNumber", "fieldValidUntil", "fieldSecurityCode", "fieldPin"],
  ...["fieldFullName", "fieldEmail", "fieldPhone", "fieldCompany", "fieldAddress"],
  ...["pattern_letters", "pattern_digits", "pattern_any", "pattern_words", "pattern_set", "pattern_times"],
  "commandOpen",
  "toNotice",
];

test("every key of the source has an English message and every message is used", () => {
  const used = [...keysInSource(), ...named].filter((key) => key !== "@@bidi_dir").sort();
  assert.deepEqual(Object.keys(english).sort(), [...new Set(used)]);
});

for (const name of others) {
  const locale = localeOf(name);
  test(`the locale ${name} has the keys of the English one`, () => {
    assert.deepEqual(Object.keys(locale).sort(), Object.keys(english).sort());
  });
  test(`the locale ${name} puts in the same values as the English one`, () => {
    for (const [key, { message, placeholders }] of Object.entries(locale)) {
      assert.deepEqual([key, placeholders], [key, english[key]?.placeholders]);
      assert.deepEqual([key, valuesIn(message)], [key, valuesIn(english[key]?.message ?? "")]);
    }
  });
}

for (const name of ["en", ...others]) {
  test(`every value that a message of ${name} names is declared, and the other way round`, () => {
    for (const [key, { message, placeholders }] of Object.entries(localeOf(name))) {
      assert.deepEqual([key, valuesIn(message)], [key, Object.keys(placeholders ?? {}).sort()]);
    }
  });
}

function valuesIn(message: string): readonly string[] {
  return [...new Set([...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name as string))].sort();
}
