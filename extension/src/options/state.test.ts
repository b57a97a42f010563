import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageState } from "../shared/pageMessages.ts";
import type { Settings, Status, Vault } from "../shared/protocol.ts";
import { gateOf } from "../shared/ui/gate.ts";
import { hostnameFrom, isFound, reduce, start, valueOf, waitingForUnlock } from "./state.ts";
import type { Change, State, VaultQuestion } from "./state.ts";

const settings: Settings = {
  lockAfterMinutes: 10,
  lockAfterHours: 8,
  clipboardSeconds: 30,
  fillOnLoad: "chosen",
  matchKind: "hostname",
  lockOnScreenLock: true,
  lockWithoutBrowserMinutes: 5,
};
const status: Status = { state: "unlocked", vaultName: "anna.kdbx", lockAfterMinutes: 10, version: "0.1.0" };
const known: PageState = {
  problem: null,
  status,
  choices: { settings, never: ["kiosk.example"], taught: [], profiles: [], vaults: [] },
};
const locked: PageState = { problem: null, status: { ...status, state: "locked" }, choices: null };

const office: Vault = {
  vault: "office",
  name: "Office",
  path: "/home/anna/office.kdbx",
  colour: "teal",
  own: false,
  state: "open",
  takesNew: false,
};
const openedWith = (state: Vault["state"] | null): Change => ({
  type: "opened",
  known: {
    ...known,
    choices: { settings, never: [], taught: [], profiles: [], vaults: state === null ? [] : [{ ...office, state }] },
  },
});
const question: VaultQuestion = { is: "passphrase", vault: "office" };
const after = (...changes: readonly Change[]): State => changes.reduce(reduce, start);
const opened: Change = { type: "opened", known };
const chose = (value: number): Change => ({ type: "chose", name: "lockAfterMinutes", value });
const saved = (lockAfterMinutes: number): Change => ({
  type: "saved",
  name: "lockAfterMinutes",
  settings: { ...settings, lockAfterMinutes },
});
const unsaved = (failure: Extract<Change, { readonly type: "unsaved" }>["failure"]): Change => ({
  type: "unsaved",
  name: "lockAfterMinutes",
  failure,
});
const passphrase = unsaved({ kind: "refused", reason: "passphrase" });

const gates: readonly [name: string, known: PageState | null, gate: string][] = [
  ["nothing known", null, "loading"],
  ["no host", { problem: "notInstalled", status: null, choices: null }, "problem"],
  ["a host that said nothing", { problem: null, status: null, choices: null }, "problem"],
  ["no vault", { ...locked, status: { ...status, state: "noVault" } }, "noVault"],
  ["a locked vault", locked, "locked"],
  ["a vault that was locked between two questions", { ...known, choices: null }, "locked"],
  ["an open vault", known, "open"],
];
for (const [name, state, gate] of gates) {
  test(`the gate for ${name} is ${gate}`, () => assert.equal(gateOf(state), gate));
}

test("what a later answer says again stays the same object", () => {
  const again = after(opened, { type: "opened", known: structuredClone(known) });
  const other = after(opened, openedWith("open"));

  assert.equal(again.known?.choices?.never, known.choices?.never);
  assert.equal(again.known?.choices?.profiles, known.choices?.profiles);
  assert.deepEqual(other.known?.choices?.never, []);
  assert.deepEqual(other.known?.choices?.vaults, [{ ...office, state: "open" }]);
});

test("a choice shows at once and is what the vault keeps when it is saved", () => {
  assert.equal(valueOf(after(opened, chose(5)), "lockAfterMinutes"), 5);
  const state = after(opened, chose(5), saved(5));
  assert.deepEqual([valueOf(state, "lockAfterMinutes"), state.edits], [5, {}]);
});

test("an answer to an earlier choice leaves the later one", () => {
  const state = after(opened, chose(5), chose(2), saved(5));
  assert.equal(valueOf(state, "lockAfterMinutes"), 2);
  assert.equal(state.edits.lockAfterMinutes?.is, "saving");
});

test("a choice that could not be saved stays with its reason", () => {
  const { edits } = after(opened, chose(5), unsaved({ kind: "diskFull" }));
  assert.deepEqual(edits, { lockAfterMinutes: { value: 5, is: "failed", failure: { kind: "diskFull" } } });
});

test("a choice that protects less asks for the passphrase", () => {
  const { edits } = after(opened, chose(60), passphrase);
  assert.deepEqual(edits, { lockAfterMinutes: { value: 60, is: "passphrase", failure: null } });
});

test("a wrong passphrase is said where it was asked for", () => {
  const { edits } = after(opened, chose(60), passphrase, unsaved({ kind: "wrongKey" }));
  assert.deepEqual(edits, { lockAfterMinutes: { value: 60, is: "passphrase", failure: { kind: "wrongKey" } } });
});

