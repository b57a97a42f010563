/**
 * Reads the attribute `passwordrules`, as Apple published its grammar: `required: upper; allowed: lower, [-_]; max-consecutive: 2;
 * minlength: 8; maxlength: 20`. Pure and linear. A property that is not known, or whose value is not as the grammar says, counts as not
 * being there; a class that is not known likewise.
 */

import { digits, lower, printable, setOf, symbols, union, upper, without } from "./characters.ts";
import { noRules } from "./rules.ts";
import type { Rules } from "./rules.ts";

// "special" has all of them but the space; "unicode" is no more than this to us, since sites that say so take this too.
const classes: ReadonlyMap<string, string> = new Map([
  ["upper", upper],
  ["lower", lower],
  ["digit", digits],
  ["special", symbols],
  ["ascii-printable", printable],
  ["unicode", printable],
]);

/** Longer passwords no site asks for. */
const maxNumber = 4096;

/** Returns what the attribute asks for. */
export function readPasswordRules(text: string): Rules {
  let rules = noRules;
  let allowed: string | null = null;
  for (const [name, value] of propertiesOf(text)) {
    if (name === "required" || name === "allowed") {
      const set = classesOf(value);
      if (set === null || set === "") continue;
      if (name === "required") rules = { ...rules, required: [...rules.required, set] };
      else allowed = union(allowed ?? "", set);
      continue;
    }
    const number = numberOf(value);
    if (number === null) continue;
    if (name === "minlength") rules = { ...rules, minLength: Math.max(rules.minLength, number) };
    if (name === "maxlength") rules = { ...rules, maxLength: Math.min(rules.maxLength ?? number, number) };
    if (name === "max-consecutive" && number > 0) {
      rules = { ...rules, maxConsecutive: Math.min(rules.maxConsecutive ?? number, number) };
    }
  }
  // What is required is allowed; where nothing is said, everything is.
  if (allowed === null && rules.required.length === 0) return rules;
  return { ...rules, allowed: union(...rules.required, allowed ?? "") };
}

/** Splits at the semicolons that stand outside of a custom class. */
function propertiesOf(text: string): readonly (readonly [name: string, value: string])[] {
  return split(text, ";").flatMap((rule) => {
    const colon = rule.indexOf(":");
    return colon < 0 ? [] : [[rule.slice(0, colon).trim().toLowerCase(), rule.slice(colon + 1).trim()] as const];
  });
}

/** Returns the characters of all classes that are known; null if a custom class has no end. */
function classesOf(value: string): string | null {
  const sets = split(value, ",").map((each) => {
    const name = each.trim();
    if (!name.startsWith("[")) return classes.get(name.toLowerCase()) ?? "";
    if (name.length <= 2 || !name.endsWith("]")) return null;
    // A hyphen means itself in the first place, and nothing elsewhere: there are no ranges.
    const [first = "", ...others] = name.slice(1, -1);
    return setOf(union(first, without(others.join(""), "-")), printable);
  });
  return sets.includes(null) ? null : union(...(sets as readonly string[]));
}

function numberOf(value: string): number | null {
  return /^\d{1,6}$/.test(value) && Number(value) <= maxNumber ? Number(value) : null;
}

/** A custom class ends at the first closing bracket, unless that is followed by another one: it may be the class's last character. */
function split(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let inClass = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inClass) inClass = character !== "]" || text[at + 1] === "]";
    else if (character === "[") inClass = true;
    else if (character === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}
