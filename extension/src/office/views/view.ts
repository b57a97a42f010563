/** What every view of the office page is, and what the page does for it. */

import type { Office } from "../../shared/protocol.ts";
import type { Asked } from "../../shared/ui/asking.ts";
import type { ViewName } from "../route.ts";

/** A view: built when it is shown first, of one office, and gone when another office is chosen. */
export interface View {
  readonly node: HTMLElement;
  /** Puts the focus where the view starts. */
  readonly focus: () => void;
  /** Called when the view is shown, and whenever something may have changed at the host. Keeps focus, selection and scroll. */
  readonly update: (office: Office) => void;
  /** What a person would lose by leaving the page now; absent: nothing. */
  readonly holds?: () => boolean;
}

/** What the page does for its views. */
export interface Page {
  /** Asks through `work`, with the passphrase first where the host wants it. `what` says what for, as a sentence. */
  readonly asking: <T>(work: () => Promise<T>, what: string) => Promise<Asked<T>>;
  /** Asks for the offices again: something was changed. */
  readonly refresh: () => void;
  /** Says what was done, for ten seconds, with a way back. */
  readonly offerUndo: (words: string, undo: () => void) => void;
  /** Shows a number beside a view's name in the side bar; null for none. */
  readonly count: (view: ViewName, count: number | null) => void;
}

/** Makes a view of one office. */
export type MakeView = (office: Office, page: Page) => View;
