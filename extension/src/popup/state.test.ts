import assert from "node:assert/strict";
import { test } from "node:test";
import type { Outcome, PageContext, PopupState, SearchPage } from "../shared/messages.ts";
import type { Item, MatchedItem, Status } from "../shared/protocol.ts";
import { isSettled, layerOf, mayAlwaysFill, reduce, rowsOf, start } from "./state.ts";
import type { Change, State, Toast, View } from "./state.ts";

const item = (id: string): Item => ({
  id,
  kind: "login",
  title: id,
  username: "",
  tags: [],
  hasPassword: true,
  hasCode: false,
});
const match = (id: string): MatchedItem => ({ ...item(id), match: "hostname", alwaysFill: false });
const page = (...ids: readonly string[]): SearchPage => ({ items: ids.map(item), total: ids.length });
const status = (state: Status["state"]): Status => ({ state, lockAfterMinutes: 10, version: "1" });
const known = (more: Partial<PopupState> = {}): PopupState => ({
  problem: null,
  status: status("unlocked"),
  pending: null,
  outcome: null,
  clipboard: null,
  clipboardSeconds: 30,
  matchKind: "hostname",
  paused: false,
  editing: null,
  offer: null,
  signedIn: null,
  vaults: [],
  offerDraft: null,
  passkey: null,
  passkeysOffered: null,
  passkeyWaits: null,
  requests: [],
  page: {
    origin: "https://a.example",
    host: "a.example",
    top: "a.example",
    insecure: false,
    items: [match("site")],
    never: false,
    newForm: null,
    outgrown: [],
  },
  all: page("one", "site", "two"),
  ...more,
});
const after = (...changes: readonly Change[]): State => changes.reduce(reduce, start);
const opened = (more: Partial<PopupState> = {}, isNews = false): Change => ({
  type: "opened",
  known: known(more),
  now: 1000,
  isNews,
});
const ids = (state: State) => rowsOf(state).map((row) => row.item.id);

const views: readonly [name: string, more: Partial<PopupState>, view: string][] = [
  ["an unlocked vault", {}, "list"],
  ["a locked vault", { status: status("locked") }, "locked"],
  ["no vault", { status: status("noVault") }, "create"],
  ["no host", { status: null, problem: "notInstalled" }, "problem"],
];
for (const [name, more, view] of views) {
  test(`${name} opens the ${view} view`, () => assert.equal(after(opened(more)).view.is, view));
}

test("this site's items come first and once", () => {
  assert.deepEqual(ids(after(opened())), ["site", "one", "two"]);
});

test("while typing, the rows are the results, and one that matches the page still fills", () => {
  const state = after(
    opened(),
    { type: "typed", query: "s" },
    { type: "found", query: "s", page: page("two", "site") },
  );
  assert.deepEqual(ids(state), ["two", "site"]);
  assert.deepEqual(
    rowsOf(state).map((row) => row.site !== null),
    [false, true],
  );
});

test("the answer to an earlier key is dropped", () => {
  const state = after(opened(), { type: "typed", query: "ab" }, { type: "found", query: "a", page: page("two") });
  assert.equal(state.found, null);
});

test("the earlier rows stay until the answer is there, and are not taken for it", () => {
  const state = after(opened(), { type: "typed", query: "tw" });
  assert.deepEqual([ids(state), isSettled(state)], [["site", "one", "two"], false]);
  const answered = reduce(state, { type: "found", query: "tw", page: page("two") });
  assert.deepEqual([ids(answered), isSettled(answered)], [["two"], true]);
});

test("a search that is asked again, because items changed, keeps what is chosen while it can", () => {
  const search = (...ids: readonly string[]): Change => ({ type: "found", query: "t", page: page(...ids) });
  const typed: Change = { type: "typed", query: "t" };
  const chosen = after(opened(), typed, search("one", "two", "site"), { type: "moved", by: 2 });
  assert.equal(reduce(chosen, search("one", "two", "site")).selected, 2);
  assert.equal(reduce(chosen, search("one")).selected, 0);
});

test("clearing the search text shows the list again", () => {
  const searched = after(opened(), { type: "typed", query: "tw" }, { type: "found", query: "tw", page: page("two") });
  const state = reduce(searched, { type: "typed", query: "" });
  assert.deepEqual([ids(state), isSettled(state)], [["site", "one", "two"], true]);
});

