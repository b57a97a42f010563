/** Where a site lets people change their password, as sites agreed to say it: "A Well-Known URL for Changing Passwords". Pure. */

import type { ItemUrl } from "../shared/protocol.ts";

/** Returns the address for the first URL of an item that is one of a web site; null if none is. */
export function changePageOf(urls: readonly ItemUrl[]): string | null {
  for (const { url, match } of urls) {
    if (match === "never") continue;
    // People leave the scheme away.
    const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
    if (!URL.canParse(whole)) continue;
    const { protocol, host, hostname } = new URL(whole);
    if (hostname === "") continue;
    // A port of plain http is not one of https.
    if (protocol === "https:") return `https://${host}/.well-known/change-password`;
    if (protocol === "http:") return `https://${hostname}/.well-known/change-password`;
  }
  return null;
}
