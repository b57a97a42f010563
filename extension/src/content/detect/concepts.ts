/**
 * Turns a text of a page (a label, a name, a button) into the set of concepts
 * that it mentions, by the tables of words.ts.
 *
 * Pure, and linear in the length of the text, which is cut before anything
 * looks at it: pages choose their texts, and some choose 10 MB.
 */
import { stems, wholeWords, type Concept } from "./words.ts";

export type { Concept };

/** A set of concepts as bits: there are 32 at the most, and a page asks for hundreds of sets. */
export type Concepts = number;

export const NoConcepts: Concepts = 0;

/** What is looked at of one text, in UTF-16 units. Longer than any label that means what it says. */
export const MaxTextLength = 160;

const MaxPhraseWords = 5;

// No Latin stem is worth looking for in a shorter word: "otp" and "cvv" stand alone more often than glued.
const MinGluedLength = 6;

/** The longest stem of the tables, in UTF-16 units. */
export const MaxStemLength = 22;

const bits = Object.fromEntries(Object.keys(wholeWords).map((concept, index) => [concept, 1 << index])) as Readonly<
  Record<Concept, number>
>;

/** Whether `concepts` has at least one of `wanted`. */
export function mentions(concepts: Concepts, ...wanted: readonly Concept[]): boolean {
  for (const concept of wanted) {
    if ((concepts & bits[concept]) !== 0) return true;
  }
  return false;
}

/** The concepts that a text mentions; none for an empty text. Only the first {@link MaxTextLength} units count. */
export function conceptsIn(text: string): Concepts {
  if (text === "") return NoConcepts;
  const words = plain(text);
  const lexicon = asciiOnly.test(words) ? (latin ??= load(true)) : (all ??= load(false));
  const tokens = words.split(" ");
  let found = NoConcepts;
  for (let at = 0; at < tokens.length;) {
    let phrase = tokens[at] ?? "";
    let longest = lexicon.phrases.has(phrase) ? phrase : "";
    let length = 1;
    for (let next = at + 1; next < tokens.length && next < at + MaxPhraseWords; next++) {
      phrase += ` ${tokens[next]}`;
      if (!lexicon.phrases.has(phrase)) continue;
      longest = phrase;
      length = next - at + 1;
    }
    if (longest !== "") found |= meaningOf(longest, lexicon);
    // A phrase hides its words ("promo code" is no code), a single word does not hide what is glued inside it.
    if (length === 1) found |= stemsIn(tokens[at] ?? "", lexicon);
    at += length;
  }
  return found;
}

/**
 * The same text for somebody who may not read it: of its words only those are left that the tables know, and the others are as long as
 * they were. It mentions what the text mentions.
 */
export function redacted(text: string): string {
  const words = plain(text);
  if (words === "") return "";
  const isLatin = asciiOnly.test(words);
  const lexicon = isLatin ? (latin ??= load(true)) : (all ??= load(false));
  // Of the same script, because that decides in which words stems are looked for.
  const filler = isLatin ? "x" : "ж";
  const tokens = words.split(" ");
  const told: string[] = [];
  for (let at = 0; at < tokens.length;) {
    let length = Math.min(MaxPhraseWords, tokens.length - at);
    while (length > 0 && !lexicon.phrases.has(tokens.slice(at, at + length).join(" "))) length--;
    if (length === 0) told.push(withStemsOnly(tokens[at] ?? "", lexicon, filler));
    else told.push(...tokens.slice(at, at + length));
    at += Math.max(1, length);
  }
  return told.join(" ");
}

function withStemsOnly(token: string, lexicon: Lexicon, filler: string): string {
  // Numbers are words of their own.
  if (/^\p{N}/u.test(token)) return "0".repeat(token.length);
  if (lexicon === latin && token.length < MinGluedLength) return filler.repeat(token.length);
  let told = "";
  for (let at = 0; at < token.length;) {
    const length = lengthOfStem(token, at, lexicon);
    told += length === 0 ? filler : token.substring(at, at + length);
    at += Math.max(1, length);
  }
  return told;
}

