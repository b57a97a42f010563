/** What stands in the place of a vault when it is asked about: its passphrase, whether to let it go, or why that failed. */

import { text } from "../../shared/browser.ts";
import type { Vault } from "../../shared/protocol.ts";
import type { Failure } from "../../shared/messages.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { sentencesFor, wordsFor } from "../../shared/ui/failure.ts";
import { passphraseField, passphraseForm, withProgress } from "../../shared/ui/passphrase.ts";
import { keyFilePart } from "../../shared/ui/pathField.ts";
import type { State } from "../state.ts";
import type { Actions } from "./view.ts";

/** Returns what to say about a failure with a further vault. The host's hint for a missing file is about the own one. */
export function vaultWords(failure: Failure, name: string): string {
  const isMissing = "kind" in failure && failure.kind === "vaultMissing";
  return isMissing ? wordsFor(failure, name) : sentencesFor(failure, name);
}

interface Question {
  readonly node: HTMLElement;
  /** Shows why what was asked for came to nothing. */
  readonly say: (failure: Failure | null) => void;
  readonly focus: () => void;
}

/** Makes the place. It is empty while nothing is asked. */
export function vaultQuestion(
  id: string,
  actions: Actions,
): { readonly node: HTMLElement; readonly update: (vault: Vault, state: State) => void } {
  const node = el("div", { class: "flow-s" });
  const trouble = el("div", {});
  let is: "passphrase" | "remove" | null = null;
  let question: Question | null = null;
  const update = (vault: Vault, { vaultAsks, vaultFailure }: State) => {
    const asked = vaultAsks !== null && vaultAsks.is !== "add" && vaultAsks.vault === id ? vaultAsks.is : null;
    const failure = vaultFailure?.vault === id ? vaultFailure.failure : null;
    if (asked !== is) {
      const before = is;
      is = asked;
      question =
        asked === null ? null : asked === "remove" ? removal(vault, actions) : passphraseQuestion(vault, actions);
      node.replaceChildren(trouble, ...(question === null ? [] : [question.node]));
      if (question !== null) question.focus();
      else if (vaultAsks === null) opener(node, before)?.focus();
    }
    if (question !== null) question.say(failure);
    trouble.replaceChildren(...(question === null && failure !== null ? [banner(failure, vault.name)] : []));
  };
  node.append(trouble);
  return { node, update };
}

/** The button that opened a question; another one of the vault if it has gone. */
function opener(node: HTMLElement, is: string | null): HTMLElement | null {
  const control = node.closest(".setting")?.querySelector(".control") ?? null;
  return control?.querySelector<HTMLElement>(`[data-asks="${is}"]`) ?? control?.querySelector("button") ?? null;
}

function banner(failure: Failure, name: string): HTMLElement {
  return el("div", { class: "banner danger box", role: "alert" }, icon("warning"), vaultWords(failure, name));
}

function passphraseQuestion({ vault, name }: Vault, actions: Actions): Question {
  const field = passphraseField(
    `pass-${vault}`,
    text("passphraseOf", name),
    text("filePassphraseHint"),
    "current-password",
  );
  const key = keyFilePart(`key-${vault}`);
  const button = el("button", { type: "submit", class: "btn primary" }, text("openFile"));
  const cancel = el(
    "button",
    { type: "button", class: "btn quiet", onclick: () => actions.askVault(null) },
    text("cancel"),
  );
  const submit = async () => {
    if (field.input.value === "") return field.input.focus();
    const more = key.read();
    if (more === null) return;
    // The same refusal again is seen to be a new one.
    say(null);
    await withProgress(button, text("opening"), () => actions.openVault(vault, more.keyFile, field.input.value));
  };
  let said: Failure | null = null;
  const say = (failure: Failure | null) => {
    if (failure === said) return;
    said = failure;
    field.say(failure === null ? null : vaultWords(failure, name));
    if (failure !== null) focus();
  };
  const focus = () => {
    field.input.focus();
    field.input.select();
  };
  const buttons = el("div", { class: "actions" }, button, cancel);
  return {
    node: passphraseForm({ class: "flow-s" }, submit, field.node, key.node, buttons),
    say,
    focus,
  };
}

/** Nothing of the file is lost, and still its items go: the focus is on the safe button. */
function removal({ vault, name }: Vault, actions: Actions): Question {
  const words = text("removeVaultBody", name);
  const keep = el("button", { type: "button", class: "btn", onclick: () => actions.askVault(null) }, text("keepIt"));
  const go = el(
    "button",
    { type: "button", class: "btn danger", onclick: () => void actions.removeVault(vault) },
    text("removeVaultNamed", name),
  );
  const trouble = el("div", {});
  const say = (failure: Failure | null) =>
    trouble.replaceChildren(...(failure === null ? [] : [banner(failure, name)]));
  const node = el(
    "div",
    { class: "flow-s", role: "group", "aria-label": words },
    el("p", {}, words),
    trouble,
    el("div", { class: "actions" }, keep, go),
  );
  return { node, say, focus: () => keep.focus() };
}
