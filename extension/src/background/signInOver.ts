/** Tells from what a tab shows whether a sign-in, a sign-up or a change of password went through. Pure. */

import type { SeenDocument, SeenForm } from "../shared/contentMessages.ts";
import type { CapturedForm } from "../shared/protocol.ts";

/**
 * Whether the page still asks for what was sent: the same form once more (it was refused, or has not been answered yet), or the code
 * that follows.
 */
export function stillAsks(sent: CapturedForm, documents: readonly SeenDocument[]): boolean {
  return documents.some(({ forms }) => forms.some((form) => asksFor(sent, form)));
}

function asksFor(sent: CapturedForm, { kind, fields }: SeenForm): boolean {
  const shows = (...roles: readonly string[]): boolean =>
    fields.some(({ role, visible }) => visible && roles.includes(role));
  if (kind === "oneTimeCode") return shows("oneTimeCode");
  switch (sent) {
    case "login":
      return (kind === "login" || kind === "passwordOnly") && shows("currentPassword");
    case "signup":
      return kind === "signup" && shows("newPassword", "currentPassword");
    case "change":
      return kind === "changePassword" && shows("newPassword", "currentPassword");
  }
}