test("more items are appended to the list that they continue", () => {
  const first: SearchPage = { items: [item("one")], total: 2, after: "1" };
  const state = after(opened({ all: first }), {
    type: "moreFound",
    query: "",
    page: { items: [item("two")], total: 2 },
  });
  assert.deepEqual(ids(state), ["site", "one", "two"]);
  assert.equal(state.known?.all?.after, undefined);
});

const moves: readonly [by: number, selected: number][] = [
  [1, 1],
  [-1, 0],
  [9, 2],
];
for (const [by, selected] of moves) {
  test(`moving by ${by} from the first of three rows chooses row ${selected}`, () => {
    assert.equal(after(opened(), { type: "moved", by }).selected, selected);
  });
}

test("a lock elsewhere forgets what was searched", () => {
  const state = after(
    opened(),
    { type: "typed", query: "x" },
    opened({ status: status("locked"), page: null, all: null }),
  );
  assert.deepEqual([state.view.is, state.query], ["locked", ""]);
});

test("a file that fails has a face of its own instead of an error at the passphrase", () => {
  const state = after(opened({ status: status("locked") }), { type: "failed", failure: { kind: "vaultDamaged" } });
  assert.deepEqual([state.view.is, state.failure], ["problem", { kind: "vaultDamaged" }]);
});

test("a change that fails because of the file leaves the list where it is", () => {
  const state = after(opened(), { type: "failed", failure: { kind: "diskFull" } });
  assert.deepEqual([state.view.is, state.failure], ["list", { kind: "diskFull" }]);
});

test("why something came to nothing stays when news come, and goes when the person goes on", () => {
  const failed = after(opened(), { type: "failed", failure: { kind: "diskFull" } });
  assert.deepEqual(reduce(failed, opened({}, true)).failure, { kind: "diskFull" });
  assert.equal(reduce(failed, opened({ status: status("locked") }, true)).failure, null);
  assert.equal(reduce(failed, opened()).failure, null);
});

test("a failure with kind locked leads to the locked view", () => {
  assert.equal(after(opened(), { type: "failed", failure: { kind: "locked" } }).view.is, "locked");
});

test("a wrong passphrase stays in the locked view and is said there", () => {
  const state = after(opened({ status: status("locked") }), { type: "failed", failure: { kind: "wrongKey" } });
  assert.deepEqual([state.view.is, state.failure], ["locked", { kind: "wrongKey" }]);
});

test("a host that goes away shows its problem", () => {
  const state = after(opened(), { type: "failed", failure: { problem: "stopped" } });
  assert.deepEqual([state.view.is, state.known?.problem], ["problem", "stopped"]);
});

const refused = (reason: "frame" | "insecure" | "noMatch"): Outcome => ({
  kind: "refused",
  reason,
  item: "site",
  host: "b.example",
  top: "a.example",
});

test("a refusal that the person may overrule asks first", () => {
  const state = after(opened(), { type: "ended", outcome: refused("frame"), item: item("site") });
  assert.deepEqual(state.view, { is: "confirm", item: item("site"), asking: "frame", confirmed: [] });
});

test("a second danger is asked after the first was accepted", () => {
  const frame: Change = { type: "ended", outcome: refused("frame"), item: item("site") };
  const insecure: Change = { type: "ended", outcome: refused("insecure"), item: item("site") };
  const state = after(opened(), frame, insecure);
  assert.deepEqual(state.view, { is: "confirm", item: item("site"), asking: "insecure", confirmed: ["frame"] });
});

test("a danger that is refused again is not asked for ever", () => {
  const frame: Change = { type: "ended", outcome: refused("frame"), item: item("site") };
  const state = after(opened(), frame, frame);
  assert.deepEqual([state.view.is, state.outcome], ["list", refused("frame")]);
});

test("a refusal that nobody may overrule is told in the list", () => {
  const state = after(opened(), { type: "ended", outcome: refused("noMatch"), item: item("site") });
  assert.deepEqual([state.view.is, state.outcome], ["list", refused("noMatch")]);
});

