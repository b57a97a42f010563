import assert from "node:assert/strict";
import { test } from "node:test";
import { strengthOf } from "./strength.ts";

const cases: readonly [passphrase: string, strength: string][] = [
  ["", "empty"],
  ["a", "weak"],
  ["password", "weak"],
  ["12345678901234567890", "weak"],
  ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "weak"],
  ["abcdefghijklmnopqrstuvwxyz", "weak"],
  ["amamamamamamamamamamamamamamamamam", "weak"],
  ["Summer2024!", "weak"],
  ["harbour tide moss kettle", "fair"],
  ["harbour tide moss kettle lantern", "strong"],
  ["vN4#kdR9-tqLm72&WsYx", "strong"],
];
for (const [passphrase, strength] of cases) {
  test(`"${passphrase}" is ${strength}`, () => assert.equal(strengthOf(passphrase), strength));
}