test("a choice that is given up leaves what the vault keeps", () => {
  const state = after(opened, chose(60), passphrase, { type: "gaveUp", name: "lockAfterMinutes" });
  assert.deepEqual([valueOf(state, "lockAfterMinutes"), state.edits], [10, {}]);
});

test("a failure that comes after the choice was given up is nobody's", () => {
  const state = after(opened, chose(60), { type: "gaveUp", name: "lockAfterMinutes" }, unsaved({ kind: "diskFull" }));
  assert.deepEqual(state.edits, {});
});

test("a choice that met a locked vault waits for the unlock", () => {
  const state = after(opened, chose(5), unsaved({ kind: "locked" }), { type: "opened", known: locked });
  assert.deepEqual(waitingForUnlock(state), ["lockAfterMinutes"]);
  assert.equal(valueOf(state, "lockAfterMinutes"), 5);
});

test("a site that was removed can be put back until something else happens to the list", () => {
  const removed = after(opened, { type: "sites", never: [], removed: "kiosk.example" });
  assert.deepEqual([removed.known?.choices?.never, removed.removed], [[], "kiosk.example"]);
  assert.equal(reduce(removed, { type: "sites", never: ["kiosk.example"], removed: null }).removed, null);
});

test("a list of sites that could not be changed stays as it was", () => {
  const state = after(opened, { type: "sitesFailed", failure: { kind: "diskFull" } });
  assert.deepEqual([state.known?.choices?.never, state.sitesFailure], [["kiosk.example"], { kind: "diskFull" }]);
});

test("a browser is asked about before it is forgotten", () => {
  const asked = after(opened, { type: "forgetting", id: "p1" });
  assert.equal(asked.forgetting, "p1");
  assert.equal(reduce(asked, { type: "profiles", profiles: [] }).forgetting, null);
});

test("what is asked about a vault stands in its place, with what went wrong, until it is done", () => {
  const asked = after(openedWith("hidden"), { type: "vaultAsks", question });
  assert.deepEqual(asked.vaultAsks, question);
  const failed = reduce(asked, { type: "vaultFailed", vault: "office", failure: { kind: "wrongKey" } });
  assert.deepEqual([failed.vaultAsks, failed.vaultFailure?.failure], [question, { kind: "wrongKey" }]);
  const done = reduce(failed, { type: "vaultAsks", question: null });
  assert.deepEqual([done.vaultAsks, done.vaultFailure], [null, null]);
});

const outlived: readonly [name: string, asked: VaultQuestion, state: Vault["state"] | null, stays: boolean][] = [
  ["a passphrase of a vault that still waits", question, "hidden", true],
  ["a passphrase of a vault that was opened elsewhere", question, "open", false],
  ["whether to remove an open vault", { is: "remove", vault: "office" }, "open", true],
  ["whether to remove a vault that has gone", { is: "remove", vault: "office" }, null, false],
  ["which vault to add", { is: "add" }, null, true],
];
for (const [name, asked, state, stays] of outlived) {
  test(`asking for ${name} ${stays ? "goes on" : "ends"} when the page looks again`, () => {
    const next = after(openedWith("hidden"), { type: "vaultAsks", question: asked }, openedWith(state));
    assert.equal(next.vaultAsks !== null, stays);
  });
}

test("nothing is asked about vaults any more once they are locked", () => {
  const next = after(opened, { type: "vaultAsks", question: { is: "add" } }, { type: "opened", known: locked });
  assert.equal(next.vaultAsks, null);
});

const hostnames: readonly [typed: string, hostname: string | null][] = [
  ["intranet.example", "intranet.example"],
  ["  Intranet.Example ", "intranet.example"],
  ["https://intranet.example/login?x=1", "intranet.example"],
  ["http://kiosk.example:8080", "kiosk.example"],
  ["kiosk.example:8443/path", "kiosk.example"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["localhost", "localhost"],
  ["[::1]", "[::1]"],
  ["", null],
  ["   ", null],
  ["two words", null],
  ["ftp://files.example", null],
  ["file:///etc/passwd", null],
  ["javascript:alert(1)", null],
  ["https://", null],
];
for (const [typed, hostname] of hostnames) {
  test(`“${typed}” means ${hostname}`, () => assert.equal(hostnameFrom(typed), hostname));
}

const finds: readonly [query: string, found: boolean][] = [
  ["", true],
  ["idle", true],
  ["LOCK idle", true],
  ["idle clipboard", false],
  ["ïdle", true],
];
for (const [query, found] of finds) {
  test(`“${query}” ${found ? "finds" : "does not find"} “Lock when idle”`, () =>
    assert.equal(isFound("Lock when idle", query), found));
}
