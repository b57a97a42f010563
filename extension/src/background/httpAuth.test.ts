import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import type { AuthAnswer, AuthQuestion } from "../shared/browser.ts";
import { HttpAuth } from "./httpAuth.ts";
import type { HttpAuthParts } from "./httpAuth.ts";
import { HostProblem, HostRefusal } from "./problem.ts";

const item = { id: "one", title: "Router" };
const question: AuthQuestion = {
  requestId: "7",
  tabId: 3,
  type: "main_frame",
  url: "https://router.test/status",
  isProxy: false,
  scheme: "Basic",
};
const found = { items: [item], insecure: false, never: false };

function authWith(answer: () => unknown, { paused = false, opens = true } = {}): HttpAuth {
  const host = {
    unlocked: true,
    request: async (type: string) => (type === "fill" ? { item, username: "anna", password: "p" } : await answer()),
  } as unknown as HttpAuthParts["host"];
  const auth = new HttpAuth({ host, pause: { on: Promise.resolve(paused) }, openPopup: () => Promise.resolve(opens) });
  open.push(auth);
  return auth;
}

/** What becomes of a question at once: its answer, or that it waits for the person. */
async function soon(auth: HttpAuth, asked: Promise<AuthAnswer>, tabId = question.tabId): Promise<AuthAnswer | "waits"> {
  let answer: AuthAnswer | null = null;
  void asked.then((given) => (answer = given));
  do await new Promise((resolve) => setImmediate(resolve));
  while (answer === null && !auth.isAsking(tabId));
  return answer ?? "waits";
}

/** Ends what a failed test left waiting: its timer would hold up all others. */
const open: HttpAuth[] = [];
afterEach(() => {
  for (const auth of open.splice(0)) auth.leaveAll();
});

const ownDialogs: readonly [string, Partial<AuthQuestion>, () => unknown, Parameters<typeof authWith>[1]?][] = [
  ["of a proxy", { isProxy: true }, () => found],
  ["of a picture", { type: "image" }, () => found],
  ["of a frame", { type: "sub_frame" }, () => found],
  ["outside of any tab", { tabId: -1 }, () => found],
  ["of another kind", { scheme: "negotiate" }, () => found],
  ["of a page without an item", {}, () => ({ ...found, items: [] })],
  ["of a site that is never filled", {}, () => ({ ...found, never: true })],
  ["while Latchkey is paused", {}, () => found, { paused: true }],
  ["without a program", {}, () => Promise.reject(new HostProblem("notInstalled"))],
  ["where there is no vault", {}, () => Promise.reject(new HostRefusal({ kind: "noVault", message: "" }))],
  ["where the browser opens no popup", {}, () => found, { opens: false }],
];
for (const [what, change, answer, options] of ownDialogs) {
  test(`a question ${what} is the browser's own`, async () => {
    const auth = authWith(answer, options);
    const asked = { ...question, ...change };
    assert.deepEqual(await soon(auth, auth.ask(asked), asked.tabId), {});
    assert.equal(auth.isAsking(asked.tabId), false);
  });
}

test("a program that does not answer leaves the question to the browser within a second", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const asked = authWith(() => new Promise(() => {})).ask(question);
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(999);
    assert.deepEqual(await asked, {});
  } finally {
    mock.timers.reset();
  }
});

test("what the person chooses is given, and asked again it was wrong", async () => {
  const auth = authWith(() => found);
  const asked = auth.ask(question);
  assert.equal(await soon(auth, asked), "waits");
  assert.equal((await auth.pageContext(question.tabId))?.host, "router.test");
  assert.deepEqual(await auth.fill(question.tabId, "one", []), {
    kind: "filled",
    item: "one",
    title: "Router",
    host: "router.test",
  });
  assert.deepEqual(await asked, { authCredentials: { username: "anna", password: "p" } });
  assert.deepEqual(await soon(auth, auth.ask(question)), {});
});

test("a locked vault is asked about in the popup", async () => {
  const auth = authWith(() => Promise.reject(new HostRefusal({ kind: "locked", message: "" })));
  const asked = auth.ask(question);
  assert.equal(await soon(auth, asked), "waits");
  auth.leave(question.tabId);
  assert.deepEqual(await asked, {});
});

test("a popup that is closed leaves the question to the browser", async () => {
  const auth = authWith(() => found);
  const asked = auth.ask(question);
  assert.equal(await soon(auth, asked), "waits");
  auth.leaveAll();
  assert.deepEqual(await soon(auth, asked), {});
  assert.equal(auth.isAsking(question.tabId), false);
});

test("a second question of the same tab takes the place of the first", async () => {
  const auth = authWith(() => found);
  const first = auth.ask(question);
  assert.equal(await soon(auth, first), "waits");
  const second = auth.ask({ ...question, requestId: "8" });
  assert.equal(await soon(auth, second), "waits");
  assert.deepEqual(await soon(auth, first), {});
  auth.leave(question.tabId);
  assert.deepEqual(await second, {});
});
