/** The state of the first-run page and how it changes. Pure: no DOM, no messages. */

import type { Failure } from "../shared/messages.ts";
import type { PageState } from "../shared/pageMessages.ts";

/** How the person comes to an open vault. */
export type Way = "make" | "file" | "unlock";

export interface State {
  /** What the background last said; null until it has. */
  readonly known: PageState | null;
  /** The way that the person chose; null: the one that fits what is there. */
  readonly way: Way | null;
  /** Whether the sample form was ever filled in this browser. */
  readonly filled: boolean;
  /** Why the last attempt at the vault came to nothing. */
  readonly failure: Failure | null;
}

export const start: State = { known: null, way: null, filled: false, failure: null };

export type Change =
  | { readonly type: "opened"; readonly known: PageState }
  | { readonly type: "chose"; readonly way: Way | null }
  | { readonly type: "unlocked" }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "filled" };

/** Returns the state after a change. */
export function reduce(state: State, change: Change): State {
  switch (change.type) {
    case "opened":
      return { ...state, known: change.known };
    case "chose":
      return { ...state, way: change.way, failure: null };
    case "unlocked":
      return { ...state, way: null, failure: null };
    case "failed":
      return { ...state, failure: change.failure };
    case "filled":
      return { ...state, filled: true };
  }
}

/** `waiting`: nobody knows yet. `now`: it is the person's turn. `later`: something before it is not done. */
export type Tick = "waiting" | "now" | "done" | "later";

/** Returns how far each of the three is. */
export function ticksOf(state: State): { readonly program: Tick; readonly vault: Tick; readonly sample: Tick } {
  const { known, filled } = state;
  const program = known === null ? "waiting" : known.problem === null && known.status !== null ? "done" : "now";
  const isOpen = program === "done" && known?.status?.state === "unlocked" && state.way === null;
  const vault = isOpen ? "done" : program === "done" ? "now" : "later";
  return { program, vault, sample: filled ? "done" : isOpen ? "now" : "later" };
}

/** Returns the way to show: what the person chose, else to unlock what is there, else to make a vault. */
export function wayOf({ known, way }: State): Way {
  if (way !== null) return way;
  return known?.status?.state === "noVault" ? "make" : "unlock";
}

/** Returns the ways that can be chosen: without a vault there is none to unlock, and with one none to make. */
export function waysOf({ known }: State): readonly Way[] {
  return known?.status?.state === "noVault" ? ["make", "file"] : ["unlock", "file"];
}
