/**
 * Strict parsers: `unknown` in, a typed value out. What a page or the host sends passes through one of these before
 * anything else looks at it. An unknown member, a missing one or a wrong type throws; nothing is repaired.
 */

/** The outside sent something that is not a message. Names the place, never the value, which may be a secret. */
export class ParseError extends Error {
  constructor(path: string, expected: string) {
    super(`${path}: expected ${expected}`);
    this.name = "ParseError";
  }
}

/** Returns the value typed, or throws {@link ParseError} naming `path`. */
export type Parser<T> = (value: unknown, path: string) => T;

/** A member that may be absent (but never null or undefined when it is there). */
export interface Optional<T> {
  readonly optional: Parser<T>;
}

type Member = Parser<unknown> | Optional<unknown>;
type Shape = Readonly<Record<string, Member>>;
type OptionalKeys<S extends Shape> = { [K in keyof S]: S[K] extends Optional<unknown> ? K : never }[keyof S];

/** What {@link object} returns for a shape. */
export type Parsed<S extends Shape> = {
  readonly [K in Exclude<keyof S, OptionalKeys<S>>]: S[K] extends Parser<infer T> ? T : never;
} & {
  readonly [K in OptionalKeys<S>]?: S[K] extends Optional<infer T> ? T : never;
};

/** Any string, also an empty one. */
export const string: Parser<string> = (value, path) => {
  if (typeof value !== "string") throw new ParseError(path, "a string");
  return value;
};

/** true or false. */
export const boolean: Parser<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw new ParseError(path, "true or false");
  return value;
};

/** A whole number from 0 to 2^53-1. */
export const count: Parser<number> = (value, path) => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw new ParseError(path, "a count");
  return value;
};

/** A finite number. */
export const number: Parser<number> = (value, path) => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new ParseError(path, "a number");
  return value;
};

/** One of the given words. */
export function oneOf<const W extends readonly string[]>(...words: W): Parser<W[number]> {
  return (value, path) => {
    if (typeof value !== "string" || !words.includes(value)) throw new ParseError(path, words.join(" or "));
    return value;
  };
}

/** A string that the whole of `pattern` accepts; `what` names it in the error. */
export function matching(pattern: RegExp, what: string): Parser<string> {
  return (value, path) => {
    if (typeof value !== "string" || !pattern.test(value)) throw new ParseError(path, what);
    return value;
  };
}

/** A list of at most `limit` elements. */
export function list<T>(element: Parser<T>, limit = Number.MAX_SAFE_INTEGER): Parser<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > limit) throw new ParseError(path, `a list of at most ${limit}`);
    return value.map((each, index) => element(each, `${path}[${index}]`));
  };
}

/** A value, or null. */
export function nullable<T>(parser: Parser<T>): Parser<T | null> {
  return (value, path) => (value === null ? null : parser(value, path));
}

/** One of several objects, told apart by a word in the member `name`. */
export function variants<V extends Readonly<Record<string, Parser<unknown>>>>(
  name: string,
  parsers: V,
): Parser<ReturnType<V[keyof V]>> {
  return (value, path) => {
    const word = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    if (typeof word !== "string" || !Object.hasOwn(parsers, word))
      throw new ParseError(`${path}.${name}`, "a known word");
    return (parsers[word] as Parser<ReturnType<V[keyof V]>>)(value, path);
  };
}

/** A member that may be absent. */
export function optional<T>(parser: Parser<T>): Optional<T> {
  return { optional: parser };
}

/** An object with exactly the members of `shape`. */
export function object<S extends Shape>(shape: S): Parser<Parsed<S>> {
  const members = Object.entries(shape);
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ParseError(path, "an object");
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(shape, name)) throw new ParseError(`${path}.${name}`, "no such member");
    }
    const result: Record<string, unknown> = {};
    for (const [name, member] of members) {
      const present = Object.hasOwn(value, name);
      if (typeof member === "function") {
        if (!present) throw new ParseError(`${path}.${name}`, "a value");
        result[name] = member((value as Record<string, unknown>)[name], `${path}.${name}`);
      } else if (present) {
        result[name] = member.optional((value as Record<string, unknown>)[name], `${path}.${name}`);
      }
    }
    return result as Parsed<S>;
  };
}
