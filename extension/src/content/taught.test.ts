import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaughtRule } from "../shared/contentMessages.ts";
import type { TaughtRole } from "../shared/protocol.ts";
import type { DetectedForm, FieldRole, FormKind } from "./detect/index.ts";
import { asTaught, fingerprintOf, outgrown, pageOf } from "./taught.ts";

/** What is asked of a field: the platform's own properties. */
interface Facts {
  readonly name?: string;
  readonly id?: string;
  readonly type?: string;
  readonly maxLength?: number;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly role?: FieldRole;
  readonly visible?: boolean;
}

function form(kind: FormKind, ...all: readonly Facts[]): DetectedForm {
  const fields = all.map(({ role = "other", visible = true, ...facts }) => ({
    element: { name: "", id: "", type: "text", maxLength: -1, disabled: false, readOnly: false, ...facts },
    role,
    visible,
    because: ["a signal"],
  })) as unknown as DetectedForm["fields"];
  const first = (role: FieldRole) => fields.find((field) => field.role === role && field.visible)?.element ?? null;
  const fillable = { username: first("username"), currentPassword: first("currentPassword"), oneTimeCode: [] };
  return { kind, because: [], form: null, fields, fillable };
}

function rule(of: DetectedForm, role: TaughtRole, field: number, page = "/login"): TaughtRule {
  return { role, form: fingerprintOf(of), field, page };
}

/** The places of the fields that take user name, password and code, and the form's kind. */
function taught(of: DetectedForm, ...roles: readonly (readonly [TaughtRole, number])[]): unknown {
  const { kind, fields, fillable } = asTaught(
    of,
    roles.map(([role, field]) => rule(of, role, field)),
  );
  const at = (element: HTMLInputElement | null) => fields.findIndex((field) => field.element === element);
  return [kind, at(fillable.username), at(fillable.currentPassword), fillable.oneTimeCode.map(at)];
}

const text = { name: "a" };
const secret = { name: "b", type: "password" };

const cases: readonly [what: string, is: unknown, should: unknown][] = [
  ["a form that says nothing", taught(form("notLogin", text, secret)), ["notLogin", -1, -1, []]],
  [
    "user name and password of one that says nothing",
    taught(form("notLogin", text, secret), ["username", 0], ["password", 1]),
    ["login", 0, 1, []],
  ],
  ["a user name alone", taught(form("notLogin", text), ["username", 0]), ["usernameFirst", 0, -1, []]],
  ["a password alone", taught(form("notLogin", secret), ["password", 0]), ["passwordOnly", -1, 0, []]],
  ["a code alone", taught(form("notLogin", text), ["code", 0]), ["oneTimeCode", -1, -1, [0]]],
  [
    "a password in a field that shows what is written",
    taught(form("notLogin", text), ["password", 0]),
    ["notLogin", -1, -1, []],
  ],
  [
    "a field that nobody sees",
    taught(form("notLogin", { ...text, visible: false }), ["username", 0]),
    ["notLogin", -1, -1, []],
  ],
  [
    "a field that is off",
    taught(form("notLogin", { ...text, disabled: true }), ["username", 0]),
    ["notLogin", -1, -1, []],
  ],
  [
    "a field that may not be written",
    taught(form("notLogin", { ...text, readOnly: true }), ["username", 0]),
    ["notLogin", -1, -1, []],
  ],
  [
    "another user name than the one that was found",
    taught(form("login", { ...text, role: "username" }, { name: "c" }, { ...secret, role: "currentPassword" }), [
      "username",
      1,
    ]),
    ["login", 1, 2, []],
  ],
  [
    "that the user name which was found is the code",
    taught(form("login", { ...text, role: "username" }, { ...secret, role: "currentPassword" }), ["code", 0]),
    ["passwordOnly", -1, 1, [0]],
  ],
  [
    "the password of a change stays one of a change",
    taught(form("changePassword", { ...secret, role: "newPassword" }, { ...secret, role: "newPassword" }), [
      "password",
      0,
    ]),
    ["changePassword", -1, 0, []],
  ],
  [
    "the first of six boxes",
    taught(form("notLogin", { ...text, maxLength: 4 }, ...Array.from({ length: 6 }, () => ({ maxLength: 1 })), text), [
      "code",
      1,
    ]),
    ["oneTimeCode", -1, -1, [1, 2, 3, 4, 5, 6]],
  ],
  [
    "boxes stop at a field that is something else",
    taught(form("notLogin", { maxLength: 1 }, { maxLength: 1 }, { maxLength: 1 }), ["code", 0], ["username", 2]),
    ["usernameFirst", 2, -1, [0, 1]],
  ],
  [
    "a place that the form has not",
    taught(form("login", { ...text, role: "username" }), ["username", 1]),
    ["login", 0, -1, []],
  ],
];

