/** What an entry of the membership log says, in words. */

import { text } from "../shared/browser.ts";
import type { EntryKind } from "../shared/leaverProtocol.ts";
import type { Role } from "../shared/officeProtocol.ts";

/** @param about Whom it is about. @param role The role that it gives. */
export function entryWords(kind: EntryKind, about = "", role: Role = "member"): string {
  switch (kind) {
    case "genesis":
      return text("entryGenesis");
    case "add":
      return text("entryAdd", about, text(`member_${role}`));
    case "role":
      return text("entryRole", about, text(`member_${role}`));
    case "remove":
      return text("entryRemove", about);
    case "rekey":
      return text("entryRekey", about);
    case "group":
      return text("entryGroup");
    case "group-join":
      return text("entryGroupJoin", about);
    case "group-leave":
      return text("entryGroupLeave", about);
    case "group-rekey":
      return text("entryGroupRekey", about);
    case "server":
      return text("entryServer");
  }
}
