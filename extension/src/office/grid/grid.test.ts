import assert from "node:assert/strict";
import { test } from "node:test";
import type { Right } from "../../shared/officeProtocol.ts";
import { cellOf, isShown } from "./cells.ts";
import { csvRows } from "./csv.ts";
import { countOf, emptyDraft, inverseOf, isEmpty, moveInto, rebased, requestOf, setRight } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { columnsOf, effectiveOf, officeOf, rowsOf } from "./model.ts";
import type { GridItem } from "./model.ts";
import { previewOf, sentencesOf } from "./preview.ts";

// Olga manages everything. Bob and Eve are in IT. The folder lets IT read; what is in it has the same, but the router, where Eve writes.
const grant = (principal: string, right: Right) => ({ principal, right, by: "olga" });
const row = (
  item: string,
  kind: "item" | "folder",
  folder: string | undefined,
  ...grants: GridItem["grants"]
): GridItem => ({
  item,
  kind,
  title: item,
  right: "manage",
  version: 1,
  author: "olga",
  grants: [grant("olga", "manage"), ...grants],
  ...(folder === undefined ? {} : { folder }),
});
const member = (name: string) => ({ member: name, name, role: "member" as const, you: name === "olga" });
const make = (...more: readonly GridItem[]) =>
  officeOf(
    [
      row("folder", "folder", undefined, grant("it", "read")),
      row("inner", "folder", "folder", grant("it", "read")),
      row("mail", "item", "folder", grant("it", "read")),
      row("deep", "item", "inner", grant("it", "read")),
      row("router", "item", "folder", grant("it", "read"), grant("eve", "write")),
      row("alone", "item", undefined),
      ...more,
    ],
    [member("olga"), member("bob"), member("eve"), member("mira")],
    [{ group: "it", name: "IT", members: ["bob", "eve"] }],
    (one, other) => one.localeCompare(other),
  );
const office = make();
const set = (right: Right, ...cells: readonly string[]): Draft =>
  setRight(
    office,
    emptyDraft,
    cells.map((cell) => ({ item: cell.split("/")[0] as string, principal: cell.split("/")[1] as string })),
    right,
  ).draft;
const itemNamed = (id: string) => office.items.get(id) as GridItem;
const cell = (draft: Draft, id: string, principal: string) => cellOf(office, draft, itemNamed(id), { principal });

test("a member has the highest of what is given by name and through groups", () => {
  const grants = office.given.get("router") ?? new Map();
  assert.equal(effectiveOf(office, grants, "bob").right, "read");
  assert.equal(effectiveOf(office, grants, "bob").through, "it");
  assert.equal(effectiveOf(office, grants, "eve").right, "write");
  assert.equal(effectiveOf(office, grants, "eve").through, null);
  assert.equal(effectiveOf(office, grants, "mira").right, "none");
});

test("folders come before what is in them, and what lies in none comes last under a heading", () => {
  const titles = rowsOf(office, new Set(), null, "loose").map(({ title, depth, size }) => `${depth} ${title} ${size}`);
  assert.deepEqual(titles, ["0 folder 3", "1 inner 1", "2 deep 0", "1 mail 0", "1 router 0", "0 loose 1", "1 alone 0"]);
});

test("a closed folder hides what is in it, and a filter opens it", () => {
  const closed = new Set(["folder", ""]);
  assert.deepEqual(
    rowsOf(office, closed, null, "loose").map(({ title }) => title),
    ["folder", "loose"],
  );
  const found = rowsOf(office, closed, ({ title }) => title === "deep", "loose").map(({ title }) => title);
  assert.deepEqual(found, ["folder", "inner", "deep"]);
});

test("columns are groups with their people, then everybody who is in none", () => {
  const names = (open: readonly string[], filter = "") =>
    columnsOf(office, new Set(open), (name) => name.toLowerCase().includes(filter)).map(({ name }) => name);
  assert.deepEqual(names([]), ["IT", "mira", "olga"]);
  assert.deepEqual(names(["it"]), ["IT", "bob", "eve", "mira", "olga"]);
  assert.deepEqual(names([], "eve"), ["IT", "eve"]);
});

test("a right of the folder goes to all in it that have what it has, and to nothing else", () => {
  const draft = set("write", "folder/it");
  assert.deepEqual([...draft.grants.keys()].sort(), ["deep", "folder", "inner", "mail", "router"]);
  assert.equal(countOf(office, draft), 1);
  const other = setRight(office, set("use", "mail/it"), [{ item: "folder", principal: "it" }], "write").draft;
  assert.equal(other.grants.get("mail")?.get("it")?.right, "use");
});

test("what is set back to what is given is no change", () => {
  const draft = setRight(office, set("write", "folder/it"), [{ item: "folder", principal: "it" }], "read").draft;
  assert.ok(isEmpty(draft));
  assert.deepEqual(requestOf(draft), []);
});

