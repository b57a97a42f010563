/**
 * Judges one group of fields: what it is for, what each field is for among its neighbours, and which fields take which
 * part of a login.
 *
 * Pure. What a field says by itself is decided in roles.ts, the kind of the form in kinds.ts.
 */
import type { FormFacts } from "./fieldFacts.ts";
import { kindOf, type FormKind } from "./kinds.ts";
import {
  declares,
  isNameless,
  isNew,
  isUsername,
  MinCodeWeight,
  readForm,
  says,
  type Candidate,
  type ReadForm,
} from "./readForm.ts";
import type { FieldRole, Verdict } from "./roles.ts";

export type { FormKind };

export interface Judgement {
  readonly kind: FormKind;
  /** The signals for and against, strongest first. */
  readonly because: readonly string[];
  /** One verdict for each field, in the fields' order. */
  readonly fields: readonly Verdict[];
  /** The indexes of the fields that take the parts of a login: visible, editable, of the right type. */
  readonly fill: Fill;
}

interface Fill {
  readonly username: number | null;
  readonly currentPassword: number | null;
  readonly oneTimeCode: readonly number[];
}

/** Judges a group. Never throws; a group without visible fields is `notLogin` and fills nothing. */
export function judge(facts: FormFacts): Judgement {
  const form = readForm(facts);
  const { kind, because } = kindOf(form);
  const fields = form.all.map(({ verdict }) => verdict);
  for (const { index, verdict } of settled(form, kind)) fields[index] = verdict;
  return { kind, because, fields, fill: fillOf(form, kind, fields) };
}

interface Settled {
  readonly index: number;
  readonly verdict: Verdict;
}

/** The roles that neighbours and kind decide. */
function settled(form: ReadForm, kind: FormKind): readonly Settled[] {
  const { fields, username } = form;
  const furtherNames = fields.filter((field) => isUsername(field) && field !== username);
  return [
    ...furtherNames.map(become("other", "another field is the user name")),
    ...(username === null ? [] : [username].map(become("username", "the user name of its form"))),
    ...fields
      .filter((field) => field !== username && isNoCode(field, form, kind))
      .map(become("other", "no code of a login")),
    ...settledPasswords(form, kind),
  ];
}

// Codes of sign-ups are mailed or texted: never from an item of ours. Beside a password, what only "verifies" is a picture's
// characters or a text message.
function isNoCode(field: Candidate, form: ReadForm, kind: FormKind): boolean {
  if (field.verdict.role !== "oneTimeCode") return false;
  if (kind === "login" && form.passwords.length > 0)
    return !declares(field, "one-time-code") && !says(field, "secondFactor");
  return kind === "notLogin" || kind === "signup" || field.verdict.weight < MinCodeWeight;
}

function settledPasswords(form: ReadForm, kind: FormKind): readonly Settled[] {
  const { passwords } = form;
  const plain = passwords.filter(({ verdict }) => verdict.role === "currentPassword");
  switch (kind) {
    case "login":
    case "passwordOnly":
      return passwords.map(become("currentPassword", "the password of a login"));
    case "signup":
      return plain.map(become("newPassword", "the password of a sign-up"));
    case "changePassword": {
      const oldFirst = passwords.length >= 3 || passwords.some(isNew);
      const isOld = (field: Candidate): boolean => isSure(field.verdict) || (oldFirst && field === plain[0]);
      return [
        ...plain.filter(isOld).map(become("currentPassword", "the old password of a change")),
        ...plain.filter((field) => !isOld(field)).map(become("newPassword", "the new password of a change")),
      ];
    }
    case "notLogin":
      return passwords.map(become("other", "no password of a person's account"));
    default:
      return [];
  }
}

function become(role: FieldRole, why: string): (field: Candidate) => Settled {
  return ({ index, verdict }) => {
    const because = verdict.role === role ? [...verdict.because, why] : [why];
    return { index, verdict: { role, weight: verdict.weight, because } };
  };
}

function fillOf(form: ReadForm, kind: FormKind, verdicts: readonly Verdict[]): Fill {
  const isLogin = kind === "login" || kind === "usernameFirst" || kind === "passwordOnly";
  const editable = form.fields.filter(({ read }) => read.facts.editable);
  const taking = (role: FieldRole): readonly number[] =>
    editable.filter(({ index }) => verdicts[index]?.role === role).map(({ index }) => index);
  const username = isLogin ? taking("username")[0] : undefined;
  const password = isLogin || kind === "changePassword" ? taking("currentPassword").find(takesPassword) : undefined;

  return {
    username: username ?? null,
    currentPassword: password ?? null,
    oneTimeCode: isLogin || kind === "oneTimeCode" ? taking("oneTimeCode") : [],
  };

  /** A text field is never given a password; a change only where the old one is beyond doubt. */
  function takesPassword(index: number): boolean {
    const verdict = verdicts[index];
    const isSafe = isLogin || isNameless(form) || (verdict !== undefined && isSure(verdict));
    return isSafe && form.facts.fields[index]?.type === "password";
  }
}

// Above what the type alone gives: the field was declared or named as what it is.
const MinSureWeight = 60;

function isSure({ weight }: Verdict): boolean {
  return weight >= MinSureWeight;
}
