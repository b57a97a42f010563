/**
 * The way to the host for what concerns an office. What only somebody may do who gave the passphrase within the last five
 * minutes asks for it in a dialog, and then goes on.
 */

import { text } from "../browser.ts";
import type { Failure } from "../messages.ts";
import { ask, AskFailed } from "./ask.ts";
import { el } from "./dom.ts";
import { sentencesFor } from "./failure.ts";
import { passphraseField, passphraseForm, withProgress } from "./passphrase.ts";
import { showDialog } from "./dialog.ts";

/** What became of something that was asked: an answer, a failure, or neither because the person gave no passphrase. */
export type Asked<T> =
  | { readonly is: "done"; readonly answer: T }
  | { readonly is: "failed"; readonly failure: Failure }
  | { readonly is: "givenUp" };

/**
 * Asks the host through `work`; where it wants the passphrase first, asks the person for it and then goes on.
 * @param what Says what the passphrase is for, as a sentence.
 */
export async function asking<T>(work: () => Promise<T>, what: string): Promise<Asked<T>> {
  for (;;) {
    try {
      return { is: "done", answer: await work() };
    } catch (error) {
      if (!(error instanceof AskFailed)) throw error;
      if (!wantsPassphrase(error.failure)) return { is: "failed", failure: error.failure };
      if (!(await givenPassphrase(what))) return { is: "givenUp" };
    }
  }
}

function wantsPassphrase(failure: Failure): boolean {
  return "kind" in failure && failure.kind === "refused" && failure.reason === "passphrase";
}

/** The dialog that is open, if one is: whoever else needs the passphrase meanwhile waits for the same answer. */
let open: Promise<boolean> | null = null;

/** Resolves with whether the passphrase was given. The focus returns to what had it. */
function givenPassphrase(what: string): Promise<boolean> {
  open ??= askAgain(what).finally(() => {
    open = null;
  });
  return open;
}

function askAgain(what: string): Promise<boolean> {
  return new Promise((resolve) => {
    const field = passphraseField("again", text("passphrase"), text("officePassphraseHint"), "current-password");
    const go = el("button", { type: "submit", class: "btn primary" }, text("officeGoOn"));
    const cancel = el("button", { type: "button", class: "btn quiet", onclick: () => dialog.close() }, text("cancel"));
    let given = false;
    const submit = async () => {
      if (field.input.value === "") return field.input.focus();
      field.say(null);
      await withProgress(go, text("opening"), async () => {
        try {
          await ask("openVault", { passphrase: field.input.value });
          given = true;
        } catch (error) {
          if (!(error instanceof AskFailed)) throw error;
          field.say(sentencesFor(error.failure, text("yourVault")));
          field.input.select();
        }
      });
      if (given) dialog.close();
    };
    const form = passphraseForm(
      { class: "flow" },
      submit,
      el("h2", { id: "again-title" }, text("officePassphraseTitle")),
      el("p", { class: "muted", id: "again-what" }, what),
      field.node,
      el("div", { class: "actions" }, cancel, go),
    );
    const dialog = showDialog("again-title", "again-what", form, () => {
      field.input.value = "";
      resolve(given);
    });
    field.input.focus();
  });
}
