/**
 * A form's facts with every text looked up once and every field judged by itself: what the tables of kinds.ts ask.
 *
 * Pure.
 */
import { conceptsIn, mentions, NoConcepts, type Concept, type Concepts } from "./concepts.ts";
import type { FormFacts, FormText } from "./fieldFacts.ts";
import { isShort, readField, roleOf, type FieldRole, type ReadField, type Verdict } from "./roles.ts";

/** One field with what it says by itself. */
export interface Candidate {
  /** Its index in the facts. */
  readonly index: number;
  readonly read: ReadField;
  readonly verdict: Verdict;
}

export interface ReadForm {
  readonly facts: FormFacts;
  readonly all: readonly Candidate[];
  /** The visible fields. */
  readonly fields: readonly Candidate[];
  readonly hiddenPassword: boolean;
  /** The visible fields that take a password, old or new. */
  readonly passwords: readonly Candidate[];
  /** The field that would take the user name. */
  readonly username: Candidate | null;
  /** What the button that sends the form says. */
  readonly submit: Concepts;
  readonly attributes: Concepts;
  readonly headings: Concepts;
  /** What links and the other buttons say. */
  readonly elsewhere: Concepts;
  readonly texts: Concepts;
  readonly page: Concepts;
  /** The one password is asked once more, as before a step that needs it. */
  readonly isReconfirmed: boolean;
  /** What the names of the fields say. */
  readonly named: Concepts;
}

/** A code is only believed with this weight; see the weights of roles.ts. */
export const MinCodeWeight = 35;

// A field that says it is something else with at least this weight is no user name, wherever it stands.
const MaxOpaqueWeight = 50;

// Longer than any button; prose mentions "log in" too.
const MaxButtonLength = 30;

/** Looks up and judges; never throws, whatever the page wrote. */
export function readForm(facts: FormFacts): ReadForm {
  const judged = facts.fields.map((field, index): Candidate => {
    const read = readField(field);
    return { index, read, verdict: roleOf(read) };
  });
  const boxed = withBoxes(judged, facts);
  const all = withLonePassword(boxed);
  const fields = all.filter(({ read }) => read.facts.visible);
  const passwords = fields.filter(({ verdict }) => isPasswordRole(verdict.role));
  const lastNeeded = (passwords.at(-1) ?? fields.at(-1))?.index ?? facts.fields.length - 1;
  const asksToday = passwords.length > 0 && !passwords.some((field) => isNew(field) || isRepeat(field));
  const submit = submitTexts(facts.texts, lastNeeded + 1, asksToday);
  const elsewhere = facts.texts.filter(({ place }) => place !== "text" && place !== "heading");
  return {
    facts,
    all,
    fields,
    passwords,
    hiddenPassword: all.some(({ read }) => read.facts.type === "password" && !read.facts.visible),
    username: usernameOf(fields, passwords),
    submit: mentionedIn(submit),
    attributes: union(facts.attributes.map(conceptsIn)),
    headings: mentionedIn(facts.texts.filter(({ place, after }) => place === "heading" && after < facts.fields.length)),
    elsewhere: mentionedIn(elsewhere.filter((text) => !submit.includes(text))),
    texts: mentionedIn(facts.texts.filter(({ place }) => place === "text")),
    page: union(facts.page.map(conceptsIn)),
    isReconfirmed: all !== boxed,
    named: union(fields.map(({ read }) => read.named)),
  };
}

// A code that is asked in fewer boxes is asked in one.
const MinBoxes = 4;

/** Boxes for one character each, where the form speaks of a code: only the first of them is labelled, if any is. */
function withBoxes(all: readonly Candidate[], { texts, attributes }: FormFacts): readonly Candidate[] {
  const isBox = ({ read: { facts } }: Candidate): boolean =>
    facts.visible && facts.maxLength === 1 && !/^(email|search)$/.test(facts.type);
  if (all.filter(isBox).length < MinBoxes) return all;
  const said =
    mentionedIn(texts) | union(attributes.map(conceptsIn)) | union(all.map(({ read }) => read.seen | read.named));
  if (!mentions(said, "code", "secondFactor", "anyCode")) return all;
  const verdict: Verdict = { role: "oneTimeCode", weight: 60, because: ["one of the boxes for a code"] };
  return all.map((field) => (isBox(field) ? { ...field, verdict } : field));
}

/** "Confirm your password" above the only field asks for the one of today. */
function withLonePassword(all: readonly Candidate[]): readonly Candidate[] {
  const shown = all.filter(({ read }) => read.facts.visible && read.facts.type === "password");
  const [lone] = shown;
  if (
    shown.length !== 1 ||
    lone === undefined ||
    !isRepeat(lone) ||
    all.filter(({ read }) => read.facts.visible).length > 1
  ) {
    return all;
  }
  const verdict: Verdict = { role: "currentPassword", weight: 60, because: ["the only password, to be confirmed"] };
  return all.map((field) => (field === lone ? { ...field, verdict } : field));
}

