/** A connection code: how one goes on with an office whose server has moved or has another key. */

import { text } from "../shared/browser.ts";
import type { Failure } from "../shared/messages.ts";
import type { Office } from "../shared/protocol.ts";
import { ask } from "../shared/ui/ask.ts";
import { field, openDialog } from "../shared/ui/dialog.ts";
import { el, icon } from "../shared/ui/dom.ts";
import { sentencesFor } from "../shared/ui/failure.ts";
import type { Page } from "./views/view.ts";

/** Asks for the code that an owner handed over, and connects by it. */
export function askConnectionCode(office: Office, page: Page): void {
  const code = el("textarea", {
    class: "input code",
    rows: 5,
    required: true,
    maxlength: 2000,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
  });
  const failed = el("p", { class: "hint error", role: "alert", hidden: true });
  const parts = [
    el("p", { class: "muted" }, text("connectBody", office.name)),
    field("connection-code", text("connectCode"), code),
    failed,
  ];
  openDialog(text("connectTitle"), text("connectGo"), parts, async () => {
    failed.hidden = true;
    const asked = await page.asking(
      () => ask("reconnect", { office: office.office, code: code.value }),
      text("connectWhy"),
    );
    if (asked.is === "done") {
      page.refresh();
      return true;
    }
    if (asked.is === "failed") {
      failed.replaceChildren(icon("warning", "s"), el("span", {}, wordsFor(asked.failure, office.name)));
      failed.hidden = false;
      code.focus();
    }
    return false;
  });
}

/** What the host says of a code in the words of one who has it before them. */
function wordsFor(failure: Failure, vault: string): string {
  const reason = "reason" in failure ? failure.reason : undefined;
  if (reason === "wrongCode") return text("connectWrong");
  if (reason === "untrusted") return text("connectUntrusted");
  return sentencesFor(failure, vault);
}
