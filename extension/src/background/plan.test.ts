import assert from "node:assert/strict";
import { test } from "node:test";
import type { FormKind, FormSummary } from "../shared/messages.ts";
import type { MatchedItem } from "../shared/protocol.ts";
import type { PageDocument } from "./documents.ts";
import { chooseDocument, chooseItem, chooseNewForm, fieldsWanted } from "./plan.ts";

const form = (kind: FormKind, more: Partial<FormSummary> = {}): FormSummary => ({
  kind,
  username: kind !== "passwordOnly",
  password: kind !== "usernameFirst",
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
});
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
