/** What every view of the popup is, and what it may ask the popup to do. */

import type { Confirmation, Item } from "../../shared/protocol.ts";
import type { CopiedWhat, Row, State } from "../state.ts";

/** A view is built once when it is entered and follows the state by itself afterwards. */
export interface Shown {
  readonly nodes: readonly Node[];
  /** Follows the state. Keeps focus, selection and scroll. */
  readonly update: (state: State) => void;
  /** Puts the focus where the view starts. */
  readonly focus: () => void;
}

/** What a view can have done. All of them show their failures in the state. */
export interface Actions {
  readonly unlock: (passphrase: string) => Promise<void>;
  readonly create: (passphrase: string) => Promise<void>;
  readonly retry: () => Promise<void>;
  readonly lock: () => void;
  readonly type: (query: string) => void;
  readonly more: () => void;
  readonly move: (by: number) => void;
  readonly select: (index: number) => void;
  /** What a click or Enter on a row does: fills for this site, opens the details elsewhere. */
  readonly choose: (row: Row) => void;
  /** The same for the row that Enter means: the chosen one, once the answer to what was typed is there. */
  readonly chooseSelected: () => void;
  readonly fill: (item: Item, confirmed: readonly Confirmation[]) => void;
  readonly details: (item: Item) => void;
  readonly copy: (what: CopiedWhat, item: Item, field?: string) => void;
  readonly copyText: (value: string) => void;
  readonly reveal: (item: Item, field: string) => Promise<string | null>;
  readonly code: (item: Item) => Promise<{ readonly code: string; readonly remainingSeconds: number } | null>;
  readonly alwaysFill: (item: Item, on: boolean) => void;
  readonly dismiss: () => void;
  readonly clearClipboard: () => void;
  readonly back: () => void;
}
