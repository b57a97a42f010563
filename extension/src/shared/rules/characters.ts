/** Sets of printable ASCII characters, as texts in which none stands twice. Pure. */

/** Printable ASCII without the space, which forms like to cut off. */
export const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join("");

export const lower = "abcdefghijklmnopqrstuvwxyz";
export const upper = lower.toUpperCase();
export const digits = "0123456789";
export const symbols = without(printable, lower + upper + digits);

/** Returns the characters that both sets have. */
export function setOf(one: string, other: string): string {
  return [...one].filter((character) => other.includes(character)).join("");
}

/** Returns the characters of one set that another has not. */
export function without(one: string, other: string): string {
  return [...one].filter((character) => !other.includes(character)).join("");
}

/** Returns the characters of any of the sets. */
export function union(...sets: readonly string[]): string {
  return [...new Set(sets.join(""))].join("");
}

/** Whether a text is of no other characters than those of a set. */
export function allOf(value: string, set: string): boolean {
  return [...value].every((character) => set.includes(character));
}
