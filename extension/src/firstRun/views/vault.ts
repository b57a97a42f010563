/** The second tick: a vault is open, because it was made here, unlocked, or chosen from the person's files. */

import { text } from "../../shared/browser.ts";
import { isAboutFile } from "../../shared/fileKinds.ts";
import type { Failure } from "../../shared/messages.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import { faceOf } from "../../shared/ui/faces.ts";
import { sentencesFor, vaultOf } from "../../shared/ui/failure.ts";
import { fileForm } from "../../shared/ui/fileForm.ts";
import { newVaultForm } from "../../shared/ui/newVault.ts";
import { passphraseField, passphraseForm, withProgress } from "../../shared/ui/passphrase.ts";
import { commandField } from "../../shared/ui/problem.ts";
import { keyFilePart } from "../../shared/ui/pathField.ts";
import { segments } from "../../shared/ui/segments.ts";
import { wayOf, waysOf } from "../state.ts";
import type { State, Tick, Way } from "../state.ts";
import { tickFrame } from "./tick.ts";
import type { Actions, TickView } from "./view.ts";

/** A way's form: built when it is chosen, told of failures. */
export interface WayForm {
  readonly node: HTMLElement;
  readonly say: (failure: Failure) => void;
  readonly focus: () => void;
}

export function vaultTick(actions: Actions): TickView {
  const { node, body, show } = tickFrame(2);
  node.id = "vault";
  let shownFor: readonly unknown[] = [];
  let form: WayForm | null = null;
  const update: TickView["update"] = (tick, state) => {
    const { known, failure } = state;
    const way = wayOf(state);
    const status = known?.status ?? null;
    show(tick, tick === "done" ? text("vaultOpen", vaultOf(known)) : text("vaultWanted"), chipOf(tick, state));
    const now = [tick, way, waysOf(state).join(), status?.vaultPath];
    if (now.some((each, index) => each !== shownFor[index])) {
      const hadFocus = body.contains(document.activeElement);
      shownFor = now;
      form = tick === "now" ? formFor(way, state, actions) : null;
      body.replaceChildren(...nodesFor(tick, state, form, actions));
      if (hadFocus) form?.focus();
    }
    if (failure !== null) form?.say(failure);
  };
  return { node, update };
}

function chipOf(tick: Tick, { known }: State): string {
  const items = known?.status?.items;
  return tick === "done" && items !== undefined ? plural("itemCount", items) : "";
}

function nodesFor(tick: Tick, state: State, form: WayForm | null, actions: Actions): readonly Node[] {
  if (tick === "done") {
    const path = state.known?.status?.vaultPath ?? "";
    const onclick = () => actions.choose("file");
    return [
      el("p", { class: "muted long" }, text("vaultOpenBody", path)),
      el("div", { class: "actions" }, el("button", { type: "button", class: "btn sm", onclick }, text("otherVault"))),
    ];
  }
  if (form === null) return [el("p", { class: "muted" }, text("vaultLater"))];
  const way = wayOf(state);
  const vault = vaultOf(state.known);
  const isThere = waysOf(state).includes("unlock");
  const nameOf = (each: Way) => (each === "file" && isThere ? text("otherFile") : text(`way_${each}`, vault));
  const choices = waysOf(state).map((each) => [each, nameOf(each)] as const);
  const ways = segments<Way>({ "aria-label": text("vaultWanted") }, choices, actions.choose);
  ways.show(way);
  return [ways.node, el("p", { class: "muted" }, text(`way_${way}_body`, vault)), form.node];
}

function formFor(way: Way, state: State, actions: Actions): WayForm {
  if (way === "file") {
    const command = commandField(text("orInTerminal"), "latchkey unlock --vault FILE");
    const onclick = () => actions.choose(null);
    const cancel = el("button", { type: "button", class: "btn quiet", onclick }, text("cancel"));
    // Where a vault is open already the person may leave it at that.
    return fileForm(actions.openFile, state.known?.status?.state === "unlocked" ? [cancel] : [], [command]);
  }
  if (way === "unlock") return unlockForm(state, actions);
  const form = newVaultForm(actions.make);
  return { ...form, say: (failure) => form.say(sentencesFor(failure, text("yourVault"))) };
}

function unlockForm(state: State, actions: Actions): WayForm {
  const vault = vaultOf(state.known);
  const field = passphraseField("passphrase", text("passphrase"), text("unlockHint"), "current-password");
  const key = keyFilePart("key-file");
  const button = el("button", { type: "submit", class: "btn primary" }, text("unlock"));
  const trouble = el("div", {});
  const submit = async () => {
    if (field.input.value === "") return field.input.focus();
    const more = key.read();
    if (more === null) return;
    field.say(null);
    trouble.replaceChildren();
    await withProgress(button, text("opening"), () => actions.unlock(field.input.value, more.keyFile));
  };
  const focus = () => {
    field.input.focus();
    field.input.select();
  };
  const say = (failure: Failure) => {
    // What is wrong with the file is no fault of what was typed.
    if (isAboutFile(failure))
      return trouble.replaceChildren(fileBanner(failure, vault, state.known?.status?.vaultPath));
    field.say(sentencesFor(failure, vault));
    focus();
  };
  return { node: passphraseForm({ class: "flow-s" }, submit, field.node, key.node, button, trouble), say, focus };
}

/** Makes the banner for a file that does not open: its face, small. */
function fileBanner(failure: Failure, vault: string, path: string | undefined): HTMLElement {
  const face = faceOf(failure, vault, path);
  const words = face === null ? sentencesFor(failure, vault) : ` ${face.body}`;
  const lines = el("div", { class: "grow" }, el("b", {}, face?.title ?? ""), words);
  return el("div", { class: "banner danger box", role: "alert" }, icon("warning"), lines);
}
