import assert from "node:assert/strict";
import { test } from "node:test";
import { ParseError } from "./parse.ts";
import { parseFrame, replies } from "./protocol.ts";

const id = "AAAAAAAAAAAAAAAAAAAAAA";
const item = { id, kind: "login", title: "CRM", username: "anna", tags: [], hasPassword: true, hasCode: false };
const further = "BBBBBBBBBBBBBBBBBBBBBB";
const vault = {
  vault: further,
  name: "Office",
  path: "/home/anna/office.kdbx",
  colour: "teal",
  own: false,
  state: "open",
  items: 3,
  takesNew: false,
};
const status = { state: "unlocked", vaultName: "a.kdbx", items: 3, lockAfterMinutes: 10, version: "0.1.0" };

const frames: readonly [name: string, frame: unknown, is: unknown][] = [
  ["a reply", { id: 7, ok: { anything: 1 } }, { is: "ok", id: 7, ok: { anything: 1 } }],
  [
    "a refusal",
    { id: 7, error: { kind: "refused", message: "no", reason: "noMatch" } },
    { is: "error", id: 7, error: { kind: "refused", message: "no", reason: "noMatch" } },
  ],
  ["the locked event", { event: "locked", reason: "idle" }, { is: "event", event: "locked" }],
  ["another event", { event: "changed" }, { is: "event", event: "changed" }],
];
for (const [name, frame, is] of frames) {
  test(`${name} is read as a frame`, () => assert.deepEqual(parseFrame(frame), is));
}

const badFrames: readonly [name: string, frame: unknown][] = [
  ["nothing", undefined],
  ["a list", []],
  ["an empty object", {}],
  ["an id that is text", { id: "7", ok: {} }],
  ["an id that is no whole number", { id: 1.5, ok: {} }],
  ["an unknown member", { id: 7, ok: {}, more: 1 }],
  ["reply and refusal at once", { id: 7, ok: {}, error: { kind: "locked", message: "" } }],
  ["an unknown kind", { id: 7, error: { kind: "nonsense", message: "" } }],
  ["an unknown reason", { id: 7, error: { kind: "refused", message: "", reason: "nonsense" } }],
  ["an unknown event", { event: "nonsense" }],
  ["a locked event without its reason", { event: "locked" }],
  ["an event with a member too many", { event: "changed", reason: "idle" }],
];
for (const [name, frame] of badFrames) {
  test(`${name} is no frame`, () => assert.throws(() => parseFrame(frame), ParseError));
}

const goodReplies: readonly [type: keyof typeof replies, ok: object][] = [
  ["status", status],
  ["status", { state: "noVault", lockAfterMinutes: 10, version: "0.1.0" }],
  ["match", { items: [{ ...item, match: "hostname", alwaysFill: false }], more: false, insecure: false, never: false }],
  ["search", { items: [item], total: 1 }],
  ["search", { items: [item], total: 90, after: "60" }],
  ["search", { items: [{ ...item, id: `${further}.${id}`, vault: further }], total: 1 }],
  ["vaults", { vaults: [] }],
  ["vaults", { vaults: [vault, { ...vault, readOnly: true }] }],
  ["addVault", vault],
  ["changeVault", { ...vault, state: "failed", error: { kind: "vaultMissing", message: "it is gone", hint: "look" } }],
  ["removeVault", {}],
  ["fill", { item, username: "anna", password: "x" }],
  ["fill", { item }],
  ["lock", {}],
];
for (const [type, ok] of goodReplies) {
  test(`a reply to ${type} is read: ${JSON.stringify(ok).slice(0, 60)}`, () => {
    assert.deepEqual(replies[type](ok, type), ok);
  });
}

const badReplies: readonly [name: string, type: keyof typeof replies, ok: object][] = [
  ["an item id that is too short", "search", { items: [{ ...item, id: "A" }], total: 1 }],
  ["an item id with an empty vault", "search", { items: [{ ...item, id: `.${id}` }], total: 1 }],
  ["an item id of three parts", "search", { items: [{ ...item, id: `${id}.${id}.${id}` }], total: 1 }],
  ["a vault's id that is too short", "vaults", { vaults: [{ ...vault, vault: "A" }] }],
  ["a vault's colour of its own", "vaults", { vaults: [{ ...vault, colour: "#ff0000" }] }],
  ["a vault in an unknown state", "vaults", { vaults: [{ ...vault, state: "locked" }] }],
  ["a vault whose failure is of an unknown kind", "addVault", { ...vault, error: { kind: "odd", message: "" } }],
  ["a vault with its passphrase in it", "addVault", { ...vault, passphrase: "x" }],
  ["an item of an unknown kind", "search", { items: [{ ...item, kind: "key" }], total: 1 }],
  ["an item with a secret in it", "search", { items: [{ ...item, password: "x" }], total: 1 }],
  ["a missing member", "search", { items: [] }],
  ["null for an absent member", "search", { items: [], total: 0, after: null }],
  ["a negative count", "search", { items: [], total: -1 }],
  ["an unknown state", "status", { ...status, state: "open" }],
  ["a password that is a number", "fill", { item, password: 1 }],
];
for (const [name, type, ok] of badReplies) {
  test(`${name} is no reply to ${type}`, () => assert.throws(() => replies[type](ok, type), ParseError));
}

test("the error of a parser names the place and never the value", () => {
  const secret = "hunter2";
  const error = throwsFrom(() => replies.fill({ item: { ...item, title: 1 }, password: secret }, "fill"));
  assert.equal(error.message, "fill.item.title: expected a string");
});

function throwsFrom(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
