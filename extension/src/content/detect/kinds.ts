/**
 * Decides what a form is for, by a table of named, weighted signals like that of roles.ts.
 *
 * Pure. Totals are compared, and in doubt the answer is the one that fills nothing.
 */
import { bitOf, mentions, NoConcepts, type Concept, type Concepts } from "./concepts.ts";
import {
  declares,
  isNameless,
  isNew,
  isRepeat,
  isUsername,
  MinCodeWeight,
  personalDetails,
  says,
  type Candidate,
  type ReadForm,
} from "./readForm.ts";

export type FormKind =
  "login" | "usernameFirst" | "passwordOnly" | "signup" | "changePassword" | "oneTimeCode" | "notLogin";

export interface KindVerdict {
  readonly kind: FormKind;
  /** All signals that hold, strongest first, each with its weight and the side that it speaks for. */
  readonly because: readonly string[];
}

/** `step` speaks for the first step of a login and counts only where no password is asked. */
type Side = "login" | "step" | "signup" | "reset" | "neither";

interface Signal {
  readonly name: string;
  readonly side: Side;
  readonly weight: number;
  /** Where words of `concepts` are looked for; null: `holds` decides. Data and no function of its own for each: calling 50 took longer. */
  readonly place: Place | null;
  readonly concepts: Concepts;
  readonly holds: (form: ReadForm) => boolean;
}

type Place = "submit" | "attributes" | "headings" | "elsewhere" | "texts" | "page" | "named";

// The button that sends a form says best what it does (40); its attributes and headings follow; links and texts around
// it name the way out as often as the form itself, so that "Sign up" on a link speaks, weakly, for a login.
const signals: readonly Signal[] = [
  ...wordedAt("login", "login", { submit: 40, attributes: 25, headings: 20, named: 15, page: 12 }),
  ...wordedAt("reset", "login", { elsewhere: 25, texts: 10 }),
  ...wordedAt("remember", "login", { texts: 20, elsewhere: 10 }),
  ...wordedAt("noAccount", "login", { texts: 20, elsewhere: 15, headings: 10 }),
  ...wordedAt("signup", "login", { elsewhere: 10 }),
  signal("declares a current password", "login", 80, ({ fields }) => anyDeclares(fields, "current-password")),
  signal("declares a user name", "login", 10, ({ fields }) => anyDeclares(fields, "username")),
  signal("asks for a user name and one password, no more", "login", 15, isBarePair),

  signal("the one field declares a user name", "step", 40, ({ fields }) => anyDeclares(fields, "username")),
  signal("a password waits unseen", "step", 30, ({ hiddenPassword }) => hiddenPassword),
  signal("the field says user name", "step", 15, ({ username }) => username !== null && saysUsername(username)),
  ...wordedAt("proceed", "step", { submit: 10 }),

  ...wordedAt("signup", "signup", { submit: 40, attributes: 25, headings: 20, named: 25, page: 12 }),
  ...wordedAt("hasAccount", "signup", { texts: 30, elsewhere: 25, headings: 10 }),
  ...wordedAt("login", "signup", { elsewhere: 8 }),
  ...wordedAt("terms", "signup", { texts: 8, elsewhere: 5 }),
  // Less than it says: pages declare it on logins too, to keep browsers from filling them. The second signal holds
  // where nothing as clear as the button contradicts.
  signal("declares a new password", "signup", 60, ({ passwords }) => anyDeclares(passwords, "new-password")),
  signal("declares a new password, and its button names no login", "signup", 50, isPlainlyNew),
  signal("asks for a new password in words", "signup", 40, ({ passwords }) => passwords.some(saysNew)),
  signal("asks for the password twice", "signup", 50, ({ passwords }) => passwords.some(isRepeat)),
  signal("asks for a person's details", "signup", 25, (form) => personalDetails(form) >= 1),
  signal("asks for many of a person's details", "signup", 25, (form) => personalDetails(form) >= 3),
  signal("asks for two identifiers", "signup", 15, ({ fields }) => fields.filter(isUsername).length >= 2),
  signal("password has rules", "signup", 10, ({ passwords }) => passwords.some(hasRules)),

  ...wordedAt("reset", "reset", { submit: 60, attributes: 50, headings: 40, page: 25 }),

  ...wordedAt("subscribe", "neither", { submit: 60, attributes: 60, headings: 30, texts: 20 }),
  ...wordedAt("search", "neither", { submit: 60, attributes: 50 }),
  ...wordedAt("message", "neither", { attributes: 30, submit: 20 }),
  ...wordedAt("coupon", "neither", { submit: 40, attributes: 30 }),
  signal("asks where to send or to bill", "neither", 60, ({ fields }) => anyDeclares(fields, "shipping", "billing")),
  signal("asks what a device or a program is set up with", "neither", 60, asksSetup),
  signal("asks for a card", "neither", 60, ({ fields }) => fields.some((field) => says(field, "card"))),
  signal("has room for a message", "neither", 60, ({ facts }) => facts.textareas > 0),
  signal("a password is asked elsewhere on the page", "neither", 30, isBesidePassword),
];

// A single field says little about itself: this much more must speak for a login than against it.
const MinUsernameFirst = 40;
const MinSignupWithoutPassword = 50;
// A code alone may come with a name for the device.
const MinSignupWithCode = 40;
// What must at least be said for something else where a password is asked.
const MinAgainst = 60;
// Two passwords belong to a sign-up unless a login is this much likelier.
const SecondPassword = 20;

