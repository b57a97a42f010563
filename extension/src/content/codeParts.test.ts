import assert from "node:assert/strict";
import { test } from "node:test";
import { partsOf } from "./codeParts.ts";

const boxes = (count: number, maxLength: number) => Array.from({ length: count }, () => ({ maxLength }));

const cases: readonly [
  name: string,
  fields: readonly { readonly maxLength: number }[],
  code: string,
  parts: readonly string[] | null,
][] = [
  ["one field without a limit", boxes(1, -1), "123456", ["123456"]],
  ["one field of just that length", boxes(1, 6), "123456", ["123456"]],
  ["one field that is too short", boxes(1, 5), "123456", null],
  ["six boxes", boxes(6, 1), "123456", ["1", "2", "3", "4", "5", "6"]],
  ["six boxes that say nothing of their length", boxes(6, -1), "123456", ["1", "2", "3", "4", "5", "6"]],
  ["six boxes of which the first takes what is pasted", [{ maxLength: 6 }, ...boxes(5, 1)], "123456", [..."123456"]],
  ["eight boxes", boxes(8, 1), "12345678", [..."12345678"]],
  ["two halves", boxes(2, 3), "123456", ["123", "456"]],
  ["five letters", boxes(5, 1), "2BCDF", [..."2BCDF"]],
  ["eight boxes for a code of six", boxes(8, 1), "123456", null],
  ["six boxes for a code of eight", boxes(6, 1), "12345678", null],
  ["two fields that say nothing", boxes(2, -1), "123456", null],
  ["a box for nothing", [...boxes(5, 1), { maxLength: 0 }, { maxLength: 1 }], "123456", null],
  ["no field", [], "123456", null],
];
for (const [name, fields, code, parts] of cases) {
  test(`${name}: ${parts === null ? "it does not fit" : parts.join(" ")}`, () => {
    assert.deepEqual(partsOf(fields, code)?.map(({ value }) => value) ?? null, parts);
  });
}
