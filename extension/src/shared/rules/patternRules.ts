/**
 * Reads what most `pattern` attributes of password fields say: looks ahead for a character of a class, and then one class so many
 * times. Pure and linear: the expression is never run here. What is not understood says nothing; the browser decides in the end.
 */

import { digits, lower, printable, setOf, symbols, union, upper, without } from "./characters.ts";
import { noRules } from "./rules.ts";
import type { Rules } from "./rules.ts";

const word = union(lower, upper, digits, "_");
const escapes: ReadonlyMap<string, string> = new Map([
  ["d", digits],
  ["D", without(printable, digits)],
  ["w", word],
  ["W", without(symbols, "_")],
  ["s", ""],
  ["S", printable],
]);

/** Returns what the expression asks for, as far as it is understood. */
export function readPattern(pattern: string): Rules {
  const cursor = new Cursor(pattern);
  let rules = noRules;
  cursor.take("^");
  while (cursor.take("(?=") || cursor.take("(?!")) {
    const isNegative = pattern[cursor.at - 1] === "!";
    const inside = cursor.upToEnd();
    if (inside === null) return rules;
    rules = lookahead(rules, inside, isNegative);
  }
  cursor.take("^");
  return body(rules, cursor);
}

/** `(?=.*[a-z])` requires, `(?!.*\s)` forbids, `(?=.{8,}$)` says how long. */
function lookahead(rules: Rules, inside: string, isNegative: boolean): Rules {
  const cursor = new Cursor(inside);
  cursor.take("^");
  const first = cursor.class();
  const times = first === null ? null : cursor.quantifier();
  if (first === null || times === null) return rules;
  if (cursor.isAtEnd || (cursor.take("$") && cursor.isAtEnd)) {
    // A length alone, or the class that all are of.
    if (isNegative || !inside.endsWith("$")) return rules;
    return lengthOf(first === printable ? rules : allow(rules, first), times);
  }
  if (times.min > 0 || times.max !== null) return rules;
  const set = cursor.class();
  if (set === null || cursor.quantifier() === null) return rules;
  if (isNegative) return set === "" || !cursor.isAtEnd ? rules : allow(rules, without(printable, set));
  return set === "" ? rules : { ...rules, required: [...rules.required, set] };
}

/** One class and how often, in a group or not. */
function body(rules: Rules, cursor: Cursor): Rules {
  const isGroup = cursor.take("(?:") || cursor.take("(");
  const set = cursor.class();
  if (set === null || set === "") return rules;
  let times = cursor.quantifier();
  if (isGroup && cursor.take(")")) {
    const outer = cursor.quantifier();
    if (times === null || outer === null) return rules;
    if (outer.max !== 1) times = times.max === 1 ? outer : null;
  }
  cursor.take("$");
  if (times === null || !cursor.isAtEnd) return rules;
  return lengthOf(set === printable ? rules : allow(rules, set), times);
}

interface Times {
  readonly min: number;
  readonly max: number | null;
}

function lengthOf(rules: Rules, { min, max }: Times): Rules {
  const maxLength = max === null ? rules.maxLength : Math.min(max, rules.maxLength ?? max);
  return { ...rules, minLength: Math.max(min, rules.minLength), maxLength };
}

function allow(rules: Rules, set: string): Rules {
  return { ...rules, allowed: rules.allowed === null ? set : setOf(rules.allowed, set) };
}

class Cursor {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.at === this.#text.length;
  }

  take(token: string): boolean {
    if (!this.#text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  /** Takes what stands in a group up to the parenthesis that closes it; null if none does. */
  upToEnd(): string | null {
    const from = this.at;
    let depth = 1;
    let inClass = false;
    for (; this.at < this.#text.length; this.at++) {
      const character = this.#text[this.at];
      if (character === "\\") this.at++;
      else if (inClass) inClass = character !== "]";
      else if (character === "[") inClass = true;
      else if (character === "(") depth++;
      else if (character === ")" && --depth === 0) return this.#text.slice(from, this.at++);
    }
    return null;
  }

  /** Takes a class: `.`, `\d`, `[…]`, or a character that is itself. Null if what comes is none of them. */
  class(): string | null {
    const from = this.at;
    if (this.take(".")) return printable;
    if (this.take("[")) return this.#list() ?? this.#back(from);
    const single = this.#single();
    return single ?? this.#back(from);
  }

  /** Takes `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`, lazy or not; once if there is none. Null if it is none of them. */
  quantifier(): Times | null {
    const found = /[*+?]|\{(\d{1,4})(,(\d{0,4}))?\}/y;
    found.lastIndex = this.at;
    const [all, min, range, max] = found.exec(this.#text) ?? [];
    if (all === undefined) return this.#text[this.at] === "{" ? null : { min: 1, max: 1 };
    this.at += all.length;
    this.take("?");
    if (all === "*") return { min: 0, max: null };
    if (all === "+") return { min: 1, max: null };
    if (all === "?") return { min: 0, max: 1 };
    return { min: Number(min), max: range === undefined ? Number(min) : max === "" ? null : Number(max) };
  }

  #back(from: number): null {
    this.at = from;
    return null;
  }

  #list(): string | null {
    const isNegative = this.take("^");
    let set = "";
    while (!this.take("]")) {
      if (this.isAtEnd) return null;
      const first = this.#member();
      if (first === null) return null;
      if (this.#text[this.at] === "-" && this.#text[this.at + 1] !== "]" && first.length === 1) {
        this.at++;
        const last = this.isAtEnd ? null : this.#member();
        if (last === null || last.length !== 1 || last < first) return null;
        set = union(set, between(first, last));
      } else set = union(set, first);
    }
    return isNegative ? without(printable, set) : setOf(set, printable);
  }

  #member(): string | null {
    if (this.#text[this.at] === "\\") return this.#escaped();
    return this.#text[this.at++] ?? null;
  }

  #single(): string | null {
    const character = this.#text[this.at];
    if (character === undefined) return null;
    if (character === "\\") return this.#escaped();
    if ("^$.*+?()[]{}|".includes(character)) return null;
    this.at++;
    return setOf(character, printable);
  }

  #escaped(): string | null {
    const character = this.#text[this.at + 1];
    if (character === undefined) return null;
    const meant = /[A-Za-z0-9]/.test(character) ? (escapes.get(character) ?? null) : character;
    if (meant !== null) this.at += 2;
    return meant;
  }
}

/** The characters from one to another, printable ones alone. */
function between(first: string, last: string): string {
  return [...printable].filter((character) => first <= character && character <= last).join("");
}
