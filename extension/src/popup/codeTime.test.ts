import assert from "node:assert/strict";
import { test } from "node:test";
import { phaseOf, timeOf } from "./codeTime.ts";

const times: readonly [remainingSeconds: number, from: number, until: number][] = [
  [30, 1000, 31_000],
  [2, 1000, 3000],
  [31, 2000, 32_000],
  [32, 3000, 33_000],
];
for (const [remainingSeconds, from, until] of times) {
  test(`a code of which ${remainingSeconds} seconds remain is good from ${from} until ${until}`, () => {
    assert.deepEqual(timeOf({ periodSeconds: 30, remainingSeconds }, 1000), { from, until });
  });
}

const phases: readonly [now: number, is: string, seconds: number][] = [
  [0, "soon", 2],
  [1001, "soon", 1],
  [1999, "soon", 1],
  [2000, "good", 30],
  [31_999, "good", 1],
  [32_000, "over", 0],
];
for (const [now, is, seconds] of phases) {
  test(`at ${now} the code is ${is}, ${seconds} s`, () => {
    assert.deepEqual(phaseOf({ from: 2000, until: 32_000 }, now), { is, seconds });
  });
}
