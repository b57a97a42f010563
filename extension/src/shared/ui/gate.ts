/** What stands on a page where the vault's content would while it cannot be read: the unlock, the first steps, a problem. */

import { text } from "../browser.ts";
import type { PageState } from "../pageMessages.ts";
import { el, icon } from "./dom.ts";
import { problemFace } from "./faces.ts";
import { vaultOf } from "./failure.ts";
import { passphraseField, passphraseForm, withProgress } from "./passphrase.ts";
import { keyFilePart } from "./pathField.ts";
import { problemPanel } from "./problem.ts";

export interface GateActions {
  /** Returns the words for why the vault did not open, or null if it did. */
  readonly unlock: (passphrase: string, keyFile: string | null) => Promise<string | null>;
  readonly retry: () => void;
}

/** Returns what stands in the vault's place: nothing, the unlock, the way to a first vault, or a problem. */
export function gateOf(known: PageState | null): "loading" | "problem" | "noVault" | "locked" | "open" {
  if (known === null) return "loading";
  if (known.problem !== null || known.status === null) return "problem";
  if (known.status.state === "noVault") return "noVault";
  return known.choices === null ? "locked" : "open";
}

/** @param why Says what the vault of that name is to be unlocked for. */
export function gatePart(actions: GateActions, why: (vault: string) => string) {
  const node = el("div", { class: "card gate" });
  let shown: unknown = null;
  const update = (known: PageState | null) => {
    const gate = gateOf(known);
    const problem = known?.problem ?? "stopped";
    const now = gate === "problem" ? problem : gate;
    node.hidden = gate === "open" || gate === "loading";
    if (now === shown) return;
    shown = now;
    if (gate === "problem") node.replaceChildren(problemPanel(problemFace(problem), actions.retry).node);
    else if (gate === "locked") node.replaceChildren(unlockForm(why(vaultOf(known)), actions));
    else if (gate === "noVault") node.replaceChildren(firstSteps());
    else node.replaceChildren();
  };
  return { node, update };
}

function unlockForm(why: string, actions: GateActions): HTMLElement {
  const field = passphraseField("passphrase", text("passphrase"), text("unlockHint"), "current-password");
  const key = keyFilePart("key-file");
  const button = el("button", { type: "submit", class: "btn primary" }, text("unlock"));
  const submit = async () => {
    if (field.input.value === "") return field.input.focus();
    const more = key.read();
    if (more === null) return;
    field.say(null);
    await withProgress(button, text("opening"), async () => {
      const refused = await actions.unlock(field.input.value, more.keyFile);
      if (refused === null) return;
      field.say(refused);
      field.input.focus();
      field.input.select();
    });
  };
  const title = el("h2", {}, text("lockedTitle"));
  const about = el("p", { class: "muted" }, why);
  const parts = [icon("lock", "l"), title, about, field.node, key.node, button];
  return passphraseForm({ class: "panel flow" }, submit, ...parts);
}

function firstSteps(): HTMLElement {
  return el(
    "div",
    { class: "panel flow" },
    icon("lock", "l"),
    el("h2", {}, text("noVaultTitle")),
    el("p", { class: "muted" }, text("noVaultBody")),
    el("a", { class: "btn primary", href: "firstRun.html#vault" }, text("firstSteps")),
  );
}
