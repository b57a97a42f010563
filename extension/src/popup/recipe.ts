/** How the generator makes a value: what the person chose last, within what the host takes. Pure. */

import { boolean, count, list, object, oneOf, ParseError, string } from "../shared/parse.ts";
import type { Recipe } from "../shared/protocol.ts";

export const classes = ["lower", "upper", "digit", "symbol"] as const;
export type RecipeKind = Recipe["kind"];

// Within the host's own limits; longer than these no site takes.
export const limits = { length: { min: 8, max: 64 }, count: { min: 3, max: 12 } } as const;

/** What the generator begins with, for each kind. */
export const defaults: { readonly [K in RecipeKind]: Recipe & { readonly kind: K } } = {
  characters: { kind: "characters", length: 20, classes, avoidAmbiguous: true },
  words: { kind: "words", count: 5, separator: "-", capitalise: false, digit: true },
  pattern: { kind: "pattern", pattern: "Aaaa-dddd-xxxx-xxxx" },
};

const recipes = {
  characters: object({
    kind: oneOf("characters"),
    length: count,
    classes: list(oneOf(...classes), classes.length),
    avoidAmbiguous: boolean,
  }),
  words: object({ kind: oneOf("words"), count, separator: string, capitalise: boolean, digit: boolean }),
  pattern: object({ kind: oneOf("pattern"), pattern: string }),
};

/** Returns the recipe that was kept, or the one to begin with if what was kept is none. */
export function recipeFrom(kept: unknown): Recipe {
  const kind = (kept as { readonly kind?: unknown } | null | undefined)?.kind;
  if (typeof kind !== "string" || !Object.hasOwn(recipes, kind)) return defaults.characters;
  try {
    return withinLimits(recipes[kind as RecipeKind](kept, "recipe"));
  } catch (error) {
    if (error instanceof ParseError) return defaults.characters;
    throw error;
  }
}

// One element with how often: a sign, a set of ASCII characters, an escaped character, or a character that is itself.
const element = /(?:[aAdslxvwW]|\[(?:\\[ -~]|[ -[^-~])+\]|\\.|[^A-Za-z[\]{}\\])(?:\{(\d{1,3})\})?/uy;
const mostElements = 256;

/** Whether the host makes a value of a pattern: the rules are its own, and it takes what is none for nonsense. */
export function isPattern(pattern: string): boolean {
  if (pattern === "" || pattern.length > mostElements || /\p{Cc}/u.test(pattern)) return false;
  element.lastIndex = 0;
  let elements = 0;
  while (element.lastIndex < pattern.length) {
    const found = element.exec(pattern);
    if (found === null) return false;
    const times = Number(found[1] ?? 1);
    elements += times;
    if (times < 1 || elements > mostElements) return false;
  }
  return true;
}

/** Returns the recipe with another class on or off. The last one stays on. */
export function withClass(
  recipe: Recipe & { readonly kind: "characters" },
  name: (typeof classes)[number],
  on: boolean,
): Recipe {
  const next = classes.filter((each) => (each === name ? on : recipe.classes.includes(each)));
  return next.length === 0 ? recipe : { ...recipe, classes: next };
}

function withinLimits(recipe: Recipe): Recipe {
  const clamp = (value: number, { min, max }: { readonly min: number; readonly max: number }) =>
    Math.max(min, Math.min(max, value));
  switch (recipe.kind) {
    case "characters":
      if (recipe.classes.length === 0) return defaults.characters;
      return { ...recipe, length: clamp(recipe.length, limits.length) };
    case "words":
      return { ...recipe, count: clamp(recipe.count, limits.count) };
    case "pattern":
      return isPattern(recipe.pattern) ? recipe : defaults.pattern;
  }
}
