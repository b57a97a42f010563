/** How a password is made for a page that says what it takes: the person's own choice, as far as the page's rules leave one. Pure. */

import type { Recipe, RulesRecipe } from "../shared/protocol.ts";
import { digits, lower, printable, setOf, symbols, union, upper, without } from "../shared/rules/characters.ts";
import { isAnyPassword } from "../shared/rules/rules.ts";
import type { Rules } from "../shared/rules/rules.ts";
import { limits } from "./recipe.ts";

const charactersOf = { lower, upper, digit: digits, symbol: symbols } as const;
const ambiguous = "0Oo1Il|'`";
/** The host counts passwords over all combinations of them. */
const maxRequired = 8;

/** Returns which lengths can be chosen. */
export function lengthsFor({ minLength, maxLength }: Rules): { readonly min: number; readonly max: number } {
  const max = Math.max(1, Math.min(maxLength ?? limits.length.max, limits.length.max));
  // A page may say less than is good, and its least may be more than its most.
  return { min: Math.min(Math.max(minLength, limits.length.min), max), max };
}

/**
 * Returns the recipe to ask the host for. Words and patterns are as they are: the page's rules are held against what comes of them.
 */
export function recipeFor(recipe: Recipe, rules: Rules): Recipe | RulesRecipe {
  if (recipe.kind !== "characters" || isAnyPassword(rules)) return recipe;
  const { min, max } = lengthsFor(rules);
  const length = Math.max(min, Math.min(max, recipe.length));
  const takes = rules.allowed === null || rules.allowed === "" ? printable : rules.allowed;
  const unwanted = recipe.avoidAmbiguous ? ambiguous : "";
  const chosen = recipe.classes.map((name) => without(setOf(charactersOf[name], takes), unwanted));
  const required = rules.required.map((set) => preferring(setOf(set, takes), [...chosen].join(""), unwanted));
  const own = chosen.filter((set) => set !== "" && !required.some((other) => without(other, set) === ""));
  const all = union(...required, ...chosen);
  return {
    kind: "rules",
    length,
    allowed: all === "" ? takes : all,
    // The page's come first: where there is no room for more, the person's classes are allowed and not required.
    required: [...required.filter((set) => set !== ""), ...own].slice(0, Math.min(maxRequired, length)),
    ...(rules.maxConsecutive === null ? {} : { maxConsecutive: rules.maxConsecutive }),
  };
}

/** Of what a page requires, what the person chose, if there is any of it; what they want to avoid only if there is nothing else. */
function preferring(set: string, chosen: string, unwanted: string): string {
  return setOf(set, chosen) || without(set, unwanted) || set;
}