const joins: readonly [name: string, moves: number, chosen: string][] = [
  ["of this site", 0, "site"],
  ["that was moved to", 2, "two"],
];
for (const [name, by, chosen] of joins) {
  test(`the chosen row ${name} stays the same item when another vault joins`, () => {
    const more = { ...known(), page: { ...(known().page as PageContext), items: [match("office"), match("site")] } };
    const state = after(
      opened(),
      { type: "moved", by },
      opened({ page: more.page, all: page("new", "one", "site", "two") }),
    );
    assert.equal(rowsOf(state)[state.selected]?.item.id, chosen);
  });
}

test("the first row of this site is chosen when it gets one", () => {
  const none = { ...(known().page as PageContext), items: [] };
  const state = after(opened({ page: none }), opened());
  assert.equal(rowsOf(state)[state.selected]?.item.id, "site");
});

test("a secret still on the clipboard is told when the popup opens again", () => {
  const state = after(opened({ clipboard: { salt: "s", digest: "d", clearsAt: 5000 } }));
  assert.deepEqual(state.toast, { is: "copied", what: "other", clearsAt: 5000, forMs: 30_000 });
});

const outcomes: readonly [name: string, outcome: Outcome, shown: boolean][] = [
  ["a fill of this page", { kind: "filled", item: "site", title: "site", host: "a.example" }, true],
  ["a fill of another page", { kind: "filled", item: "site", title: "site", host: "b.example" }, false],
  ["a refusal on the page before", { kind: "refused", reason: "navigated", host: "b.example", top: "b.example" }, true],
];
for (const [name, outcome, shown] of outcomes) {
  test(`${name} is ${shown ? "told" : "not told"} when the popup opens`, () => {
    assert.deepEqual(after(opened({ outcome })).outcome, shown ? outcome : null);
  });
}

const layers: readonly [name: string, changes: readonly Change[], layer: string][] = [
  ["the list", [opened()], "popup"],
  ["the list with a search text", [opened(), { type: "typed", query: "x" }], "query"],
  ["the list with an outcome", [opened(), { type: "ended", outcome: refused("noMatch"), item: null }], "outcome"],
  ["a question", [opened(), { type: "asked", item: item("site"), asking: "frame", confirmed: [] }], "view"],
  ["the locked view", [opened({ status: status("locked") })], "popup"],
  ["the generator", [opened(), { type: "entered", view: { is: "generator", forForm: false, page: null } }], "view"],
  ["the choice of an item for this site", [opened(), { type: "adding", on: true }], "adding"],
];
for (const [name, changes, layer] of layers) {
  test(`Esc in ${name} leaves the ${layer}`, () => assert.equal(layerOf(after(...changes)), layer));
}

const generator: View = { is: "generator", forForm: false, page: null };
const trash = (...items: readonly string[]): View => ({
  is: "trash",
  page: { items: items.map((id) => ({ ...item(id), removedAt: "2026-02-03T04:05:06Z" })), total: 9, after: "x" },
});
const erase: View = { is: "erase", forever: true, people: null, item: item("one") };
const kinds = ({ view, below }: State) => [...below, view].map(({ is }) => is);

test("a view leads back to the one that it was entered from", () => {
  const state = after(opened(), { type: "entered", view: trash("one") }, { type: "entered", view: erase });
  assert.deepEqual(kinds(state), ["list", "trash", "erase"]);
  const back = reduce(state, { type: "back" });
  assert.deepEqual([back.view, kinds(back)], [trash("one"), ["list", "trash"]]);
  assert.deepEqual(kinds(reduce(back, { type: "back" })), ["list"]);
  assert.deepEqual(kinds(after(opened(), { type: "back" })), ["list"]);
});

test("a view that is left for a newer one of the kind below takes its place", () => {
  const state = after(opened(), { type: "entered", view: trash("one") }, { type: "entered", view: erase });
  const left = reduce(state, { type: "left", view: trash("two") });
  assert.deepEqual([left.view, kinds(left)], [trash("two"), ["list", "trash"]]);
});

test("a view that is left for one of another kind leads to that, and from there to the view below", () => {
  const left = after(opened(), { type: "entered", view: generator }, { type: "left", view: trash("one") });
  assert.deepEqual(kinds(left), ["list", "trash"]);
});

test("what was open stays open when the popup is told that items changed", () => {
  const state = after(opened(), { type: "entered", view: generator }, opened());
  assert.deepEqual(kinds(state), ["list", "generator"]);
});

