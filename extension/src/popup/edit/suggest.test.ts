import assert from "node:assert/strict";
import { test } from "node:test";
import { suggestionsFor } from "./suggest.ts";

const all = ["Finance", "Office", "Office/Berlin", "Post office"];

const cases: readonly [name: string, typed: string, taken: readonly string[], found: readonly string[]][] = [
  ["nothing is typed", "", [], all],
  ["a beginning comes first", "off", [], ["Office", "Office/Berlin", "Post office"]],
  ["what stands there already is left out", "", ["Office"], ["Finance", "Office/Berlin", "Post office"]],
  ["what is typed in full is left out", "OFFICE", [], ["Office/Berlin", "Post office"]],
  ["nothing contains it", "zzz", [], []],
];
for (const [name, typed, taken, found] of cases) {
  test(`suggestions: ${name}`, () => assert.deepEqual(suggestionsFor(all, typed, taken), found));
}

test("no more suggestions than can be read at a glance", () => {
  assert.equal(suggestionsFor([...Array(20).keys()].map(String), "", []).length, 6);
});
