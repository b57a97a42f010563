import assert from "node:assert/strict";
import { test } from "node:test";
import { parseContentMessage, parseFillResult } from "./contentMessages.ts";
import { ParseError } from "./parse.ts";

const announcement = { type: "forms", document: "t", forms: [], load: true, taught: "[]", outgrown: [] };
const form = { kind: "login", username: true, password: true, code: false, focused: false };

test("an announcement is read", () => {
  const message = { ...announcement, forms: [form], outgrown: ["0123456789abcdef"] };
  assert.deepEqual(parseContentMessage(message), message);
});

test("the word of what was filled is read", () => {
  const message = { type: "filled", document: "t", result: { filled: [], refused: "hidden" } };
  assert.deepEqual(parseContentMessage(message), message);
});

const nonsense: readonly [name: string, message: unknown][] = [
  ["nothing", null],
  ["a request of the popup", { type: "unlock", passphrase: "x" }],
  ["an origin that the page claims", { ...announcement, origin: "https://bank" }],
  ["a kind that is never filled", { ...announcement, forms: [{ ...form, kind: "signup" }] }],
  ["thousands of forms", { ...announcement, forms: Array(51).fill(form) }],
  ["a load that is no yes or no", { ...announcement, load: 1 }],
  [
    "a lesson of the page",
    { ...announcement, taught: [{ role: "password", form: "0123456789abcdef", field: 0, page: "/" }] },
  ],
  ["a fingerprint that is none", { ...announcement, outgrown: ["never.example"] }],
  ["a message of the browser's menu", { type: "teach", document: "t", role: "password" }],
];
for (const [name, message] of nonsense) {
  test(`${name} is no message of a content script`, () => {
    assert.throws(() => parseContentMessage(message), ParseError);
  });
}

test("a result that names an unknown field is refused", () => {
  assert.throws(() => parseFillResult({ filled: ["card"] }), ParseError);
});