const ends: readonly [name: string, change: Change, view: string][] = [
  ["a lock elsewhere", opened({ status: status("locked") }), "locked"],
  ["a refusal because it is locked", { type: "failed", failure: { kind: "locked" } }, "locked"],
  ["a host that went away", { type: "failed", failure: { problem: "stopped" } }, "problem"],
];
for (const [name, change, view] of ends) {
  test(`nothing that was open outlives ${name}`, () => {
    const done: Change = { type: "told", toast: { is: "done", done: "removed", name: "one", undo: null } };
    const state = after(opened(), { type: "adding", on: true }, { type: "entered", view: generator }, done, change);
    assert.deepEqual(kinds(state), [view]);
    if (view === "locked") assert.deepEqual([state.toast, state.adding], [null, false]);
  });
}

test("a second question takes the place of the first, and both lead back to where the fill was asked for", () => {
  const frame: Change = { type: "ended", outcome: refused("frame"), item: item("site") };
  const insecure: Change = { type: "ended", outcome: refused("insecure"), item: item("site") };
  const state = after(opened(), { type: "entered", view: generator }, frame, insecure);
  assert.deepEqual(kinds(state), ["list", "generator", "confirm"]);
});

test("a fill leads to the list from wherever it was asked for", () => {
  const filled: Outcome = { kind: "filled", item: "site", title: "site", host: "a.example" };
  const state = after(opened(), { type: "entered", view: generator }, { type: "ended", outcome: filled, item: null });
  assert.deepEqual(kinds(state), ["list"]);
});

test("what was done is told in place of what is on the clipboard, and stays when items changed", () => {
  const done: Toast = { is: "done", done: "removed", name: "one", undo: { by: "restore", item: "one" } };
  const clipboard = { salt: "s", digest: "d", clearsAt: 5000 };
  assert.deepEqual(after(opened({ clipboard }), { type: "told", toast: done }, opened({ clipboard })).toast, done);
});

test("more of the recycle bin is appended to the page that it continues, and to no other", () => {
  const state = after(opened(), { type: "entered", view: trash("one") });
  const page = { items: [{ ...item("two"), removedAt: "2026-02-03T04:05:06Z" }], total: 9 };
  const more = reduce(state, { type: "moreTrash", after: "x", page });
  assert.deepEqual(more.view.is === "trash" && more.view.page.items.map(({ id }) => id), ["one", "two"]);
  assert.equal(more.view.is === "trash" && more.view.page.after, undefined);
  assert.equal(reduce(state, { type: "moreTrash", after: "y", page }), state);
});

const pages: readonly [name: string, page: Partial<PageContext>, may: boolean][] = [
  ["the page itself", {}, true],
  ["a frame of another site", { top: "b.example" }, false],
  ["a page that is not encrypted", { insecure: true }, false],
];
for (const [name, page, may] of pages) {
  test(`${name} ${may ? "can" : "cannot"} always be filled`, () => {
    assert.equal(mayAlwaysFill({ ...(known().page as PageContext), ...page }), may);
  });
}

const offer = { kind: "save", origin: "https://a.example", title: "a.example", username: "anna", items: [] } as const;

test("An offer to save is shown over the list, once, and Esc leads back to the list", () => {
  const shown = after(opened({ offer }));
  assert.equal(shown.view.is, "offer");
  const left = reduce(shown, { type: "back" });
  assert.equal(left.view.is, "list");
  assert.equal(reduce(left, opened({ offer })).view.is, "list");
});

test("An offer that comes while the popup shows something else does not take it away", () => {
  const why: View = { is: "why", why: { reason: "ready", host: "", top: "", item: null, documents: [], tab: null } };
  const shown = after(opened(), { type: "entered", view: why }, opened({ offer }));
  assert.equal(shown.view, why);
});

test("An offer that is over makes room for the list", () => {
  assert.equal(after(opened({ offer }), opened()).view.is, "list");
});

test("A locked vault shows no offer, and the unlock brings it", () => {
  const locked = after(opened({ status: status("locked"), signedIn: "a.example" }));
  assert.equal(locked.view.is, "locked");
  assert.equal(reduce(locked, opened({ offer })).view.is, "offer");
});
