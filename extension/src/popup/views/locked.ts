/** Locked: one field, focused, and a key file's for those who have one. Enter unlocks and goes on with the fill that waited. */

import { text } from "../../shared/browser.ts";
import { el, mark } from "../../shared/ui/dom.ts";
import type { State } from "../state.ts";
import { hintFor, vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import { passphraseField, passphraseForm, withProgress } from "../../shared/ui/passphrase.ts";
import { keyFilePart } from "../../shared/ui/pathField.ts";
import type { Actions, Shown } from "./view.ts";

export function lockedView(state: State, actions: Actions): Shown {
  const vault = vaultOf(state.known);
  const pending = state.known?.pending ?? null;
  const field = passphraseField("passphrase", text("passphrase"), text("unlockHint"), "current-password");
  const words = pending === null ? text("unlock") : text("unlockAndFill", pending);
  const button = el("button", { type: "submit", class: "btn primary wide tall" }, words);

  const key = keyFilePart("key-file");

  const submit = async () => {
    if (field.input.readOnly || field.input.value === "") return field.input.focus();
    const more = key.read();
    if (more === null) return;
    field.input.readOnly = true;
    field.say(null);
    await withProgress(button, text("opening"), () => actions.unlock(field.input.value, more.keyFile));
    field.input.readOnly = false;
  };
  const signedIn = state.known?.signedIn ?? null;
  const waits =
    signedIn === null ? null : el("p", { class: "muted small", id: "signed-in" }, text("offerWaits", signedIn));
  const asks = state.known?.passkeyWaits ?? null;
  const device = () => actions.passkey.no({ id: "" }, true);
  const passkey =
    asks === null
      ? null
      : el(
          "div",
          { class: "flow-s", id: "passkey-waits" },
          el("p", { class: "muted small" }, text("passkeyWaits", asks)),
          el("button", { type: "button", class: "btn wide", onclick: device }, text("otherDevice")),
        );
  const parts = [field.node, key.node, button, ...[waits, passkey].filter((each) => each !== null)];
  const form = passphraseForm({ class: "flow-s form" }, submit, ...parts);
  const name = el("p", { class: "muted small cut", title: state.known?.status?.vaultPath ?? vault }, vault);
  const head = el(
    "div",
    { class: "h brand" },
    mark(),
    el("div", { class: "grow" }, el("h1", {}, text("lockedTitle")), name),
  );
  return {
    nodes: [el("main", {}, el("div", { class: "centre" }, head, form))],
    gone: () => {
      field.input.value = "";
    },
    update: ({ failure }) => {
      if (failure === null) return;
      const hint = hintFor(failure);
      field.say(hint === null ? wordsFor(failure, vault) : `${wordsFor(failure, vault)} ${hint}`);
      field.input.focus();
      field.input.select();
    },
    focus: () => field.input.focus(),
  };
}
