import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { SeenDocument } from "../shared/contentMessages.ts";
import type { SignInParts } from "./signIns.ts";

const tabId = 7;
const origin = "https://shop.example";
const kept = new Map<string, unknown>();
Object.assign(globalThis, {
  chrome: {
    i18n: { getMessage: (name: string) => name },
    runtime: { getURL: (path: string) => path },
    notifications: { create: () => Promise.resolve(), clear: () => Promise.resolve() },
    tabs: { get: () => Promise.resolve({ active: true, status: "complete", url: `${origin}/welcome` }) },
    storage: {
      session: {
        get: (name: string) => Promise.resolve({ [name]: kept.get(name) }),
        set: (values: object) => {
          for (const [name, value] of Object.entries(values)) kept.set(name, value);
          return Promise.resolve();
        },
        remove: (names: readonly string[]) => {
          for (const name of names) kept.delete(name);
          return Promise.resolve();
        },
      },
    },
  },
});
const { SignIns } = await import("./signIns.ts");

/** Looks at a sign-up that was sent, in a page that answers so; null: not at all. Returns whether it is offered, and how often the page was asked. */
async function lookAt(answers: readonly (readonly SeenDocument[] | null)[]): Promise<readonly [boolean, number]> {
  const now = Date.now();
  kept.clear();
  kept.set(`sign:${tabId}`, { state: "sent", form: "signup", origin, at: now, until: now + 300_000 });
  let asked = 0;
  const parts = {
    host: { unlocked: true, request: () => Promise.resolve({ offer: { kind: "new", origin } }) },
    documents: { describe: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)]) },
    openPopup: () => Promise.resolve(true),
    show: () => Promise.resolve(),
  };
  const signIns = new SignIns(parts as unknown as SignInParts);
  mock.timers.enable({ apis: ["setTimeout"] });
  let isDone = false;
  const looked = signIns.look(tabId).then(() => (isDone = true));
  for (; !isDone; mock.timers.tick(1000)) await turn();
  await looked;
  mock.timers.reset();
  return [(kept.get(`sign:${tabId}`) as { readonly offered?: true }).offered === true, asked];
}

const welcome: readonly SeenDocument[] = [{ origin, forms: [] }];

test("a sign-up is offered when its page rests without the form", async () => {
  assert.deepEqual(await lookAt([welcome]), [true, 2]);
});

for (const [when, answers, asked] of [
  ["at first", [null, null, welcome], 4],
  ["when it had rested", [welcome, null, welcome], 3],
] as const) {
  test(`a page that does not answer ${when} is asked again`, async () => {
    assert.deepEqual(await lookAt(answers), [true, asked]);
  });
}

test("a page that never answers is given up", async () => {
  assert.deepEqual(await lookAt([null]), [false, 6]);
});
