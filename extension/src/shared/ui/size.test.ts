import assert from "node:assert/strict";
import { test } from "node:test";
import { sizeOf } from "./size.ts";

const sizes: readonly [bytes: number, words: string][] = [
  [1, "1 byte"],
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1234, "1.2 kB"],
  [45_678, "46 kB"],
  [16_777_216, "17 MB"],
];
for (const [bytes, words] of sizes) test(`${bytes} bytes are ${words}`, () => assert.equal(sizeOf(bytes, "en"), words));
