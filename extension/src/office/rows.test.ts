import assert from "node:assert/strict";
import { test } from "node:test";
import { initialsOf, stopOf } from "./rows.ts";

const names: readonly (readonly [name: string, letters: string])[] = [
  ["Anna Berg", "AB"],
  ["Jonas von der Weiß", "JW"],
  ["Olga", "O"],
  ["şule", "Ş"],
  ["(4f2a9c)", "·"],
  ["", "·"],
];
for (const [name, letters] of names) {
  test(`"${name}" is shown as ${letters}`, () => assert.equal(initialsOf(name), letters));
}

test("Tab reaches the chosen row, or the first if none is", () => {
  assert.deepEqual([stopOf(false, 0, false), stopOf(false, 1, false)], [0, -1]);
  assert.deepEqual([stopOf(false, 0, true), stopOf(true, 1, true)], [-1, 0]);
});
