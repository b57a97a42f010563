import assert from "node:assert/strict";
import { test } from "node:test";
import { listedFields } from "./fields.ts";

const clear = (name: string, value = "x") => ({ name, protected: false, value });
const secret = (name: string) => ({ name, protected: true });
const fields = [
  clear("Customer"),
  clear("KP2A_URL"),
  clear("KP2A_URL_1"),
  clear("Notes"),
  secret("Password"),
  secret("PIN"),
  clear("Title"),
  clear("URL"),
  clear("UserName"),
  secret("otp"),
  clear("TOTP Settings"),
  secret("TimeOtp-Secret-Base32"),
];
const names = (listed: readonly { readonly name: string }[]) => listed.map(({ name }) => name);

test("title, URLs and the seed of a code are not listed again; notes come before the person's own fields", () => {
  const listed = listedFields(fields, true);
  assert.deepEqual(names(listed.first), ["UserName", "Password"]);
  assert.deepEqual(names(listed.last), ["Notes", "Customer", "PIN"]);
});

test("a seed from which no code can be made is listed", () => {
  assert.deepEqual(names(listedFields(fields, false).last).slice(3), ["otp", "TOTP Settings", "TimeOtp-Secret-Base32"]);
});

test("a field without a value is not listed, a secret one is", () => {
  const listed = listedFields([clear("UserName", ""), clear("Notes", ""), secret("Password")], false);
  assert.deepEqual([names(listed.first), names(listed.last)], [["Password"], []]);
});