for (const [what, is, should] of cases) test(`taught: ${what}`, () => assert.deepEqual(is, should));

test("what was found before and what was taught say why", () => {
  const of = form("login", { ...text, role: "username" }, { name: "c" });
  const { fields } = asTaught(of, [rule(of, "username", 1)]);
  assert.deepEqual(
    fields.map(({ role, because }) => [role, because]),
    [
      ["other", ["another field was taught"]],
      ["username", ["the person said so"]],
    ],
  );
});

test("another form of the site is left alone", () => {
  const of = form("login", { ...text, role: "username" });
  assert.equal(asTaught(of, [rule(form("login", text, secret), "username", 0)]), of);
});

const same: readonly [what: string, one: DetectedForm, other: DetectedForm, is: boolean][] = [
  [
    "names that are made up anew",
    form("login", { name: "user_8f3a", id: "x1" }),
    form("login", { name: "user_07cc", id: "x99" }),
    true,
  ],
  ["a password that is shown", form("login", secret), form("login", { ...secret, type: "text" }), true],
  ["another kind and other roles", form("login", { ...text, role: "username" }), form("notLogin", text), true],
  ["another name", form("login", text), form("login", { name: "b" }), false],
  ["another id", form("login", { id: "a" }), form("login", { id: "b" }), false],
  ["a name in the place of an id", form("login", { id: "a" }), form("login", { name: "a" }), false],
  ["another type", form("login", { type: "email" }), form("login", { type: "text" }), false],
  ["one more field", form("login", text), form("login", text, {}), false],
  ["another order", form("login", text, { name: "c" }), form("login", { name: "c" }, text), false],
  ["a <form> around them", form("login", text), { ...form("login", text), form: {} as HTMLFormElement }, false],
];

for (const [what, one, other, is] of same) {
  test(`${what}: ${is ? "the same form" : "another form"}`, () => {
    assert.equal(fingerprintOf(one) === fingerprintOf(other), is);
  });
}

test("a fingerprint is FNV-1a of 64 bits in 16 digits", () => {
  // The algorithm's own constants: of no byte at all it is its offset basis.
  const empty: Pick<DetectedForm, "form" | "fields"> = { form: null, fields: [] };
  assert.equal(fingerprintOf(empty), "cbf29ce484222325");
  assert.match(fingerprintOf(form("login", { name: "ü".repeat(100_000) })), /^[0-9a-f]{16}$/);
});

test("a page that changed its form has outgrown what was taught, one that shows something else has not", () => {
  const before = form("login", text, secret);
  const rules = [
    rule(before, "username", 0),
    rule(before, "password", 1),
    rule(form("login", { name: "z" }), "code", 0, "/"),
  ];
  const changed = form("login", { name: "new" }, secret);
  assert.deepEqual(outgrown([changed], "/login", rules), [fingerprintOf(before)]);
  assert.deepEqual(outgrown([changed, before], "/login", rules), []);
  assert.deepEqual(outgrown([changed], "/elsewhere", rules), []);
  assert.deepEqual(outgrown([form("notLogin", { name: "q" })], "/login", rules), []);
  assert.deepEqual(outgrown([form("notLogin", secret)], "/login", rules), [fingerprintOf(before)]);
  assert.deepEqual(outgrown([], "/login", rules), []);
});

test("a path is kept as long as the host takes it", () => {
  assert.equal(pageOf({ pathname: "/sign-in" }), "/sign-in");
  assert.equal(pageOf({ pathname: "/" + "a".repeat(300) }).length, 200);
  assert.equal(pageOf({ pathname: "blank" }), "/");
});
