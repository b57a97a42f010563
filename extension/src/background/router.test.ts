import assert from "node:assert/strict";
import { test } from "node:test";
import { HostProblem, HostRefusal } from "./problem.ts";
import { isKnownMessage, route } from "./router.ts";
import type { Handlers } from "./router.ts";

const handlersWith = (lock: () => Promise<null>) => ({ lock }) as unknown as Handlers;

test("a handler's result is the reply", async () => {
  const reply = await route(
    handlersWith(async () => null),
    { type: "lock" },
  );
  assert.deepEqual(reply, { ok: null });
});

test("a refusal of the host is told with its kind, reason and what only the host knows", async () => {
  const refuse = async () => {
    throw new HostRefusal({
      kind: "refused",
      message: "for the log",
      hint: "for the terminal",
      reason: "frame",
      file: "f",
      seconds: 9,
    });
  };
  const reply = await route(handlersWith(refuse), { type: "lock" });
  assert.deepEqual(reply, { failure: { kind: "refused", reason: "frame", file: "f", seconds: 9 } });
});

test("an absent host is told as its problem", async () => {
  const fail = async () => {
    throw new HostProblem("notInstalled");
  };
  assert.deepEqual(await route(handlersWith(fail), { type: "lock" }), { failure: { problem: "notInstalled" } });
});

test("a bug is not hidden", async () => {
  const crash = async () => {
    throw new TypeError("ours");
  };
  await assert.rejects(route(handlersWith(crash), { type: "lock" }), TypeError);
});

const strangers: readonly unknown[] = [
  null,
  undefined,
  {},
  { type: 1 },
  { type: "toString" },
  { type: "holdClipboard" },
];
for (const message of strangers) {
  test(`${JSON.stringify(message)} is no message of ours`, () => {
    assert.equal(
      isKnownMessage(
        handlersWith(async () => null),
        message,
      ),
      false,
    );
  });
}
