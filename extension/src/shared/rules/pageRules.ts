/**
 * What a page says about its passwords, in its own words, and what follows from them for a new one: `passwordrules`, `minlength`,
 * `maxlength` and `pattern`. Pure, and linear in their length; what is not understood is left out, since the browser itself holds a
 * value against a `pattern` before it is written.
 */

import { count, object, optional, string } from "../parse.ts";
import { readPasswordRules } from "./passwordRules.ts";
import { readPattern } from "./patternRules.ts";
import { both, noRules } from "./rules.ts";
import type { Rules } from "./rules.ts";

/** The page's words: cut to {@link maxWords} before they are sent. */
export const pageRules = object({
  passwordRules: string,
  pattern: string,
  minLength: count,
  maxLength: optional(count),
});
export type PageRules = ReturnType<typeof pageRules>;

/** Longer than any rule that a page means. */
export const maxWords = 1000;

/** Returns what all the page's words together ask for. */
export function rulesOf({ passwordRules, pattern, minLength, maxLength }: PageRules): Rules {
  const attributes = { ...noRules, minLength, maxLength: maxLength ?? null };
  return [readPasswordRules(passwordRules), readPattern(pattern)].reduce(both, attributes);
}
