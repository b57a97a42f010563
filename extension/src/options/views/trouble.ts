/** Below a setting that could not be saved: why, and the way on; or the passphrase that the host wants first. */

import { text } from "../../shared/browser.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { sentencesFor } from "../../shared/ui/failure.ts";
import { passphraseField, passphraseForm, withProgress } from "../../shared/ui/passphrase.ts";
import type { Setting } from "../settings.ts";
import type { Edit } from "../state.ts";
import type { Actions } from "./view.ts";
import { wordsOf } from "./words.ts";

export interface Trouble {
  readonly node: HTMLElement;
  readonly show: (edit: Edit | null) => void;
}

/** @param leave Takes the focus when what had it goes away. */
export function troublePart(setting: Setting, actions: Actions, leave: () => void): Trouble {
  const node = el("div", { class: "trouble", hidden: true });
  let shown: Edit | null = null;
  let form: Proof | null = null;
  const show = (edit: Edit | null) => {
    if (edit === shown) return;
    const sameForm = form !== null && edit?.is === "passphrase" && edit.value === shown?.value;
    shown = edit;
    node.hidden = edit === null || edit.is === "saving";
    // The form that stands there keeps what was typed; only its error changes.
    if (sameForm) return form?.say(edit);
    const hadFocus = node.contains(document.activeElement);
    form = edit?.is === "passphrase" ? proof(setting, edit, actions) : null;
    if (edit === null || edit.is === "saving") node.replaceChildren();
    else node.replaceChildren(form?.node ?? failed(setting, edit, actions));
    if (form !== null) form.focus();
    else if (hadFocus) leave();
  };
  return { node, show };
}

function failed({ name }: Setting, { value, failure }: Edit, actions: Actions): HTMLElement {
  const again = () => actions.choose(name, value);
  const buttons = el(
    "div",
    { class: "actions" },
    el("button", { type: "button", class: "btn sm", onclick: again }, text("tryAgain")),
    el("button", { type: "button", class: "btn sm quiet", onclick: () => actions.giveUp(name) }, text("keepOld")),
  );
  const words = failure === null ? "" : ` ${sentencesFor(failure, text("yourVault"))}`;
  const lines = el("div", { class: "grow" }, el("b", {}, text("notSaved")), words, buttons);
  return el("div", { class: "banner danger box", role: "alert" }, icon("warning"), lines);
}

interface Proof {
  readonly node: HTMLElement;
  readonly say: (edit: Edit) => void;
  readonly focus: () => void;
}

function proof(setting: Setting, edit: Edit, actions: Actions): Proof {
  const { name } = setting;
  const field = passphraseField(`${name}-passphrase`, text("passphrase"), text("lowersHint"), "current-password");
  const go = el("button", { type: "submit", class: "btn primary" }, text("changeTo", wordsOf(setting, edit.value)));
  const keep = () => actions.giveUp(name);
  const keepOld = el("button", { type: "button", class: "btn quiet", onclick: keep }, text("keepOld"));
  const submit = async () => {
    if (field.input.value === "") return field.input.focus();
    await withProgress(go, text("opening"), () => actions.prove(name, field.input.value));
  };
  const node = passphraseForm({ class: "flow-s" }, submit, field.node, el("div", { class: "actions" }, go, keepOld));
  const focus = () => {
    field.input.focus();
    field.input.select();
  };
  const say = ({ failure }: Edit) => {
    field.say(failure === null ? null : sentencesFor(failure, text("yourVault")));
    focus();
  };
  return { node, say, focus };
}
