import assert from "node:assert/strict";
import { test } from "node:test";
import { draftFrom, textOf } from "./draft.ts";
import { newForm } from "./form.ts";
import type { Draft } from "./form.ts";

const form = { ...newForm("card", "Visa", []), password: null, tags: "a, b", vault: "office" };
const draft: Draft = { form, base: { form, modifiedAt: "2026-02-03T04:05:06Z" } };

test("a draft is the same when it is read again", () => {
  assert.deepEqual(draftFrom(textOf(draft)), draft);
  assert.deepEqual(draftFrom(textOf({ form, base: null })), { form, base: null });
});

const nonsense: readonly [name: string, text: string][] = [
  ["nothing", ""],
  ["no JSON", "{"],
  ["another value", "null"],
  ["a draft without a form", JSON.stringify({ base: null })],
  ["a draft with a further member", JSON.stringify({ ...draft, more: 1 })],
  ["a kind that is none", JSON.stringify({ form: { ...form, kind: "passkey" }, base: null })],
  ["a password that is a number", JSON.stringify({ form: { ...form, password: 1 }, base: null })],
];
for (const [name, text] of nonsense) test(`${name} is no draft`, () => assert.equal(draftFrom(text), null));
