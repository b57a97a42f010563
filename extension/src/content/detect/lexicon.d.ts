/** The words of words.ts, packed for looking up by lexicon.mjs when a bundle is made. */

import type { Concept } from "./words.ts";

/** The bit of each concept. */
export const bits: Readonly<Record<Concept, number>>;

/** A table of words, by the UTF-16 unit that they begin with. */
export interface Words {
  /** Whole words and phrases: each between a bar and an equals sign, before what it means as a number of base 36. */
  readonly phrases: { readonly [first: string]: string };
  /** The stems in turn with what they mean, the longest first. */
  readonly stems: { readonly [first: string]: readonly (string | number)[] };
}

/** The words of rows in ASCII only. */
export const latin: Words;
/** Those of all other rows. */
export const others: Words;
