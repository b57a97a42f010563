import assert from "node:assert/strict";
import { test } from "node:test";
import { MaxTextLength } from "./concepts.ts";
import type { FormFacts } from "./fieldFacts.ts";
import { judge, type FormKind, type Judgement } from "./forms.ts";
import { field, form, password, text } from "./testFacts.ts";

const email = field({ type: "email", label: "Email" });
const nothing: Judgement["fill"] = { username: null, currentPassword: null, oneTimeCode: [] };

function fills(fill: Partial<Judgement["fill"]>): Judgement["fill"] {
  return { ...nothing, ...fill };
}

const cases: readonly [name: string, facts: FormFacts, kind: FormKind, fill: Judgement["fill"]][] = [
  [
    "User name and password",
    form([field({ label: "Username" }), password()]),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "An opaque field right before a password",
    form([field({ name: "x7" }), password()], { texts: [text("submit", "OK")] }),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "A login with a link to sign up",
    form([email, password()], { texts: [text("submit", "Log in"), text("link", "Sign up")] }),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "A login that declares a new password against browsers",
    form([email, password({ autocomplete: ["new-password"] })], {
      texts: [text("submit", "Sign in")],
      attributes: ["login-form"],
    }),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "A declared new password and a button that says nothing",
    form([email, password({ autocomplete: ["new-password"] })], { texts: [text("submit", "Continue")] }),
    "signup",
    nothing,
  ],
  [
    "A declared new password that only a button contradicts",
    form([email, password({ autocomplete: ["new-password"] })], { texts: [text("submit", "Log in")] }),
    "signup",
    nothing,
  ],
  [
    "A login beside a search box in one form",
    form([field({ name: "q", label: "Search" }), email, password()], { texts: [text("submit", "Login")] }),
    "login",
    fills({ username: 1, currentPassword: 2 }),
  ],
  [
    "A login whose form goes on with a newsletter",
    form([email, password(), field({ label: "Newsletter" })], {
      texts: [text("submit", "Login", 2), text("submit", "Subscribe", 3)],
    }),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "A login with a code",
    form([field({ label: "User" }), password(), field({ label: "Authenticator code" })], {
      texts: [text("submit", "Sign in")],
    }),
    "login",
    fills({ username: 0, currentPassword: 1, oneTimeCode: [2] }),
  ],
  [
    "A login with a text message's code or a picture's characters",
    form([field({ label: "User" }), password(), field({ label: "Verification code" })], {
      texts: [text("submit", "Sign in")],
    }),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "A login whose only button speaks of a forgotten password",
    form([field({ label: "Username", autocomplete: ["username"] }), password()], {
      texts: [text("button", "Forgot password?")],
    }),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "A reset whose button declares no type",
    form([password({ label: "New password" }), password({ label: "Repeat" })], {
      texts: [text("button", "Reset password")],
    }),
    "changePassword",
    nothing,
  ],
  [
    "A code in six boxes of which one is labelled",
    form(
      Array.from({ length: 6 }, (_, index) => field({ maxLength: 1, label: index === 0 ? "Verification code" : "" })),
    ),
    "oneTimeCode",
    fills({ oneTimeCode: [0, 1, 2, 3, 4, 5] }),
  ],
  [
    "A profile's lock in four boxes",
    form(Array.from({ length: 4 }, () => field({ type: "tel", maxLength: 1, label: "PIN" }))),
    "notLogin",
    nothing,
  ],
  [
    "A telephone number and a text message's code",
    form([field({ type: "tel", label: "Mobile" }), field({ label: "Verification code", name: "sms" })], {
      texts: [text("submit", "Log in")],
    }),
    "login",
    fills({ username: 0, oneTimeCode: [1] }),
  ],
  [
    "A code with a name for the device",
    form([field({ name: "authcode" }), field({ label: "Full name of this device" })]),
    "oneTimeCode",
    fills({ oneTimeCode: [0] }),
  ],
  [
    "A password that is asked once more",
    form([password({ label: "Confirm your password" })], { attributes: ["register_form"] }),
    "passwordOnly",
    fills({ currentPassword: 0 }),
  ],
  [
    "A router's line to the provider",
    form([field({ name: "pppoe_user", label: "User name" }), password({ name: "pppoe_pwd" })], {
      texts: [text("submit", "Save")],
    }),
    "notLogin",
    nothing,
  ],
  [
    "A program's log-in that names a database",
    form([field({ label: "Username" }), password({ label: "Password" }), field({ label: "Database" })], {
      texts: [text("submit", "Login")],
    }),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "A domain and a password, nothing else",
    form([field({ placeholder: "Domain", name: "domain" }), password()], { texts: [text("submit", "Log in")] }),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "A sentence to copy and a password, as before something goes for good",
    form([field({ label: "To verify, type delete my account below:" }), password({ name: "current_password" })]),
    "passwordOnly",
    fills({ currentPassword: 1 }),
  ],
  [
    "A password alone",
    form([password()], { texts: [text("submit", "Unlock")] }),
    "passwordOnly",
    fills({ currentPassword: 0 }),
  ],
  [
    "A first step",
    form([email], { texts: [text("heading", "Sign in", 0), text("submit", "Next")], attributes: ["login"] }),
    "usernameFirst",
    fills({ username: 0 }),
  ],
  [
    "A first step whose password waits unseen",
    form([email, password({ visible: false })], { texts: [text("submit", "Next")] }),
    "usernameFirst",
    fills({ username: 0 }),
  ],
  [
    "A password shown as text",
    form([email, field({ name: "password", label: "Password" })], { texts: [text("submit", "Log in")] }),
    "login",
    fills({ username: 0 }),
  ],
  [
    "A read-only user name",
    form([field({ label: "Username", editable: false }), password()], { texts: [text("submit", "Log in")] }),
    "login",
    fills({ currentPassword: 1 }),
  ],
  [
    "A login in Japanese",
    form([field({ label: "ログインID" }), password()], {
      texts: [text("submit", "ログイン"), text("link", "新規登録")],
    }),
    "login",
    fills({ username: 0, currentPassword: 1 }),
  ],
  [
    "A sign-up with one password",
    form([field({ label: "First name" }), email, password()], { texts: [text("submit", "Create account")] }),
    "signup",
    nothing,
  ],
  [
    "A sign-up with a repeated password",
    form([email, password(), password({ label: "Repeat password" })], { texts: [text("submit", "Continue")] }),
    "signup",
    nothing,
  ],
  [
    "A sign-up with secret answers behind passwords",
    form(
      [
        field({ label: "Username" }),
        password(),
        password({ label: "Retype password" }),
        password({ label: "Secret answer" }),
        field({ label: "Last name" }),
      ],
      { texts: [text("submit", "Submit")] },
    ),
    "signup",
    nothing,
  ],
  [
    "Old, new and repeated password",
    form([password({ label: "Old password" }), password({ label: "New password" }), password({ label: "Repeat" })]),
    "changePassword",
    fills({ currentPassword: 0 }),
  ],
  [
    "Three passwords without words",
    form([password(), password(), password()]),
    "changePassword",
    fills({ currentPassword: 0 }),
  ],
  [
    "A new password set after a reset",
    form([password({ label: "New password" }), password({ label: "Confirm password" })]),
    "changePassword",
    nothing,
  ],
  [
    "A code alone",
    form([field({ label: "Enter the verification code", inputMode: "numeric", maxLength: 6 })]),
    "oneTimeCode",
    fills({ oneTimeCode: [0] }),
  ],
  [
    "A forgotten password",
    form([email], { texts: [text("heading", "Forgot password", 0), text("submit", "Reset password")] }),
    "notLogin",
    nothing,
  ],
  [
    "A reset that asks for the new password at once",
    form([email, password()], { texts: [text("submit", "Reset password")], attributes: ["reset-password"] }),
    "changePassword",
    nothing,
  ],
  [
    "An email with the words of a login only around it",
    form([email], { texts: [text("text", "Remember me"), text("link", "Forgot password?"), text("submit", "Send")] }),
    "notLogin",
    nothing,
  ],
  ["An email that only its name ties to a login", form([field({ name: "login_email" })]), "notLogin", nothing],
  ["A newsletter", form([email], { texts: [text("submit", "Subscribe")] }), "notLogin", nothing],
  [
    "An email beside a login",
    form([email], { passwordElsewhere: true, texts: [text("submit", "Next")] }),
    "notLogin",
    nothing,
  ],
  [
    "A search box",
    form([field({ type: "search", name: "q" })], { texts: [text("submit", "Search")] }),
    "notLogin",
    nothing,
  ],
  [
    "A contact form",
    form([field({ label: "Name" }), email], { textareas: 1, texts: [text("submit", "Send")] }),
    "notLogin",
    nothing,
  ],
  [
    "A card",
    form(
      [
        field({ autocomplete: ["cc-number"], label: "Card number" }),
        password({ label: "Security code", autocomplete: ["cc-csc"], name: "cvv" }),
      ],
      { texts: [text("submit", "Pay")] },
    ),
    "notLogin",
    nothing,
  ],
  [
    "A gift card with a PIN",
    form([field({ label: "Gift card number" }), password({ label: "PIN" })], { texts: [text("submit", "Check")] }),
    "notLogin",
    nothing,
  ],
  [
    "A form nobody can see",
    form([field({ label: "Username", visible: false }), password({ visible: false })]),
    "notLogin",
    nothing,
  ],
  ["Nothing", form([]), "notLogin", nothing],
];

