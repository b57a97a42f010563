import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ClipboardKeeper, holdOf, isHeld } from "./clipboard.ts";

/** A clipboard in memory. */
function clipboardWith(text: string) {
  const state = { text };
  return {
    state,
    access: {
      read: async () => state.text,
      clear: async () => {
        state.text = "";
      },
    },
  };
}

test("a hold knows its secret and does not contain it", async () => {
  const hold = await holdOf("Tide7", 0);
  assert.equal(await isHeld(hold, "Tide7"), true);
  assert.equal(await isHeld(hold, "Tide8"), false);
  assert.equal(JSON.stringify(hold).includes("Tide7"), false);
});

test("two holds of one secret differ", async () => {
  assert.notEqual((await holdOf("Tide7", 0)).digest, (await holdOf("Tide7", 0)).digest);
});

test("a secret that is still there is cleared", async () => {
  const { state, access } = clipboardWith("Tide7");
  const keeper = new ClipboardKeeper(access);
  keeper.hold(await holdOf("Tide7", Date.now() + 60_000));
  await keeper.clear();
  assert.equal(state.text, "");
});

test("something else that was copied since stays", async () => {
  const { state, access } = clipboardWith("a shopping list");
  const keeper = new ClipboardKeeper(access);
  keeper.hold(await holdOf("Tide7", Date.now() + 60_000));
  await keeper.clear();
  assert.equal(state.text, "a shopping list");
});

test("it is told when nothing is watched any more, whatever stood on the clipboard", async () => {
  for (const text of ["Tide7", "a shopping list"]) {
    let done = 0;
    const keeper = new ClipboardKeeper({ ...clipboardWith(text).access, done: () => done++ });
    keeper.hold(await holdOf("Tide7", Date.now() + 60_000));
    await keeper.clear();
    await keeper.clear();
    assert.equal(done, 1);
  }
});

test("a clipboard that nobody asked to hold is left alone", async () => {
  const { state, access } = clipboardWith("Tide7");
  await new ClipboardKeeper(access).clear();
  assert.equal(state.text, "Tide7");
});

test("the clearing waits for the hold's time", async () => {
  const hold = await holdOf("Tide7", 30_000);
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  try {
    let reads = 0;
    const { promise: cleared, resolve: clear } = deferred();
    new ClipboardKeeper({
      read: async () => {
        reads++;
        return "Tide7";
      },
      clear: async () => clear(),
    }).hold(hold);
    mock.timers.tick(29_999);
    assert.equal(reads, 0);
    mock.timers.tick(1);
    assert.equal(reads, 1);
    await cleared;
  } finally {
    mock.timers.reset();
  }
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
