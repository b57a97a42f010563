import assert from "node:assert/strict";
import { test } from "node:test";
import type { Right } from "../../shared/officeProtocol.ts";
import type { People } from "../members/state.ts";
import {
  asAbove,
  comesAlong,
  decidedBy,
  foldersOf,
  fromOf,
  give,
  grantsOf,
  outcomeOf,
  partsOf,
  tick,
} from "./state.ts";
import type { Chosen, Folder } from "./state.ts";

const compare = new Intl.Collator("en", { numeric: true }).compare;
const folders = foldersOf(
  [
    {
      vault: undefined,
      name: "Mine",
      colour: "teal",
      paths: ["", "Servers", "Servers/Old", "Serversish", "Empty", "Web 10", "Web 2", "Deep/Down"],
      counts: [2, 3, 4, 5, 0, 1, 1, 1],
    },
    { vault: "V".repeat(22), name: "Work", colour: "blue", paths: ["", "Servers"], counts: [0, 6] },
  ],
  compare,
);
const at = (path: string, vault?: string): Folder => {
  const found = folders.find((folder) => folder.path === path && folder.vault === vault);
  assert.ok(found, `${path} is listed`);
  return found;
};
const none: Chosen = new Map();
const id = (letter: string) => letter.repeat(22);
const [olga, anna, bob, it] = [id("o"), id("a"), id("b"), id("i")];
const member = (of: string, name: string, you = false) => ({ member: of, name, role: "member" as const, you });
const people: People = {
  members: [member(olga, "Olga", true), member(anna, "Anna"), member(bob, "Bob")],
  groups: [{ group: it, name: "IT", members: [olga, bob] }],
  invitations: [],
};

test("folders stand below their vaults, in the order of numbers, and what is empty is left out", () => {
  assert.deepEqual(
    folders.map(({ depth, name, here, items }) => `${depth} ${name} ${here}/${items}`),
    [
      "0 Mine 2/17",
      "1 Deep 0/1",
      "2 Down 1/1",
      "1 Servers 3/7",
      "2 Old 4/4",
      "1 Serversish 5/5",
      "1 Web 2 1/1",
      "1 Web 10 1/1",
      "0 Work 0/6",
      "1 Servers 6/6",
    ],
  );
});

test("a vault without items is not listed", () => {
  assert.deepEqual(
    foldersOf([{ vault: undefined, name: "Mine", colour: "teal", paths: ["", "Old"], counts: [0, 0] }], compare),
    [],
  );
});

test("what is below comes along, and what only begins alike does not, nor the same of another vault", () => {
  const chosen = tick(none, at("Servers"), true);

  assert.equal(decidedBy(chosen, at("Servers/Old")), at("Servers").key);
  assert.ok(comesAlong(chosen, at("Servers/Old")));
  assert.ok(!comesAlong(chosen, at("Servers")));
  assert.equal(decidedBy(chosen, at("Serversish")), null);
  assert.equal(decidedBy(chosen, at("Servers", id("V"))), null);
});

test("the whole vault holds everything in it", () => {
  const chosen = tick(none, at(""), true);

  assert.ok(comesAlong(chosen, at("Servers/Old")));
  assert.deepEqual(
    partsOf(chosen, folders).map(({ items }) => items),
    [17],
  );
  assert.deepEqual(tick(give(chosen, at("Servers"), anna, "read"), at(""), false), none);
});

test("a folder that comes along begins with the grants of the one above, and can have them again", () => {
  const chosen = give(
    give(tick(none, at("Servers"), true), at("Servers"), it, "write"),
    at("Servers/Old"),
    anna,
    "read",
  );

  assert.deepEqual(
    [...(grantsOf(chosen, at("Servers/Old")) ?? [])],
    [
      [it, "write"],
      [anna, "read"],
    ],
  );
  assert.deepEqual([...(grantsOf(chosen, at("Servers")) ?? [])], [[it, "write"]]);
  assert.deepEqual(
    partsOf(chosen, folders).map(({ folder, items }) => `${folder.path} ${items}`),
    ["Servers 3", "Servers/Old 4"],
  );
  assert.deepEqual(
    partsOf(asAbove(chosen, at("Servers/Old")), folders).map(({ folder, items }) => `${folder.path} ${items}`),
    ["Servers 7"],
  );
});

test("a right that is taken away again is none, and leaving a folder forgets those below", () => {
  const chosen = give(
    give(tick(none, at("Servers"), true), at("Servers/Old"), anna, "read"),
    at("Servers/Old"),
    anna,
    "none",
  );

  assert.deepEqual([...(grantsOf(chosen, at("Servers/Old")) ?? [anna])], []);
  assert.deepEqual(tick(chosen, at("Servers"), false), none);
});

test("the host is asked for each part, in its vault", () => {
  const chosen = give(tick(tick(none, at("Servers"), true), at("Servers", id("V")), true), at("Servers"), anna, "use");

  assert.deepEqual(fromOf(partsOf(chosen, folders)), [
    { folder: "Servers", grants: [{ principal: anna, right: "use" }] },
    { folder: "Servers", vault: id("V"), grants: [] },
  ]);
});

const outcomes: readonly (readonly [
  name: string,
  grants: readonly (readonly [path: string, who: string, right: Right])[],
  alone: number,
  said: readonly string[],
])[] = [
  ["nobody", [], 7, []],
  ["one person", [["Servers", anna, "read"]], 0, ["Anna 7"]],
  ["a group, and the person themself is not told", [["Servers", it, "write"]], 0, ["Bob 7 through IT"]],
  [
    "by name and through a group, the higher right says how",
    [
      ["Servers", it, "read"],
      ["Servers", bob, "manage"],
    ],
    0,
    ["Bob 7"],
  ],
  [
    "by name and through a group, the group's is as high",
    [
      ["Servers", it, "read"],
      ["Servers", bob, "read"],
    ],
    0,
    ["Bob 7 through IT"],
  ],
  ["only below", [["Servers/Old", anna, "read"]], 3, ["Anna 4"]],
  [
    "two to the same",
    [
      ["Servers", anna, "read"],
      ["Servers", bob, "use"],
    ],
    0,
    ["Anna, Bob 7"],
  ],
  [
    "in two ways",
    [
      ["Servers", it, "read"],
      ["Servers/Old", it, "none"],
      ["Servers/Old", bob, "read"],
    ],
    0,
    ["Bob 7"],
  ],
  ["a group that holds only the person", [["Servers", olga, "manage"]], 7, []],
];

for (const [name, grants, alone, said] of outcomes) {
  test(`what comes of it: ${name}`, () => {
    let chosen = tick(none, at("Servers"), true);
    for (const [path, who, right] of grants) chosen = give(chosen, at(path), who, right);
    const outcome = outcomeOf(partsOf(chosen, folders), people);
    const nameOf = (of: string) =>
      [...people.members, ...people.groups.map((group) => ({ ...group, member: group.group }))].find(
        (each) => each.member === of,
      )?.name;

    assert.equal(outcome.items, 7);
    assert.equal(outcome.alone, alone);
    assert.deepEqual(
      outcome.sentences.map(({ members, count, through }) =>
        [members.map(nameOf).join(", "), count, ...(through === null ? [] : ["through", nameOf(through)])].join(" "),
      ),
      said,
    );
  });
}