function mentionedIn(texts: readonly FormText[]): Concepts {
  return union(texts.map(({ text }) => conceptsIn(text)));
}

function union(concepts: readonly Concepts[]): Concepts {
  return concepts.reduce((found, more) => found | more, NoConcepts);
}

/**
 * The buttons that send the form: the first ones behind the last field that a person must fill, else the likeliest
 * thing to press. `boundary` is how many fields stand before that place. Beside the password of today a button that speaks
 * of a forgotten one leads elsewhere.
 */
function submitTexts(texts: readonly FormText[], boundary: number, asksToday: boolean): readonly FormText[] {
  const own = texts.filter(({ inside, text }) => inside && !leadsElsewhere(text));
  const behind = own.filter(({ after, text }) => after >= boundary && text.length <= MaxButtonLength);
  const sends = behind.filter(({ place }) => place === "submit");
  if (sends.length > 0) return sends.filter(({ after }) => after === sends[0]?.after);
  const likeliest =
    own.findLast(({ place, after }) => place === "submit" && after > 0) ??
    behind.find(({ place, text }) => place === "button" && !(asksToday && mentions(conceptsIn(text), "reset"))) ??
    behind.find(({ text }) => mentions(conceptsIn(text), "login", "signup", "proceed"));
  return likeliest === undefined ? [] : [likeliest];
}

function leadsElsewhere(text: string): boolean {
  return mentions(conceptsIn(text), "noAccount", "hasAccount");
}

/**
 * Without a password the strongest user name. With one, the strongest before it, else the text field right before it
 * that says nothing else; a user name behind the only password comes last.
 */
function usernameOf(fields: readonly Candidate[], passwords: readonly Candidate[]): Candidate | null {
  const texts = fields.filter(({ read }) => read.facts.type !== "password");
  const password = passwords[0];
  if (password === undefined) return strongest(texts.filter(isUsername));
  const before = texts.filter(({ index }) => index < password.index);
  const found = strongest(before.filter(isUsername)) ?? before.findLast(isOpaque) ?? loneName(texts, before, passwords);
  if (found !== undefined && found !== null) return found;
  const next = texts.find(({ index }) => index > password.index);
  return next !== undefined && isUsername(next) && passwords.length === 1 ? next : null;
}

/** The one field that stands with the one password names somebody, whatever it calls them: a domain, a shop, a person. */
function loneName(
  texts: readonly Candidate[],
  before: readonly Candidate[],
  passwords: readonly Candidate[],
): Candidate | undefined {
  const [lone] = before;
  const isBare = texts.length === 1 && passwords.length === 1 && lone !== undefined;
  return isBare && says(lone, "company", "personName") && !says(lone, "search", "captcha", "coupon", "message")
    ? lone
    : undefined;
}

/** Says nothing about itself, not even that something is to be written there. */
function isOpaque({ read, verdict: { role, weight } }: Candidate): boolean {
  if (!isShort(read)) return false;
  return role === "other" ? weight < MaxOpaqueWeight : role === "oneTimeCode" && weight < MinCodeWeight;
}

function strongest(candidates: readonly Candidate[]): Candidate | null {
  return candidates.reduce<Candidate | null>(
    (best, candidate) => (best === null || candidate.verdict.weight > best.verdict.weight ? candidate : best),
    null,
  );
}

function isPasswordRole(role: FieldRole): boolean {
  return role === "currentPassword" || role === "newPassword" || role === "confirmPassword";
}

export function isUsername({ verdict }: Candidate): boolean {
  return verdict.role === "username";
}

export function isNew({ verdict }: Candidate): boolean {
  return verdict.role === "newPassword";
}

export function isRepeat({ verdict }: Candidate): boolean {
  return verdict.role === "confirmPassword";
}

export function declares({ read }: Candidate, token: string): boolean {
  return read.facts.autocomplete.includes(token);
}

/** Whether the field mentions one of the concepts, to people or to developers. */
export function says({ read }: Candidate, ...concepts: readonly Concept[]): boolean {
  return mentions(read.seen | read.named, ...concepts);
}

/** How many visible fields ask for a name, an address, a birthday or a company. */
export function personalDetails({ fields }: ReadForm): number {
  return fields.filter(
    (field) => field.verdict.role === "other" && says(field, "personName", "address", "birth", "company"),
  ).length;
}

/** Asks for nothing that would name a person, as forms do that know already who it is. */
export function isNameless(form: ReadForm): boolean {
  return form.username === null && !form.fields.some(isUsername) && personalDetails(form) === 0;
}
