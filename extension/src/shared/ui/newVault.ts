/** The form that makes a vault: its passphrase twice, with a word for how strong it is. */

import { text } from "../browser.ts";
import { el } from "./dom.ts";
import { passphraseField, passphraseForm, withProgress } from "./passphrase.ts";
import { strengthOf } from "./strength.ts";

export interface NewVaultForm {
  readonly node: HTMLElement;
  /** Shows why the vault was not made. */
  readonly say: (error: string) => void;
  /** Forgets what was typed. */
  readonly clear: () => void;
  readonly focus: () => void;
}

export function newVaultForm(create: (passphrase: string) => Promise<void>): NewVaultForm {
  const first = passphraseField("new-passphrase", text("newPassphrase"), text("newPassphraseHint"), "new-password");
  const second = passphraseField("again", text("passphraseAgain"), text("passphraseAgainHint"), "new-password");
  const strength = el("p", { class: "hint strength", role: "status" });
  const button = el("button", { type: "submit", class: "btn primary wide tall" }, text("createVault"));
  first.input.addEventListener("input", () => {
    const word = strengthOf(first.input.value);
    strength.textContent = word === "empty" ? "" : text(`strength_${word}`);
  });
  const submit = async () => {
    first.say(first.input.value === "" ? text("passphraseEmpty") : null);
    if (first.input.value === "") return first.input.focus();
    const same = first.input.value === second.input.value;
    second.say(same ? null : text("passphrasesDiffer"));
    if (!same) return second.input.select();
    await withProgress(button, text("creating"), () => create(first.input.value));
  };
  return {
    node: passphraseForm({ class: "flow-s form" }, submit, first.node, strength, second.node, button),
    say: second.say,
    clear: () => {
      first.input.value = second.input.value = "";
    },
    focus: () => first.input.focus(),
  };
}
