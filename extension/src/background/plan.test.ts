import assert from "node:assert/strict";
import { test } from "node:test";
import type { FormKind, FormSummary } from "../shared/contentMessages.ts";
import type { MatchedItem } from "../shared/protocol.ts";
import type { PageDocument } from "./documents.ts";
import {
  chooseDocument,
  chooseItem,
  chooseItemForCode,
  chooseNewForm,
  fieldsWanted,
  itemOfUser,
  orderForCode,
} from "./plan.ts";

const form = (kind: FormKind, more: Partial<FormSummary> = {}): FormSummary => ({
  kind,
  username: kind !== "passwordOnly",
  password: kind !== "usernameFirst",
  code: false,
  focused: false,
  ...more,
});
const frame = (frameId: number, ...forms: readonly FormSummary[]): PageDocument => ({
  tabId: 1,
  frameId,
  documentId: undefined,
  token: `t${frameId}`,
  origin: "https://a.example",
  forms,
  newForm: null,
  outgrown: [],
});
const codeForm = form("oneTimeCode", { username: false, password: false, code: true });
const item = (id: string): MatchedItem => ({
  id,
  kind: "login",
  title: id,
  username: "",
  tags: [],
  hasPassword: true,
  hasCode: false,
  match: "hostname",
  alwaysFill: false,
});

const choices: readonly [
  name: string,
  documents: readonly PageDocument[],
  frameId: number | undefined,
  chosen: number | null,
][] = [
  ["no document", [], undefined, null],
  ["no form", [frame(0)], undefined, null],
  ["a form without a field for us", [frame(0, form("login", { username: false, password: false }))], undefined, null],
  ["the top frame among equals", [frame(0, form("login")), frame(3, form("login"))], undefined, 0],
  [
    "a subframe's login over a user name alone",
    [frame(0, form("usernameFirst")), frame(3, form("login"))],
    undefined,
    3,
  ],
  [
    "the focused form over a better one",
    [frame(0, form("login")), frame(3, form("usernameFirst", { focused: true }))],
    undefined,
    3,
  ],
  ["a code over a user name alone", [frame(0, form("usernameFirst")), frame(3, codeForm)], undefined, 3],
  ["a login over a code", [frame(0, codeForm), frame(3, form("login"))], undefined, 3],
  ["the menu's frame only", [frame(0, form("login")), frame(3, form("usernameFirst"))], 3, 3],
  ["nothing if the menu's frame has no form", [frame(0, form("login")), frame(3)], 3, null],
];
for (const [name, documents, frameId, chosen] of choices) {
  test(`a fill goes to: ${name}`, () => assert.equal(chooseDocument(documents, frameId)?.frameId ?? null, chosen));
}

const wants: readonly [name: string, forms: readonly FormSummary[], fields: readonly string[]][] = [
  ["a login", [form("login")], ["username", "password"]],
  ["a first step", [form("usernameFirst")], ["username"]],
  ["a second step", [form("passwordOnly")], ["password"]],
  ["no form", [], []],
  ["a step for a code", [codeForm], ["code"]],
  ["a code with the focus beside a login", [form("login"), { ...codeForm, focused: true }], ["code"]],
  ["a login beside a newsletter", [form("usernameFirst"), form("login")], ["username", "password"]],
];
for (const [name, forms, fields] of wants) {
  test(`${name} asks for [${fields.join(", ")}]`, () => assert.deepEqual(fieldsWanted(frame(0, ...forms)), fields));
}

const cycles: readonly [items: readonly string[], last: string | undefined, next: string | null][] = [
  [[], undefined, null],
  [[], "a", null],
  [["a", "b"], undefined, "a"],
  [["a", "b"], "a", "b"],
  [["a", "b"], "b", "a"],
  [["a", "b"], "gone", "a"],
  [["a"], "a", "a"],
];
for (const [items, last, next] of cycles) {
  test(`of [${items.join(", ")}] after ${last ?? "nothing"} comes ${next ?? "nothing"}`, () => {
    assert.equal(chooseItem(items.map(item), last)?.id ?? null, next);
  });
}

test("a new password goes where the focus is, else into the first frame that asks for one", () => {
  const asking = (frameId: number, focused: boolean): PageDocument => ({
    ...frame(frameId, form("login")),
    newForm: {
      kind: "signup",
      current: false,
      focused,
      rules: { passwordRules: "", pattern: "", minLength: 0 },
    },
  });
  const [login, first, second] = [frame(0, form("login")), asking(1, false), asking(2, true)];
  assert.equal(chooseNewForm([login, first, second]), second);
  assert.equal(chooseNewForm([login, first]), first);
  assert.equal(chooseNewForm([login, first, second], 1), first);
  assert.equal(chooseNewForm([login]), null);
});

const withCode = (id: string): MatchedItem => ({ ...item(id), hasCode: true });
const codes: readonly [
  name: string,
  items: readonly MatchedItem[],
  account: string | undefined,
  last: string | undefined,
  chosen: string | null,
][] = [
  ["the account's", [withCode("a"), withCode("b")], "b", undefined, "b"],
  ["the best match that has one", [item("a"), withCode("b"), withCode("c")], undefined, undefined, "b"],
  ["none, if the account has none: another's would be wrong", [item("a"), withCode("b")], "a", undefined, null],
  ["the best match's, if the account is of another site", [withCode("a")], "elsewhere", undefined, "a"],
  ["the next one's when asked again", [withCode("a"), item("b"), withCode("c")], undefined, "a", "c"],
  ["still the account's when asked again", [withCode("a"), withCode("c")], "a", "a", "a"],
  ["the first one's after the last", [withCode("a"), withCode("c")], undefined, "c", "a"],
  ["none, if nobody has one", [item("a"), item("b")], undefined, undefined, null],
  ["none, if nothing matches", [], "a", undefined, null],
];
for (const [name, items, account, last, chosen] of codes) {
  test(`the code that is filled is ${name}`, () => {
    assert.equal(chooseItemForCode(items, account, last)?.id ?? null, chosen);
  });
}

test("a form for a code offers the account first, then those with a code", () => {
  const ids = orderForCode([item("a"), withCode("b"), withCode("c"), item("d")], "d").map(({ id }) => id);
  assert.deepEqual(ids, ["d", "b", "c", "a"]);
});

const named = (id: string, username: string): MatchedItem => ({ ...item(id), username });
const users: readonly [
  name: string,
  items: readonly MatchedItem[],
  typed: string,
  account: string | undefined,
  found: string | undefined,
][] = [
  ["the one of that name", [named("a", "Anna"), named("b", "berta")], " anna ", undefined, "a"],
  ["none of another name", [named("a", "anna")], "carla", undefined, undefined],
  ["none of several", [named("a", "anna"), named("b", "anna")], "anna", undefined, undefined],
  ["of several the one that was filled", [named("a", "anna"), named("b", "anna")], "anna", "b", "b"],
  ["not the one that was filled, if it has another name", [named("a", "anna"), named("b", "berta")], "anna", "b", "a"],
  ["none without a name", [named("a", "")], "", "a", undefined],
];
for (const [name, items, typed, account, found] of users) {
  test(`who signs in is ${name}`, () => assert.equal(itemOfUser(items, typed, account), found));
}
