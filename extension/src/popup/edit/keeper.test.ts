import assert from "node:assert/strict";
import { test } from "node:test";
import { DraftKeeper } from "./keeper.ts";

test("the first draft is sent at once, and of those that wait the last", async () => {
  const sent: string[] = [];
  let answer = (): void => {};
  const keeper = new DraftKeeper<string>((draft) => {
    sent.push(draft);
    return new Promise<void>((resolve) => {
      answer = resolve;
    });
  });
  const done = keeper.keep("a");
  void keeper.keep("ab");
  void keeper.keep("abc");
  assert.deepEqual(sent, ["a"]);
  answer();
  await Promise.resolve();
  assert.deepEqual(sent, ["a", "abc"]);
  answer();
  await done;
  void keeper.keep("abcd");
  assert.deepEqual(sent, ["a", "abc", "abcd"]);
});
