import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, edgesOf, extend, start, stepOf, wholeColumn } from "./selection.ts";

const size = { rows: 10, columns: 4 };

test("a rectangle is drawn from where it began, whichever way", () => {
  const selection = extend(choose({ row: 5, column: 3 }, size), { row: 2, column: 1 }, size);
  assert.deepEqual(edgesOf(selection, size), { top: 2, bottom: 5, left: 1, right: 3 });
  assert.deepEqual(edgesOf(extend(selection, { row: 99, column: -5 }, size), size), {
    top: 5,
    bottom: 9,
    left: 0,
    right: 3,
  });
});

test("heads take the focus and choose no cell", () => {
  assert.equal(edgesOf(choose({ row: -1, column: 2 }, size), size), null);
  assert.equal(edgesOf(choose({ row: 3, column: -1 }, size), size), null);
  assert.equal(edgesOf(start, { rows: 0, columns: 4 }), null);
});

test("a whole column is chosen", () => {
  assert.deepEqual(edgesOf(wholeColumn(choose({ row: 3, column: 2 }, size), size), size), {
    top: 0,
    bottom: 9,
    left: 2,
    right: 2,
  });
});

for (const [key, control, row, column] of [
  ["ArrowDown", false, 4, 2],
  ["ArrowUp", false, 2, 2],
  ["ArrowLeft", false, 3, 1],
  ["ArrowRight", false, 3, 3],
  ["PageDown", false, 8, 2],
  ["PageUp", false, 0, 2],
  ["Home", false, 3, 0],
  ["End", true, 9, 3],
] as const) {
  test(`${key} leads to ${row}, ${column}`, () => {
    assert.deepEqual(stepOf(key, control, { row: 3, column: 2 }, size, 5), { row, column });
  });
}

test("another key leads nowhere", () => assert.equal(stepOf("x", false, { row: 0, column: 0 }, size, 5), null));
