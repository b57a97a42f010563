import assert from "node:assert/strict";
import { test } from "node:test";
import { parseContentMessage, parseFillResult } from "./messages.ts";
import { ParseError } from "./parse.ts";

const form = { kind: "login", username: true, password: true, code: false, focused: false };

test("an announcement is read", () => {
  const message = { type: "forms", document: "t", forms: [form], load: true };
  assert.deepEqual(parseContentMessage(message), message);
});

test("the word of what was filled is read", () => {
  const message = { type: "filled", document: "t", result: { filled: [], refused: "hidden" } };
  assert.deepEqual(parseContentMessage(message), message);
});

const nonsense: readonly [name: string, message: unknown][] = [
  ["nothing", null],
  ["a request of the popup", { type: "unlock", passphrase: "x" }],
  ["an origin that the page claims", { type: "forms", document: "t", forms: [], load: true, origin: "https://bank" }],
  ["a kind that is never filled", { type: "forms", document: "t", forms: [{ ...form, kind: "signup" }], load: false }],
  ["thousands of forms", { type: "forms", document: "t", forms: Array(51).fill(form), load: false }],
  ["a load that is no yes or no", { type: "forms", document: "t", forms: [], load: 1 }],
];
for (const [name, message] of nonsense) {
  test(`${name} is no message of a content script`, () => {
    assert.throws(() => parseContentMessage(message), ParseError);
  });
}

test("a result that names an unknown field is refused", () => {
  assert.throws(() => parseFillResult({ filled: ["card"] }), ParseError);
});