/** The kind of a form and what spoke for and against it. A form without visible fields is `notLogin`. */
export function kindOf(form: ReadForm): KindVerdict {
  const held: Signal[] = [];
  const totals: Record<Side, number> = { login: 0, step: 0, signup: 0, reset: 0, neither: 0 };
  for (const each of signals) {
    const holds = each.place === null ? each.holds(form) : (form[each.place] & each.concepts) !== NoConcepts;
    if (!holds) continue;
    held.push(each);
    totals[each.side] += each.weight;
  }
  const because = held
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ side, weight, name }) => `${weight} ${side}: ${name}`);
  const decide = form.passwords.length === 0 ? kindWithoutPassword : kindWithPassword;
  return { kind: form.fields.length === 0 ? "notLogin" : decide(form, totals), because };
}

type Totals = Readonly<Record<Side, number>>;

function kindWithPassword(form: ReadForm, { login, signup, reset, neither }: Totals): FormKind {
  if (form.isReconfirmed) return "passwordOnly";
  if (isChange(form)) return "changePassword";
  const likeliest = Math.max(login, signup);
  if (neither >= MinAgainst && neither > likeliest) return "notLogin";
  if (reset >= MinAgainst && reset > likeliest) return "changePassword";
  if (signup > login) return isNameless(form) && signup < MinAgainst ? "changePassword" : "signup";
  const asksTwice = form.passwords.length > 1 && signup + SecondPassword >= login;
  if (asksTwice) return isNameless(form) ? "changePassword" : "signup";
  return form.username === null ? "passwordOnly" : "login";
}

function kindWithoutPassword(form: ReadForm, { login, step, signup, reset, neither }: Totals): FormKind {
  const asksCode = form.fields.some(({ verdict }) => verdict.role === "oneTimeCode" && verdict.weight >= MinCodeWeight);
  if (asksCode && neither < MinAgainst && signup < login + MinSignupWithCode) {
    return form.username !== null && isStep(form) ? "login" : "oneTimeCode";
  }
  if (form.username === null) return "notLogin";
  const against = reset + neither;
  const isFirst = isStep(form) && isAlone(form) && login + step - against >= MinUsernameFirst;
  if (isFirst && login + step > signup) return "usernameFirst";
  const saysSignup = mentions(form.submit | form.attributes | form.headings | form.page | form.named, "signup");
  return saysSignup && signup - against >= MinSignupWithoutPassword && signup > login ? "signup" : "notLogin";
}

/** Something about the form itself, and not only around it, says that a login begins here. */
function isStep(form: ReadForm): boolean {
  const saysLogin = mentions(form.submit | form.attributes | form.headings | form.named, "login");
  const offersSignup = mentions(form.texts | form.elsewhere, "noAccount");
  return saysLogin || offersSignup || form.hiddenPassword || anyDeclares(form.fields, "username");
}

/** Asks for the user name and at most for a picture's characters. */
function isAlone({ fields, username }: ReadForm): boolean {
  return fields.every((field) => field === username || says(field, "captcha"));
}

/** An old and a new password, or two or three passwords and nobody to name. */
function isChange(form: ReadForm): boolean {
  const { passwords } = form;
  const asksNew = passwords.some((field) => isNew(field) || isRepeat(field));
  if (asksNew && passwords.some(isFormer)) return true;
  return isNameless(form) && (passwords.length >= 3 || (passwords.length === 2 && asksNew));
}

/** A field that says, and not only by its type, that it takes the password of today. */
function isFormer(field: Candidate): boolean {
  return field.verdict.role === "currentPassword" && (says(field, "former") || declares(field, "current-password"));
}

function asksSetup({ all, submit }: ReadForm): boolean {
  return all.some((field) => says(field, "setup")) && !mentions(submit, "login");
}

function isPlainlyNew({ passwords, submit }: ReadForm): boolean {
  return anyDeclares(passwords, "new-password") && !mentions(submit, "login");
}

function isBarePair({ fields, passwords, username }: ReadForm): boolean {
  return passwords.length === 1 && username !== null && fields.length === 2;
}

function isBesidePassword({ facts, passwords }: ReadForm): boolean {
  return passwords.length === 0 && facts.passwordElsewhere;
}

function anyDeclares(fields: readonly Candidate[], ...tokens: readonly string[]): boolean {
  return fields.some((field) => tokens.some((token) => declares(field, token)));
}

function saysUsername({ read }: Candidate): boolean {
  return mentions(read.seen, "username");
}

function saysNew(field: Candidate): boolean {
  return says(field, "fresh");
}

function hasRules({ read }: Candidate): boolean {
  return read.facts.hasPasswordRules;
}

function wordedAt(concept: Concept, side: Side, weights: Partial<Record<Place, number>>): readonly Signal[] {
  return Object.entries(weights).map(([place, weight]) => ({
    ...signal(`${place} says ${concept}`, side, weight, never),
    place: place as Place,
    concepts: bitOf(concept),
  }));
}

function signal(name: string, side: Side, weight: number, holds: Signal["holds"]): Signal {
  return { name, side, weight, place: null, concepts: NoConcepts, holds };
}

function never(): boolean {
  return false;
}
