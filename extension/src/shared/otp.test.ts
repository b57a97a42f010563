import assert from "node:assert/strict";
import { test } from "node:test";
import type { Read } from "../qr/index.ts";
import { keyIn } from "./otp.ts";
import type { FoundKey } from "./otp.ts";

const key = "otpauth://totp/x?secret=GEZDGNBV";
const read = (...texts: readonly string[]): Read => ({ is: "read", texts });

const cases: readonly [name: string, read: Read, found: FoundKey][] = [
  ["a key", read(key), { otp: key }],
  ["a key among others", read("https://shop.example", key), { otp: key }],
  ["a key that counts, of which the host says so", read("otpauth://hotp/x"), { otp: "otpauth://hotp/x" }],
  ["several keys on their way to another app", read("otpauth-migration://x"), { otp: "otpauth-migration://x" }],
  ["capitals", read("OTPAUTH://TOTP/X?SECRET=GEZDGNBV"), { otp: "OTPAUTH://TOTP/X?SECRET=GEZDGNBV" }],
  ["two keys", read(key, `${key}A`), { problem: "several" }],
  ["an address", read("https://shop.example"), { problem: "other" }],
  ["a key in an address", read(`https://shop.example/?${key}`), { problem: "other" }],
  ["no QR code", { is: "none" }, { problem: "none" }],
  ["no picture", { is: "notPicture" }, { problem: "notPicture" }],
  ["a picture that is too large", { is: "tooLarge" }, { problem: "tooLarge" }],
];
for (const [name, from, found] of cases)
  test(`of ${name} is read: ${JSON.stringify(found)}`, () => assert.deepEqual(keyIn(from), found));
