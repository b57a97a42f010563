/** What each of the ticks is, and what it may have done. */

import type { State, Tick, Way } from "../state.ts";

export interface TickView {
  readonly node: HTMLElement;
  /** Follows the state. Keeps focus and what was typed. */
  readonly update: (tick: Tick, state: State) => void;
}

/** Failures become part of the state. */
export interface Actions {
  readonly retry: () => void;
  /** Null: lets it be as it is. */
  readonly choose: (way: Way | null) => void;
  readonly make: (passphrase: string) => Promise<void>;
  readonly unlock: (passphrase: string, keyFile: string | null) => Promise<void>;
  readonly openFile: (path: string, keyFile: string | null, passphrase: string) => Promise<void>;
  /** Fills the sample form. Returns why not, or null. */
  readonly fillSample: () => string | null;
}
