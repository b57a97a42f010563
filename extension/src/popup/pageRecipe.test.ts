import assert from "node:assert/strict";
import { test } from "node:test";
import type { RulesRecipe } from "../shared/protocol.ts";
import { allOf, digits, lower, upper } from "../shared/rules/characters.ts";
import { noRules } from "../shared/rules/rules.ts";
import type { Rules } from "../shared/rules/rules.ts";
import { lengthsFor, recipeFor } from "./pageRecipe.ts";
import { defaults } from "./recipe.ts";

const made = (rules: Partial<Rules>, more: Partial<(typeof defaults)["characters"]> = {}): RulesRecipe => {
  const recipe = recipeFor({ ...defaults.characters, ...more }, { ...noRules, ...rules });
  assert.equal(recipe.kind, "rules");
  return recipe as RulesRecipe;
};

test("a page that says nothing gets what the person chose, and words and patterns are always theirs", () => {
  assert.equal(recipeFor(defaults.characters, noRules), defaults.characters);
  assert.equal(recipeFor(defaults.words, { ...noRules, maxLength: 12 }), defaults.words);
  assert.equal(recipeFor(defaults.pattern, { ...noRules, maxLength: 12 }), defaults.pattern);
});

const lengths: readonly [rules: Partial<Rules>, chosen: number, length: number][] = [
  [{ maxLength: 12 }, 20, 12],
  [{ minLength: 30 }, 20, 30],
  [{ maxLength: 40 }, 20, 20],
  [{ maxLength: 4 }, 20, 4],
  [{ minLength: 500 }, 20, 64],
  [{ minLength: 20, maxLength: 10 }, 20, 10],
  [{ maxLength: 0 }, 20, 1],
];
for (const [rules, chosen, length] of lengths) {
  test(`${JSON.stringify(rules)} makes ${length} of ${chosen}`, () => {
    assert.equal(made(rules, { length: chosen }).length, length);
  });
}

test("lengths that can be chosen are the page's, as far as they are good ones", () => {
  assert.deepEqual(lengthsFor(noRules), { min: 8, max: 64 });
  assert.deepEqual(lengthsFor({ ...noRules, minLength: 4, maxLength: 16 }), { min: 8, max: 16 });
  assert.deepEqual(lengthsFor({ ...noRules, maxLength: 6 }), { min: 6, max: 6 });
});

test("what the page allows is all there is, without what looks alike", () => {
  const { allowed, required } = made({ allowed: "abcO01xyz9" });
  assert.equal(allowed, "abcxyz9");
  assert.deepEqual(required, ["abcxyz", "9"]);
});

test("what the page requires is there, whatever the person chose", () => {
  const { allowed, required } = made({ required: [digits, "#"] }, { classes: ["lower"] });
  assert.deepEqual(required, ["23456789", "#", "abcdefghijkmnpqrstuvwxyz"]);
  assert.ok(allOf("#2a", allowed) && !allowed.includes("A"));
});

test("what looks alike is there where a page requires nothing else", () => {
  assert.deepEqual(made({ required: ["0O"], allowed: lower + "0O" }).required[0], "0O");
});

test("a requirement that a class of the person's meets is asked for once", () => {
  assert.equal(made({ required: [lower, upper, digits] }).required.length, 4);
});

test("requirements that do not fit are allowed and not required, the person's own first", () => {
  const { required, allowed } = made({ maxLength: 2, required: ["#"] });
  assert.deepEqual(required, ["#", "abcdefghijkmnpqrstuvwxyz"]);
  assert.ok(allOf("aA2#", allowed));
});

test("a page that allows nothing that it requires is asked for what it allows", () => {
  assert.deepEqual(made({ allowed: "#%", required: ["ab"] }).allowed, "#%");
});

test("the row's limit is the page's", () => assert.equal(made({ maxConsecutive: 2 }).maxConsecutive, 2));
