/** What the options and the first-run page ask of the background, besides what the popup asks. */

import type { Reply } from "./protocol.ts";

/** The pages' requests and the replies to them. */
export interface PageRequests {
  readonly settings: [object, Reply<"settings">];
}
