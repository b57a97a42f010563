/** A word for how hard a new passphrase is to guess. A hint while typing, never a refusal. Pure. */

export type Strength = "empty" | "weak" | "fair" | "strong";

// Bits that a character adds when it is no repetition: words count less than random characters, which people who
// type a long passphrase hardly use.
const bitsPerLetter = 2.2;
const bitsPerOther = 5;
const fairBits = 40;
const strongBits = 60;

/** Returns the hint's word for a passphrase. */
export function strengthOf(passphrase: string): Strength {
  if (passphrase === "") return "empty";
  const bits = bitsOf(passphrase);
  return bits >= strongBits ? "strong" : bits >= fairBits ? "fair" : "weak";
}

/** Returns about how many bits a typed text has. Repetitions and rows like "abcd" or "1234" add next to nothing. */
export function bitsOf(passphrase: string): number {
  const characters = [...passphrase];
  let bits = 0;
  for (const [index, character] of characters.entries()) {
    const before = characters[index - 1];
    const step = before === undefined ? 2 : Math.abs((character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0));
    if (step <= 1) continue;
    bits += /\p{Ll}|\s/u.test(character) ? bitsPerLetter : bitsPerOther;
  }
  const fresh = new Set(characters).size / Math.max(1, characters.length);
  return fresh < 0.25 ? bits * fresh : bits;
}
