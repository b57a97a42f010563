/** What stands where the vault's options would while the vault cannot be read: the unlock, the first steps, a problem. */

import { text } from "../../shared/browser.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { vaultOf } from "../../shared/ui/failure.ts";
import { passphraseField, withProgress } from "../../shared/ui/passphrase.ts";
import { problemFace } from "../../shared/ui/faces.ts";
import { problemPanel } from "../../shared/ui/problem.ts";
import { gateOf } from "../state.ts";
import type { State } from "../state.ts";
import type { Actions, Part } from "./view.ts";

export function gatePart(actions: Actions): Part {
  const node = el("div", { class: "card gate" });
  let shown: unknown = null;
  const update = (state: State) => {
    const gate = gateOf(state);
    const now = gate === "problem" ? (state.known?.problem ?? "stopped") : gate;
    node.hidden = gate === "open" || gate === "loading";
    if (now === shown) return;
    shown = now;
    if (gate === "problem")
      node.replaceChildren(problemPanel(problemFace(state.known?.problem ?? "stopped"), actions.retry).node);
    else if (gate === "locked") node.replaceChildren(unlockForm(state, actions));
    else if (gate === "noVault") node.replaceChildren(firstSteps());
    else node.replaceChildren();
  };
  return { node, update };
}

function unlockForm(state: State, actions: Actions): HTMLElement {
  const field = passphraseField("passphrase", text("passphrase"), text("unlockHint"), "current-password");
  const button = el("button", { type: "submit", class: "btn primary" }, text("unlock"));
  const onsubmit = async (event: Event) => {
    event.preventDefault();
    if (field.input.value === "") return field.input.focus();
    field.say(null);
    await withProgress(button, text("opening"), async () => {
      const refused = await actions.unlock(field.input.value);
      if (refused === null) return;
      field.say(refused);
      field.input.focus();
      field.input.select();
    });
  };
  const vault = vaultOf(state.known);
  const title = el("h2", {}, text("lockedTitle"));
  const about = el("p", { class: "muted" }, text("unlockToChange", vault));
  return el("form", { class: "panel flow", onsubmit }, icon("lock", "l"), title, about, field.node, button);
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
