/** What a new password must be, and whether one is. Pure. */

import { allOf, setOf } from "./characters.ts";

/** Sets are texts of printable ASCII characters, none twice. */
export interface Rules {
  readonly minLength: number;
  readonly maxLength: number | null;
  /** null: any character. */
  readonly allowed: string | null;
  /** At least one of each. */
  readonly required: readonly string[];
  /** How often the same character may stand in a row. */
  readonly maxConsecutive: number | null;
}

export const noRules: Rules = { minLength: 0, maxLength: null, allowed: null, required: [], maxConsecutive: null };

/** Whether the page said nothing that a password must be made for. */
export function isAnyPassword({ minLength, maxLength, allowed, required, maxConsecutive }: Rules): boolean {
  return minLength === 0 && maxLength === null && allowed === null && required.length === 0 && maxConsecutive === null;
}

/** Whether a value is as the rules say. Its length is counted as browsers count it. */
export function meets(value: string, rules: Rules): boolean {
  const { minLength, maxLength, allowed, required, maxConsecutive } = rules;
  if (value.length < minLength || value.length > (maxLength ?? value.length)) return false;
  if (allowed !== null && !allOf(value, allowed)) return false;
  if (!required.every((set) => [...value].some((character) => set.includes(character)))) return false;
  return maxConsecutive === null || longestRow(value) <= maxConsecutive;
}

/** Returns the rules that ask for what both ask for. */
export function both(one: Rules, other: Rules): Rules {
  return {
    minLength: Math.max(one.minLength, other.minLength),
    maxLength: least(one.maxLength, other.maxLength),
    allowed:
      one.allowed === null ? other.allowed : other.allowed === null ? one.allowed : setOf(one.allowed, other.allowed),
    required: [...new Set([...one.required, ...other.required])],
    maxConsecutive: least(one.maxConsecutive, other.maxConsecutive),
  };
}

function least(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.min(one, other);
}

function longestRow(value: string): number {
  let [longest, row, before] = [0, 0, ""];
  for (const character of value) {
    row = character === before ? row + 1 : 1;
    longest = Math.max(longest, row);
    before = character;
  }
  return longest;
}
