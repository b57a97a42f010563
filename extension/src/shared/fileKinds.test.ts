import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldOf } from "./fileKinds.ts";

const fields: readonly [kind: string, field: string][] = [
  ["vaultMissing", "path"],
  ["vaultUnsupported", "path"],
  ["vaultDamaged", "path"],
  ["wrongKey", "passphrase"],
  ["rateLimited", "passphrase"],
];
for (const [kind, field] of fields) {
  test(`${kind} is said at the ${field}`, () => assert.equal(fieldOf({ kind }), field));
}

test("a file that is open already is said at the path", () => {
  assert.equal(fieldOf({ kind: "refused", reason: "same" }), "path");
});
