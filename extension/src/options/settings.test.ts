import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesWith, durationOf, settings } from "./settings.ts";

const listed = {
  name: "clipboardSeconds",
  section: "lock",
  control: "list",
  choices: [10, 30, 60],
  initial: 30,
} as const;

const present: readonly [value: number, choices: readonly number[]][] = [
  [30, [10, 30, 60]],
  [5, [5, 10, 30, 60]],
  [45, [10, 30, 45, 60]],
  [90, [10, 30, 60, 90]],
];
for (const [value, choices] of present) {
  test(`${value} is offered in its place`, () => assert.deepEqual(choicesWith(listed, value), choices));
}

const durations: readonly [value: number, unit: "second" | "minute" | "hour", said: string][] = [
  [10, "second", "10 second"],
  [60, "second", "1 minute"],
  [90, "second", "90 second"],
  [600, "second", "10 minute"],
  [7200, "second", "2 hour"],
  [60, "minute", "1 hour"],
  [90, "minute", "90 minute"],
  [24, "hour", "24 hour"],
  [60, "hour", "60 hour"],
];
for (const [value, unit, said] of durations) {
  test(`${value} of the unit ${unit} is ${said}`, () => {
    const duration = durationOf(value, unit);
    assert.equal(`${duration.value} ${duration.unit}`, said);
  });
}

for (const { name, choices, initial } of settings) {
  test(`${name} offers what it is at first`, () => assert.ok(choices.includes(initial)));
}
