import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "./iconPlace.ts";
import type { Surroundings } from "./iconPlace.ts";

const plain: Surroundings = {
  field: { left: 100, right: 300, top: 50, bottom: 80 },
  textEnd: 120,
  mirrored: false,
  window: { width: 800, height: 600 },
  isField: () => true,
  isEmpty: () => true,
};
const inside = { left: 273, top: 54, side: 22 };
const behind = { left: 305, top: 54, side: 22 };

const places: readonly [string, Partial<Surroundings>, ReturnType<typeof placeOf>][] = [
  ["at the end of an empty field", {}, inside],
  ["up to the text", { textEnd: 268 }, inside],
  ["behind a field whose text reaches there", { textEnd: 269 }, behind],
  ["before the page's own button", { isField: (x) => x < 270 }, { ...inside, left: 246 }],
  ["behind a field that the page covers", { isField: () => false }, behind],
  ["behind boxes", { textEnd: null }, behind],
  ["before a button that begins within it", { isField: (x) => x < 294 }, { ...inside, left: 246 }],
  ["nowhere, if the page has a button behind as well", { isField: () => false, isEmpty: () => false }, null],
  ["nowhere, if the window ends there", { isField: () => false, window: { width: 320, height: 600 } }, null],
  ["nowhere at a field that is scrolled away", { window: { width: 800, height: 60 } }, null],
  ["nowhere in a field that is too low", { field: { left: 100, right: 300, top: 50, bottom: 67 } }, null],
  ["small in a low field", { field: { left: 100, right: 300, top: 50, bottom: 70 } }, { left: 279, top: 52, side: 16 }],
  [
    "behind a box of a single digit",
    { field: { left: 100, right: 130, top: 50, bottom: 90 } },
    { left: 135, top: 59, side: 22 },
  ],
  ["on the left where text runs to the left", { mirrored: true, textEnd: 280 }, { left: 105, top: 54, side: 22 }],
  [
    "before the field where the text reaches the left",
    { mirrored: true, textEnd: 131 },
    { left: 73, top: 54, side: 22 },
  ],
];
for (const [where, change, place] of places) {
  test(`the icon stands ${where}`, () => {
    assert.deepEqual(placeOf({ ...plain, ...change }), place);
  });
}
