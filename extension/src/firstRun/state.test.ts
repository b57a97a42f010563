import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageState } from "../shared/pageMessages.ts";
import type { Status } from "../shared/protocol.ts";
import { reduce, start, ticksOf, wayOf, waysOf } from "./state.ts";
import type { Change, State } from "./state.ts";

const known = (state: Status["state"]): PageState => ({
  problem: null,
  status: { state, lockAfterMinutes: 10, version: "0.1.0" },
  choices: null,
});
const away: PageState = { problem: "notInstalled", status: null, choices: null };
const after = (...changes: readonly Change[]): State => changes.reduce(reduce, start);
const opened = (state: Status["state"]): Change => ({ type: "opened", known: known(state) });

const ticks: readonly [name: string, changes: readonly Change[], ticks: readonly string[]][] = [
  ["nothing known", [], ["waiting", "later", "later"]],
  ["no host", [{ type: "opened", known: away }], ["now", "later", "later"]],
  ["no vault", [opened("noVault")], ["done", "now", "later"]],
  ["a locked vault", [opened("locked")], ["done", "now", "later"]],
  ["an open vault", [opened("unlocked")], ["done", "done", "now"]],
  [
    "an open vault and another one wanted",
    [opened("unlocked"), { type: "chose", way: "file" }],
    ["done", "now", "later"],
  ],
  [
    "another one opened",
    [opened("unlocked"), { type: "chose", way: "file" }, { type: "unlocked" }],
    ["done", "done", "now"],
  ],
  ["the sample filled", [opened("unlocked"), { type: "filled" }], ["done", "done", "done"]],
  ["the sample filled, then locked", [opened("locked"), { type: "filled" }], ["done", "now", "done"]],
];
for (const [name, changes, expected] of ticks) {
  test(`the ticks with ${name} are ${expected.join(", ")}`, () => {
    const { program, vault, sample } = ticksOf(after(...changes));
    assert.deepEqual([program, vault, sample], expected);
  });
}

test("without a vault one is made unless the person has a file", () => {
  assert.equal(wayOf(after(opened("noVault"))), "make");
  assert.equal(wayOf(after(opened("noVault"), { type: "chose", way: "file" })), "file");
  assert.deepEqual(waysOf(after(opened("noVault"))), ["make", "file"]);
});

test("a vault that is there is unlocked unless the person has another file", () => {
  assert.equal(wayOf(after(opened("locked"))), "unlock");
  assert.deepEqual(waysOf(after(opened("locked"))), ["unlock", "file"]);
});

test("choosing another way forgets the failure of the one before", () => {
  const state = after(
    opened("locked"),
    { type: "failed", failure: { kind: "wrongKey" } },
    { type: "chose", way: "file" },
  );
  assert.equal(state.failure, null);
});
