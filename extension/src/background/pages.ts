/** What the options and the first-run page may ask of the background. */

import type { PageRequests } from "../shared/pageMessages.ts";
import type { HostConnection } from "./port.ts";
import type { HandlersOf } from "./router.ts";

export function pageHandlers(host: HostConnection): HandlersOf<PageRequests> {
  return {
    settings: async () => await host.request("settings", {}),
  };
}
