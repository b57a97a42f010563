/** What the panels of the members view can do. */

import type { Failure } from "../../shared/messages.ts";
import type { Office } from "../../shared/protocol.ts";
import type { Page } from "../views/view.ts";
import type { Choice, People } from "./state.ts";

export interface Actions {
  readonly office: () => Office;
  readonly people: () => People | null;
  readonly choose: (choice: Choice) => void;
  /** Makes a change; `what` says what the passphrase is for. Returns whether it was made. */
  readonly change: (work: () => Promise<People>, what: string) => Promise<boolean>;
  readonly page: Page;
  readonly say: (failure: Failure | null) => void;
  /** Somebody was removed: what is to be done now stands in another view. */
  readonly removed: () => void;
  /** Shows an invitation, once. */
  readonly invited: (panel: HTMLElement) => void;
}