const asciiOnly = /^[\x00-\x7f]*$/;
const wordsOfAscii = /[a-z]+|[0-9]+/g;
const wordsOfAny = /[\p{L}\p{M}]+|\p{N}+/gu;
const letters: Readonly<Record<string, string>> = { ß: "ss", ı: "i", ł: "l", ø: "o", æ: "ae", đ: "d" };

/**
 * The words of a text: lower case, split where letters, digits and camelCase
 * change, without Latin, Greek and Cyrillic accents and Arabic vowel signs,
 * joined by single spaces.
 */
export function plain(text: string): string {
  const cut = text
    .slice(0, MaxTextLength)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
  if (asciiOnly.test(cut)) return (cut.match(wordsOfAscii) ?? []).join(" ");
  const folded = cut
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u064b-\u0655]/g, "")
    .normalize("NFC")
    .replace(/[ßıłøæđ]/g, (letter) => letters[letter] ?? letter);
  return (folded.match(wordsOfAny) ?? []).join(" ");
}

interface Lexicon {
  /** Every entry of every concept: most words of a page are none, and need no second question. */
  readonly phrases: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  readonly minStemLength: number;
  /** The entries of each concept between bars, for the few words that are entries. */
  readonly byConcept: readonly (readonly [concepts: Concepts, entries: string])[];
  /** What the entries met so far mean. */
  readonly meanings: Map<string, Concepts>;
}

// Built at the first text that needs them: most pages have no field, and most fields speak ASCII only. Loading is the
// dearest part of a first look, so the platform fills the sets: a call for each of 2,500 words takes ten times as long.
let latin: Lexicon | undefined;
let all: Lexicon | undefined;

function load(onlyAscii: boolean): Lexicon {
  const [ofWords, ofStems] = [rowsOf(wholeWords, onlyAscii), rowsOf(stems, onlyAscii)];
  return {
    phrases: new Set(
      ofWords
        .map(([, row]) => row)
        .join("|")
        .split("|"),
    ),
    stems: new Set(
      ofStems
        .map(([, row]) => row)
        .join("|")
        .split("|"),
    ),
    minStemLength: onlyAscii ? 3 : 2,
    byConcept: [...ofWords, ...ofStems].map(([concepts, row]) => [concepts, `|${row}|`]),
    meanings: new Map(),
  };
}

function rowsOf(tables: typeof wholeWords | typeof stems, onlyAscii: boolean): readonly [Concepts, string][] {
  return Object.entries(tables).map(([concept, table]: [string, { readonly [language: string]: string }]) => {
    const rows = Object.values(table);
    return [bits[concept as Concept], (onlyAscii ? rows.filter((row) => asciiOnly.test(row)) : rows).join("|")];
  });
}

function meaningOf(entry: string, { byConcept, meanings }: Lexicon): Concepts {
  let meaning = meanings.get(entry);
  if (meaning === undefined) {
    const barred = `|${entry}|`;
    meaning = byConcept.reduce((found, [bit, row]) => (row.includes(barred) ? found | bit : found), NoConcepts);
    meanings.set(entry, meaning);
  }
  return meaning;
}

/** The longest stems in a word, from left to right. */
function stemsIn(token: string, lexicon: Lexicon): Concepts {
  if (lexicon === latin && token.length < MinGluedLength) return NoConcepts;
  let found = NoConcepts;
  for (let at = 0; at < token.length;) {
    const length = lengthOfStem(token, at, lexicon);
    if (length > 0) found |= meaningOf(token.substring(at, at + length), lexicon);
    at += Math.max(1, length);
  }
  return found;
}

/** The length of the longest stem at a place of a word; 0 for none. */
function lengthOfStem(token: string, at: number, { stems, minStemLength }: Lexicon): number {
  let length = Math.min(MaxStemLength, token.length - at);
  while (length >= minStemLength && !stems.has(token.substring(at, at + length))) length--;
  return length >= minStemLength ? length : 0;
}
