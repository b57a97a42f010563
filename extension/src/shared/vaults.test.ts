import assert from "node:assert/strict";
import { test } from "node:test";
import type { Item, Vault } from "./protocol.ts";
import { closedOf, homeOf, isOpening, placesOf, presetOf } from "./vaults.ts";

const vaultOf = (name: string, more: Partial<Vault> = {}): Vault => ({
  vault: name,
  name,
  path: `/home/anna/${name}.kdbx`,
  colour: "slate",
  own: name === "own",
  state: "open",
  items: 3,
  takesNew: name === "own",
  ...more,
});
const itemOf = (vault?: string): Item => ({
  id: "one",
  kind: "login",
  title: "Shop",
  username: "",
  tags: [],
  hasPassword: true,
  hasCode: false,
  ...(vault === undefined ? {} : { vault }),
});
const own = vaultOf("own");
const office = vaultOf("office");
const { items: _items, ...opening } = vaultOf("slow");
const names = (vaults: readonly Vault[]) => vaults.map(({ name }) => name);

const homes: readonly [name: string, item: Item, vaults: readonly Vault[], home: string | null][] = [
  ["of the only vault", itemOf(), [own], null],
  ["while the other vault is not open", itemOf(), [own, vaultOf("office", { state: "failed" })], null],
  ["of the own vault", itemOf(), [own, office], "own"],
  ["of the further vault", itemOf("office"), [own, office], "office"],
  ["of a vault that has just gone", itemOf("club"), [own, office], null],
  ["with an older host", itemOf(), [], null],
];
for (const [name, item, vaults, home] of homes) {
  test(`the home of an item ${name} is ${home}`, () => assert.equal(homeOf(item, vaults)?.name ?? null, home));
}

test("a new item goes into what is open and can be written", () => {
  const others = [vaultOf("read", { readOnly: true }), vaultOf("gone", { state: "failed" }), opening];
  assert.deepEqual(names(placesOf([own, ...others, office])), ["own", "office"]);
});

test("a vault that is being opened is none of those that are not open", () => {
  assert.deepEqual([isOpening(opening), isOpening(own), closedOf([own, opening])], [true, false, []]);
});

const presets: readonly [name: string, vaults: readonly Vault[], preset: string][] = [
  ["one vault", [own], ""],
  ["two", [own, office], "own"],
  [
    "two, of which the second takes new items",
    [vaultOf("own", { takesNew: false }), vaultOf("office", { takesNew: true })],
    "office",
  ],
  [
    "a third that takes new items and did not open",
    [vaultOf("own", { takesNew: false }), office, vaultOf("gone", { takesNew: true, state: "failed" })],
    "own",
  ],
];
for (const [name, vaults, preset] of presets) {
  test(`the place offered first with ${name} is “${preset}”`, () => assert.equal(presetOf(vaults), preset));
}

test("a vault that failed or waits for its passphrase is not open", () => {
  const others = [vaultOf("gone", { state: "failed" }), vaultOf("new", { state: "hidden" })];
  assert.deepEqual(names(closedOf([own, ...others])), ["gone", "new"]);
});