test("items that the person does not manage stay, and are counted", () => {
  const with1 = make({ ...row("foreign", "item", "folder", grant("it", "read")), right: "write" });
  const { draft, notManaged } = setRight(with1, emptyDraft, [{ item: "folder", principal: "it" }], "use");
  assert.equal(notManaged, 1);
  assert.equal(draft.grants.has("foreign"), false);
});

test("limits are kept on use and read, and dropped on more", () => {
  const limits = { notAfter: "2026-12-01T00:00:00Z" };
  const limited = (right: Right) =>
    setRight(office, emptyDraft, [{ item: "alone", principal: "bob" }], right, limits)
      .draft.grants.get("alone")
      ?.get("bob");
  assert.deepEqual(limited("read"), { right: "read", ...limits });
  assert.deepEqual(limited("write"), { right: "write" });
});

test("cells say where a right comes from and what becomes of it", () => {
  assert.deepEqual(pick(cell(emptyDraft, "mail", "it")), ["read", true, null, false, null]);
  assert.deepEqual(pick(cell(emptyDraft, "folder", "it")), ["read", false, null, false, null]);
  assert.deepEqual(pick(cell(emptyDraft, "mail", "bob")), ["read", true, "it", false, null]);
  assert.deepEqual(pick(cell(emptyDraft, "router", "eve")), ["write", false, null, false, null]);
  const draft = set("none", "folder/it");
  assert.deepEqual(pick(cell(draft, "mail", "bob")), ["none", false, null, true, "read"]);
  assert.deepEqual(pick(cell(draft, "router", "eve")), ["write", false, null, false, null]);
});

test("the choice of rows knows what changed, is limited, or is given by itself", () => {
  const draft = setRight(office, emptyDraft, [{ item: "alone", principal: "bob" }], "use", {
    notBefore: "2026-12-01T00:00:00Z",
  }).draft;
  const shown = (show: "changed" | "limited" | "direct", id: string) => isShown(office, draft, show, itemNamed(id));
  assert.ok(shown("changed", "alone") && !shown("changed", "mail"));
  assert.ok(shown("limited", "alone") && !shown("limited", "mail"));
  assert.ok(shown("direct", "router") && !shown("direct", "mail"));
});

test("an item that is put into a folder has from then on what the folder gives", () => {
  const { draft } = moveInto(office, emptyDraft, ["alone"], "folder");
  assert.deepEqual(requestOf(draft), [
    { item: "alone", grants: [{ principal: "it", right: "read" }], folder: "folder" },
  ]);
  const out = moveInto(office, emptyDraft, ["mail"], "").draft;
  assert.deepEqual(requestOf(out), [{ item: "mail", grants: [], folder: "" }]);
  assert.ok(
    isEmpty(moveInto(office, moveInto(office, emptyDraft, ["alone"], "folder").draft, ["alone"], "").draft) === false,
  );
});

test("the inverse gives back what was before, but for what stayed as it was", () => {
  const draft = set("none", "mail/it", "deep/it");
  assert.deepEqual(inverseOf(office, draft, new Set(["deep"])), [
    { item: "mail", grants: [{ principal: "it", right: "read" }] },
  ]);
});

test("what somebody else did meanwhile, or is gone, is left out of a draft", () => {
  const later = officeOf([row("mail", "item", undefined)], office.members, office.groups, (one, other) =>
    one.localeCompare(other),
  );
  assert.ok(isEmpty(rebased(later, set("none", "mail/it", "deep/it"))));
});

test("a preview names who gains, through which group, and who loses what they could read", () => {
  const draft = setRight(
    office,
    set("none", "router/eve", "folder/it"),
    [{ item: "alone", principal: "it" }],
    "use",
  ).draft;
  const { outcomes, items } = previewOf(office, draft);
  const bob = outcomes.find((each) => each.member === "bob");
  assert.deepEqual(bob?.gains, ["alone"]);
  assert.equal(bob?.through, "it");
  assert.deepEqual([...(bob?.loses ?? [])].sort(), ["deep", "mail", "router"]);
  assert.deepEqual([...(bob?.couldRead ?? [])].sort(), ["deep", "mail", "router"]);
  assert.equal(items.length, 4);
  const sentences = sentencesOf({ outcomes, items });
  assert.deepEqual(
    sentences.map(({ kind, members, count, through }) => [kind, members.join(), count, through]),
    [
      ["gains", "bob,eve", 1, "it"],
      ["loses", "bob,eve", 3, null],
    ],
  );
});

test("the table has a line for each grant", () => {
  const lines = csvRows(office, { heads: ["Folder"], yes: "yes", no: "no" }).map((row) => row.join());
  assert.equal(lines.length, 1 + 12);
  assert.ok(lines.includes("folder,mail,IT,read,yes,,,olga"));
});

function pick({ right, inherited, through, changed, lost }: ReturnType<typeof cellOf>) {
  return [right, inherited, through, changed, lost];
}
