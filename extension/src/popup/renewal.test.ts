import assert from "node:assert/strict";
import { test } from "node:test";
import { Renewal } from "./renewal.ts";

/** A popup that shows the answers it got, and a background that answers when it is told to. */
function world() {
  const shown: string[] = [];
  const waiting: ((answer: string) => void)[] = [];
  const renewal = new Renewal<string>(
    () => new Promise((resolve) => waiting.push(resolve)),
    async (answer, isNews) => void shown.push(isNews ? `${answer}, as news` : answer),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const answer = async (which: number, words: string) => {
    waiting[which]?.(words);
    await settle();
  };
  return { renewal, shown, answer, settle, asked: () => waiting.length };
}

test("what changes is asked for and shown as news", async () => {
  const { renewal, shown, answer } = world();
  renewal.changed();
  await answer(0, "a");
  assert.deepEqual(shown, ["a, as news"]);
});

test("what changes while the person waits for something is shown after it", async () => {
  const { renewal, shown, answer, settle, asked } = world();
  let done = () => {};
  const work = renewal.during(() => new Promise<void>((resolve) => (done = resolve)));
  renewal.changed();
  renewal.changed();
  await settle();
  assert.equal(asked(), 0);
  done();
  await work;
  assert.equal(asked(), 1);
  await answer(0, "a");
  assert.deepEqual(shown, ["a, as news"]);
});

test("what changes while the person's request fails is shown too", async () => {
  const { renewal, shown, answer } = world();
  const failing = renewal.during(async () => {
    renewal.changed();
    throw new Error("no");
  });
  await assert.rejects(failing, /no/);
  await answer(0, "a");
  assert.deepEqual(shown, ["a, as news"]);
});

test("of two requests at once the last one's end counts", async () => {
  const { renewal, asked } = world();
  let done = () => {};
  const first = renewal.during(() => new Promise<void>((resolve) => (done = resolve)));
  await renewal.during(async () => renewal.changed());
  assert.equal(asked(), 0);
  done();
  await first;
  assert.equal(asked(), 1);
});

test("a request that shows the state itself is not asked twice", async () => {
  const { renewal, shown, answer, asked } = world();
  const work = renewal.during(async () => {
    renewal.changed();
    await renewal.now();
  });
  await answer(0, "a");
  await work;
  assert.equal(asked(), 1);
  assert.deepEqual(shown, ["a"]);
});

test("an answer that comes after a newer one is not shown", async () => {
  const { renewal, shown, answer } = world();
  const first = renewal.now();
  const second = renewal.now();
  await answer(1, "new");
  await answer(0, "old");
  await Promise.all([first, second]);
  assert.deepEqual(shown, ["new"]);
});

test("an answer is shown while a newer one is awaited", async () => {
  const { renewal, shown, answer } = world();
  const first = renewal.now();
  const second = renewal.now();
  await answer(0, "old");
  await first;
  await answer(1, "new");
  await second;
  assert.deepEqual(shown, ["old", "new"]);
});
