/**
 * Turns a text of a page (a label, a name, a button) into the set of concepts
 * that it mentions, by the tables of words.ts.
 *
 * Pure, and linear in the length of the text, which is cut before anything
 * looks at it: pages choose their texts, and some choose 10 MB.
 */
import { bits, latin, others, type Words } from "./lexicon.js";
import type { Concept } from "./words.ts";

export type { Concept };

/** A set of concepts as bits: there are 32 at the most, and a page asks for hundreds of sets. */
export type Concepts = number;

export const NoConcepts: Concepts = 0;

/** What is looked at of one text, in UTF-16 units. Longer than any label that means what it says. */
export const MaxTextLength = 160;

const MaxPhraseWords = 5;

// No Latin stem is worth looking for in a shorter word: "otp" and "cvv" stand alone more often than glued.
const MinGluedLength = 6;

/** The set of one concept. */
export function bitOf(concept: Concept): Concepts {
  return bits[concept];
}

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
  let found = known.get(words);
  if (found === undefined) {
    if (known.size >= MaxKnown) known.clear();
    found = lookedUp(words);
    known.set(words, found);
  }
  return found;
}

/**
 * What words mean that were looked up before: a form asks for each of its own several times, and for all of them at the next look. Words
 * and not the texts that they came from, which may be slices of 10 MB.
 */
const known = new Map<string, Concepts>();
const MaxKnown = 1000;

function lookedUp(words: string): Concepts {
  const lexicon = lexiconOf(words);
  const tokens = words.split(" ");
  let found = NoConcepts;
  for (let at = 0; at < tokens.length;) {
    const length = lengthOfPhrase(tokens, at, lexicon);
    if (length > 0) found |= meaningOf(tokens.slice(at, at + length).join(" "), lexicon);
    // A phrase hides its words ("promo code" is no code), a single word does not hide what is glued inside it.
    if (length < 2) found |= stemsIn(tokens[at] ?? "", lexicon);
    at += Math.max(1, length);
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
  const lexicon = lexiconOf(words);
  // Of the same script, because that decides in which words stems are looked for.
  const filler = lexicon === ofLatin ? "x" : "ж";
  const tokens = words.split(" ");
  const told: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const length = lengthOfPhrase(tokens, at, lexicon);
    if (length === 0) told.push(withStemsOnly(tokens[at] ?? "", lexicon, filler));
    else told.push(...tokens.slice(at, at + length));
    at += Math.max(1, length);
  }
  return told.join(" ");
}

function withStemsOnly(token: string, lexicon: Lexicon, filler: string): string {
  // Numbers are words of their own.
  if (/^\p{N}/u.test(token)) return "0".repeat(token.length);
  if (lexicon === ofLatin && token.length < MinGluedLength) return filler.repeat(token.length);
  let told = "";
  for (let at = 0; at < token.length;) {
    const { length } = stemAt(token, at, lexicon);
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

/** The tables in which a text is looked up: a word means what it means in any of them. */
type Lexicon = readonly Words[];

const ofLatin: Lexicon = [latin];
const ofAll: Lexicon = [latin, others];

/** Most texts speak ASCII only, in which no other script's words are looked for. */
function lexiconOf(words: string): Lexicon {
  return asciiOnly.test(words) ? ofLatin : ofAll;
}

/** How many of the tokens from `at` on are the longest phrase; 0 if not even the first one is a word of the tables. */
function lengthOfPhrase(tokens: readonly string[], at: number, lexicon: Lexicon): number {
  let longest = 0;
  let phrase = "";
  for (let length = 1; length <= MaxPhraseWords && at + length <= tokens.length; length++) {
    phrase += `${length === 1 ? "" : " "}${tokens[at + length - 1]}`;
    let goesOn = false;
    for (const { phrases } of lexicon) {
      const words = phrases[phrase.charAt(0)] ?? "";
      if (words.includes(`|${phrase}=`)) longest = length;
      goesOn ||= words.includes(`|${phrase} `);
    }
    if (!goesOn) break;
  }
  return longest;
}

function meaningOf(phrase: string, lexicon: Lexicon): Concepts {
  let meaning = NoConcepts;
  for (const { phrases } of lexicon) {
    const words = phrases[phrase.charAt(0)] ?? "";
    const at = words.indexOf(`|${phrase}=`);
    if (at >= 0) meaning |= parseInt(words.slice(at + phrase.length + 2, at + phrase.length + 2 + MaxDigits), 36);
  }
  return meaning;
}

/** 32 bits in base 36; a bar, or the end, stands behind. */
const MaxDigits = 7;

/** What the longest stems in a word mean, from left to right. */
function stemsIn(token: string, lexicon: Lexicon): Concepts {
  if (lexicon === ofLatin && token.length < MinGluedLength) return NoConcepts;
  let found = NoConcepts;
  for (let at = 0; at < token.length;) {
    const { length, meaning } = stemAt(token, at, lexicon);
    found |= meaning;
    at += Math.max(1, length);
  }
  return found;
}

const noStem = { length: 0, meaning: NoConcepts };

/** The longest stem at a place of a word, in whichever table, and what it means in all of them. */
function stemAt(token: string, at: number, lexicon: Lexicon): { readonly length: number; readonly meaning: Concepts } {
  let longest = noStem;
  for (const { stems } of lexicon) {
    const here = stems[token.charAt(at)] ?? [];
    for (let index = 0; index < here.length; index += 2) {
      const [stem, meaning] = [here[index] as string, here[index + 1] as number];
      if (stem.length < longest.length) break;
      if (!token.startsWith(stem, at)) continue;
      longest = { length: stem.length, meaning: stem.length === longest.length ? longest.meaning | meaning : meaning };
      break;
    }
  }
  return longest;
}
