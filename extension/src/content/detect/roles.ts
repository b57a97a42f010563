/**
 * Decides what one input is for, from facts about that input alone.
 *
 * Pure. What the neighbours say (is the bare password of a sign-up form a new
 * one? does this opaque text stand right before a password?) is judged in forms.ts.
 */
import { bitOf, conceptsIn, mentions, NoConcepts, type Concept, type Concepts } from "./concepts.ts";
import type { FieldFacts } from "./fieldFacts.ts";

export type FieldRole = "username" | "currentPassword" | "newPassword" | "confirmPassword" | "oneTimeCode" | "other";

export interface Verdict {
  readonly role: FieldRole;
  /** The total weight of the signals that decided. 100 is a declaration of the page; 0 stands for no signal at all. */
  readonly weight: number;
  /** The signals that decided, strongest first, each with its weight. For people, tests and bug reports, never for the page. */
  readonly because: readonly string[];
}

/** A field's facts with its texts looked up once. */
export interface ReadField {
  readonly facts: FieldFacts;
  /** Concepts in what the person reads: label, placeholder, title; the nearby text where there is none of these. */
  readonly seen: Concepts;
  /** Concepts in what the developer wrote: name and id. */
  readonly named: Concepts;
}

interface Signal {
  readonly name: string;
  readonly role: FieldRole;
  readonly weight: number;
  /** Holds if the field mentions one of these, to people or to developers; or if `holds` says so. */
  readonly seen: Concepts;
  readonly named: Concepts;
  readonly holds: (field: ReadField) => boolean;
}

/** Looks up the texts of a field. */
export function readField(facts: FieldFacts): ReadField {
  const seen = conceptsIn(facts.label) | conceptsIn(facts.placeholder) | conceptsIn(facts.title);
  const labelled = facts.label !== "" || facts.placeholder !== "" || facts.title !== "";
  return {
    facts,
    seen: labelled && seen !== NoConcepts ? seen : seen | conceptsIn(facts.nearby),
    named: conceptsIn(facts.name) | conceptsIn(facts.id),
  };
}

// Weights are on one scale for both kinds of input. What the page declares (100) outweighs every guess together, and
// what a person reads outweighs what a developer called it. Words that name something that is no user name weigh more
// than the words of user names, since "Search users" and "Company email" mention both.
const passwordSignals: readonly Signal[] = [
  declared("current-password", "currentPassword"),
  declared("new-password", "newPassword"),
  declared("one-time-code", "oneTimeCode"),
  guess("type=password", "currentPassword", 20, () => true),
  ...worded("repeat", "confirmPassword", 60, 50),
  ...worded("fresh", "newPassword", 50, 40),
  ...worded("former", "currentPassword", 60, 50),
  guess("code without a word of passwords", "oneTimeCode", 45, isBareCode),
  guess("says secondFactor", "oneTimeCode", 60, asksSecondFactor),
  guess("named secondFactor", "oneTimeCode", 50, ({ named }) => mentions(named, "secondFactor")),
  guess("number of a person", "other", 60, isNumberOfPerson),
  guess("one character", "other", 60, ({ facts }) => facts.maxLength === 1),
  ...worded("setup", "other", 80, 80),
  ...worded("card", "other", 60, 60),
  ...worded("captcha", "other", 60, 40),
  guess("has password rules", "newPassword", 10, ({ facts }) => facts.hasPasswordRules),
];

const textSignals: readonly Signal[] = [
  declared("username", "username"),
  declared("webauthn", "username", 60),
  declared("one-time-code", "oneTimeCode"),
  declared("email", "username", 35),
  declared("tel", "username", 15),
  declared("tel-national", "username", 15),
  guess("autocomplete of something else", "other", 100, declaresOther),
  guess("type=search", "other", 100, ({ facts }) => facts.type === "search"),
  guess("type=email", "username", 35, ({ facts }) => facts.type === "email"),
  guess("type=tel", "username", 5, ({ facts }) => facts.type === "tel"),
  ...worded("username", "username", 45, 40),
  ...worded("email", "username", 35, 30),
  ...worded("phone", "username", 20, 15),
  ...worded("accountNumber", "username", 45, 40),
  guess("says login", "username", 25, (field) => mentions(field.seen, "login") && isShort(field)),
  guess("named login", "username", 15, ({ named }) => mentions(named, "login")),
  guess("text that takes a password", "currentPassword", 90, takesPassword),
  ...worded("code", "oneTimeCode", 45, 35),
  ...worded("secondFactor", "oneTimeCode", 45, 35),
  ...worded("anyCode", "oneTimeCode", 25, 15),
  ...worded("pin", "oneTimeCode", 10, 10),
  guess("few digits", "oneTimeCode", 15, isFewDigits),
  guess("one character", "oneTimeCode", 20, ({ facts }) => facts.maxLength === 1),
  ...worded("search", "other", 70, 70),
  ...worded("subscribe", "other", 60, 60),
  ...worded("captcha", "other", 90, 80),
  ...worded("card", "other", 70, 60),
  ...worded("coupon", "other", 80, 70),
  ...worded("personName", "other", 40, 35),
  ...worded("address", "other", 45, 40),
  ...worded("birth", "other", 45, 40),
  ...worded("message", "other", 60, 45),
  ...worded("company", "other", 45, 40),
  ...worded("quantity", "other", 45, 35),
  ...worded("setup", "other", 80, 80),
];

