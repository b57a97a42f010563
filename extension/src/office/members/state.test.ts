import assert from "node:assert/strict";
import { test } from "node:test";
import { foundIn, groupsOf, hasOneOwner, hoursUntil, keptChoice, mayChange } from "./state.ts";
import type { Choice, Member, People } from "./state.ts";

const member = (name: string, role: Member["role"] = "member", more: Partial<Member> = {}): Member => ({
  member: name.toLowerCase(),
  name,
  role,
  you: false,
  ...more,
});
const olga = member("Olga", "owner", { you: true });
const anna = member("Anna", "administrator", { mail: "anna@office.example" });
const bob = member("Bob");
const people: People = {
  members: [olga, bob, anna],
  groups: [
    { group: "it", name: "IT", members: ["bob", "olga"] },
    { group: "desk", name: "Front désk", members: ["bob"] },
  ],
  invitations: [{ invitation: "i", author: "olga", role: "member", expiresAt: "2026-11-27T12:00:00Z", answers: 0 }],
};

const searches: readonly (readonly [query: string, members: readonly string[], groups: readonly string[]])[] = [
  ["", ["Anna", "Bob", "Olga"], ["Front désk", "IT"]],
  ["  ANN ", ["Anna"], []],
  ["office.example", ["Anna"], []],
  ["desk", ["Bob"], ["Front désk"]],
  ["nobody", [], []],
];
for (const [query, members, groups] of searches) {
  test(`"${query}" finds members by name, mail and group, and groups by name, sorted`, () => {
    const found = foundIn(people, query);
    assert.deepEqual([found.members.map(({ name }) => name), found.groups.map(({ name }) => name)], [members, groups]);
    assert.equal(found.invitations.length, query.trim() === "" ? 1 : 0);
  });
}

test("the groups of a member are named in order", () => {
  assert.deepEqual(groupsOf(people, bob), ["Front désk", "IT"]);
  assert.deepEqual(groupsOf(people, anna), []);
});

test("one owner is one too few, two are enough", () => {
  assert.equal(hasOneOwner(people), true);
  assert.equal(hasOneOwner({ ...people, members: [olga, { ...anna, role: "owner" }] }), false);
});

const changes: readonly (readonly [us: Member["role"] | undefined, them: Member, may: boolean])[] = [
  ["owner", olga, true],
  ["owner", anna, true],
  ["administrator", bob, true],
  ["administrator", anna, false],
  ["administrator", olga, false],
  ["administrator", { ...bob, you: true }, false],
  ["member", bob, false],
  [undefined, bob, false],
];
for (const [us, them, may] of changes) {
  test(`${us ?? "somebody not let in"} ${may ? "may" : "may not"} change ${them.role}${them.you ? " (oneself)" : ""}`, () => {
    assert.equal(mayChange(us, them), may);
  });
}

const choices: readonly (readonly [choice: Choice, kept: Choice])[] = [
  [
    { is: "member", id: "bob" },
    { is: "member", id: "bob" },
  ],
  [{ is: "member", id: "eve" }, { is: "none" }],
  [
    { is: "group", id: "it" },
    { is: "group", id: "it" },
  ],
  [{ is: "group", id: "gone" }, { is: "none" }],
  [{ is: "newGroup" }, { is: "newGroup" }],
  [
    { is: "invite", member: null },
    { is: "invite", member: null },
  ],
];
for (const [choice, kept] of choices) {
  test(`${JSON.stringify(choice)} is kept as ${JSON.stringify(kept)}`, () => {
    assert.deepEqual(keptChoice(choice, people), kept);
  });
}

test("hours until a time are whole, and 0 when it has come", () => {
  const now = Date.UTC(2026, 10, 27, 10, 30);
  assert.equal(hoursUntil("2026-11-27T12:00:00Z", now), 2);
  assert.equal(hoursUntil("2026-11-27T10:00:00Z", now), 0);
});