for (const [name, facts, kind, fill] of cases) {
  test(`${name}: ${kind}`, () => {
    const judgement = judge(facts);
    assert.deepEqual({ kind: judgement.kind, fill: judgement.fill }, { kind, fill }, judgement.because.join("; "));
  });
}

test("The passwords of a change are told apart by their order where words are missing", () => {
  const { fields } = judge(form([password(), password({ label: "New" }), password({ label: "Repeat" })]));
  assert.deepEqual(
    fields.map(({ role }) => role),
    ["currentPassword", "newPassword", "confirmPassword"],
  );
});

test("A hidden decoy is not filled, whatever it says", () => {
  const decoy = field({ label: "Username", autocomplete: ["username"], visible: false });
  const { fill } = judge(form([decoy, email, password()], { texts: [text("submit", "Log in")] }));
  assert.deepEqual(fill, fills({ username: 1, currentPassword: 2 }));
});

test("A verdict on a form lists its signals, strongest first", () => {
  const { because } = judge(form([email, password()], { texts: [text("submit", "Log in"), text("link", "Sign up")] }));
  assert.deepEqual(because, [
    "40 login: submit says login",
    "15 login: asks for a user name and one password, no more",
    "10 login: elsewhere says signup",
  ]);
});

// Small deterministic generator: the same forms in each run.
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("Of any form only visible and editable fields are filled, and a password only into a password field", () => {
  const random = numbers(7);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random.next().value * values.length)] as T;
  const words = ["", "Username", "Email", "Password", "New", "Repeat", "Code", "Search", "Card", "密码", "\ud800"];
  let filled = 0;
  for (let round = 0; round < 3000; round++) {
    const fields = Array.from({ length: Math.floor(random.next().value * 7) }, () =>
      field({
        type: pick(["text", "password", "email", "tel", "search", "number"]),
        label: pick(words),
        name: pick(words),
        autocomplete: [pick(["", "off", "username", "current-password", "new-password", "one-time-code", "cc-number"])],
        visible: pick([true, true, false]),
        editable: pick([true, true, false]),
      }),
    );
    const button = text("submit", pick(["", "Log in", "Sign up"]));
    const { fill, kind, fields: verdicts } = judge(form(fields, { texts: [button] }));
    const taken = [fill.username, fill.currentPassword, ...fill.oneTimeCode].filter((index) => index !== null);
    filled += taken.length;
    assert.equal(verdicts.length, fields.length);
    assert.ok(taken.every((index) => fields[index]?.visible === true && fields[index]?.editable === true));
    assert.equal(new Set(taken).size, taken.length);
    if (fill.currentPassword !== null) assert.equal(fields[fill.currentPassword]?.type, "password");
    if (kind === "signup" || kind === "notLogin") assert.equal(taken.length, 0);
  }
  assert.ok(filled > 500);
});

test("A form of 300 fields and 120 texts, all too long, is judged by their beginnings", () => {
  const judged = (long: string) => {
    const fields = Array.from({ length: 300 }, () => field({ label: long, name: long, placeholder: long }));
    const texts = Array.from({ length: 120 }, () => text("text", long));
    return judge(form(fields, { texts, attributes: [long], page: [long] }));
  };
  const long = `${"login email ".repeat(10_000)} confirm password, search, newsletter`;
  assert.deepEqual(judged(long), judged(long.slice(0, MaxTextLength)));
});
