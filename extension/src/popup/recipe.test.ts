import assert from "node:assert/strict";
import { test } from "node:test";
import { defaults, isPattern, recipeFrom, withClass } from "./recipe.ts";

for (const recipe of Object.values(defaults)) {
  test(`the ${recipe.kind} that the generator begins with are read again`, () => {
    assert.deepEqual(recipeFrom(JSON.parse(JSON.stringify(recipe))), recipe);
  });
}

const nonsense: readonly [name: string, kept: unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["a text", "characters"],
  ["another kind", { kind: "emoji" }],
  ["a kind that every object has", { kind: "constructor" }],
  ["no classes", { ...defaults.characters, classes: [] }],
  ["another class", { ...defaults.characters, classes: ["emoji"] }],
  ["a length that is a text", { ...defaults.characters, length: "20" }],
  ["a further member", { ...defaults.words, more: 1 }],
];
for (const [name, kept] of nonsense) {
  test(`${name} is no recipe: the generator begins anew`, () => assert.equal(recipeFrom(kept), defaults.characters));
}

test("lengths and counts stay within what can be chosen", () => {
  assert.deepEqual(recipeFrom({ ...defaults.characters, length: 1000 }), { ...defaults.characters, length: 64 });
  assert.deepEqual(recipeFrom({ ...defaults.characters, length: 1 }), { ...defaults.characters, length: 8 });
  assert.deepEqual(recipeFrom({ ...defaults.words, count: 1 }), { ...defaults.words, count: 3 });
});

test("a class goes and comes in its place, and the last one stays", () => {
  const none = withClass({ ...defaults.characters, classes: ["lower", "digit"] }, "upper", true);
  assert.deepEqual(none, { ...defaults.characters, classes: ["lower", "upper", "digit"] });
  const one = { ...defaults.characters, classes: ["lower"] as const };
  assert.equal(withClass(one, "lower", false), one);
});

const patterns: readonly [pattern: string, is: boolean][] = [
  ["Aaaa-dddd", true],
  ["w.w.w{3}", true],
  ["[abc\\]\\\\]{4}", true],
  ["\\a\\{", true],
  ["12 34 é", true],
  ["a{256}", true],
  ["", false],
  ["b", false],
  ["a{0}", false],
  ["a{257}", false],
  ["a{200}d{57}", false],
  ["a{", false],
  ["{3}", false],
  ["[]", false],
  ["[ab", false],
  ["[aé]", false],
  ["a]", false],
  ["\\", false],
  ["a\n", false],
  ["a".repeat(257), false],
];
for (const [pattern, is] of patterns) {
  test(`${JSON.stringify(pattern.slice(0, 20))} is ${is ? "a" : "no"} pattern`, () =>
    assert.equal(isPattern(pattern), is));
}