/**
 * The role of one input.
 *
 * @returns the role with the greatest total weight and the signals for it; `other` with weight 0 if no signal holds.
 */
export function roleOf(field: ReadField): Verdict {
  const held: Signal[] = [];
  const totals = new Map<FieldRole, number>();
  for (const signal of field.facts.type === "password" ? passwordSignals : textSignals) {
    const isSaid = ((field.seen & signal.seen) | (field.named & signal.named)) !== NoConcepts;
    if (!isSaid && !signal.holds(field)) continue;
    held.push(signal);
    totals.set(signal.role, (totals.get(signal.role) ?? 0) + signal.weight);
  }

  let role: FieldRole = "other";
  for (const [candidate, total] of totals) {
    if (total > (totals.get(role) ?? 0)) role = candidate;
  }
  const because = held.filter((signal) => signal.role === role).sort((a, b) => b.weight - a.weight);
  return { role, weight: totals.get(role) ?? 0, because: because.map(({ weight, name }) => `${weight} ${name}`) };
}

function declared(token: string, role: FieldRole, weight = 200): Signal {
  return guess(`autocomplete=${token}`, role, weight, ({ facts }) => facts.autocomplete.includes(token));
}

function guess(name: string, role: FieldRole, weight: number, holds: Signal["holds"]): Signal {
  return { name, role, weight, seen: NoConcepts, named: NoConcepts, holds };
}

/** Two signals for one concept: the person reads it, the developer named it. */
function worded(concept: Concept, role: FieldRole, seen: number, named: number): readonly Signal[] {
  return [
    { ...guess(`says ${concept}`, role, seen, never), seen: bitOf(concept) },
    { ...guess(`named ${concept}`, role, named, never), named: bitOf(concept) },
  ];
}

function never(): boolean {
  return false;
}

// Fields of addresses, people and cards. Tokens that say nothing about the field ("on", "off", "shipping") are absent.
const otherTokens = ["name", "street-address", "country", "postal-code", "sex", "url", "photo", "language"];
const otherStarts = ["cc-", "honorific-", "address-", "bday", "organization", "transaction-", "tel-area", "tel-ext"];

function declaresOther({ facts }: ReadField): boolean {
  return facts.autocomplete.some(
    (token) =>
      otherTokens.includes(token) || token.endsWith("-name") || otherStarts.some((start) => token.startsWith(start)),
  );
}

function isBareCode({ seen, named }: ReadField): boolean {
  const all = seen | named;
  return (
    mentions(all, "code", "secondFactor", "anyCode") &&
    !mentions(seen, "password") &&
    !mentions(named, "password", "pin")
  );
}

// Pages show a password as text when asked to; we recognise the field then, and never fill it.
function takesPassword({ facts, seen, named }: ReadField): boolean {
  const says = facts.type === "text" && mentions(seen, "password");
  // A sentence speaks of passwords in many ways, a label in one.
  const isLabel = mentions(named, "password") || isShort({ facts });
  const isElse = mentions(
    seen | named,
    "reset",
    "code",
    "secondFactor",
    "username",
    "email",
    "accountNumber",
    "message",
  );
  return says && isLabel && !isElse;
}

/** Whether what labels a field is a name for it, and no sentence. */
export function isShort({ facts }: Pick<ReadField, "facts">): boolean {
  return facts.label.length + facts.placeholder.length <= MaxLabel;
}

const MaxLabel = 36;

// "Password or one-time password": whoever named the field knows better.
function asksSecondFactor({ seen, named }: ReadField): boolean {
  return mentions(seen, "secondFactor") && (!mentions(named, "password") || mentions(named, "secondFactor"));
}

// Banks mask them too.
function isNumberOfPerson({ seen, named }: ReadField): boolean {
  return mentions(seen, "accountNumber") && !mentions(seen | named, "password", "pin");
}

function isFewDigits({ facts }: ReadField): boolean {
  const digits = facts.inputMode === "numeric" || facts.type === "tel" || facts.type === "number";
  return digits && facts.maxLength >= 4 && facts.maxLength <= 8;
}
