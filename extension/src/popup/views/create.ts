/** No vault yet: the person chooses its passphrase, twice. */

import { text } from "../../shared/browser.ts";
import { el, mark } from "../../shared/ui/dom.ts";
import { strengthOf } from "../../shared/ui/strength.ts";
import { hintFor, wordsFor } from "../../shared/ui/failure.ts";
import { passphraseField, withProgress } from "../../shared/ui/passphrase.ts";
import type { Actions, Shown } from "./view.ts";

export function createView(actions: Actions): Shown {
  const first = passphraseField("new-passphrase", text("newPassphrase"), text("newPassphraseHint"), "new-password");
  const second = passphraseField("again", text("passphraseAgain"), text("passphraseAgainHint"), "new-password");
  const strength = el("p", { class: "hint strength", role: "status" });
  const button = el("button", { type: "submit", class: "btn primary wide tall" }, text("createVault"));
  first.input.addEventListener("input", () => {
    const word = strengthOf(first.input.value);
    strength.textContent = word === "empty" ? "" : text(`strength_${word}`);
  });

  const submit = async (event: Event) => {
    event.preventDefault();
    first.say(first.input.value === "" ? text("passphraseEmpty") : null);
    if (first.input.value === "") return first.input.focus();
    const same = first.input.value === second.input.value;
    second.say(same ? null : text("passphrasesDiffer"));
    if (!same) return second.input.select();
    await withProgress(button, text("creating"), () => actions.create(first.input.value));
  };
  const fields = el("form", { class: "flow-s form", onsubmit: submit }, first.node, strength, second.node, button);
  const heading = el(
    "div",
    { class: "grow" },
    el("h1", {}, text("createTitle")),
    el("p", { class: "muted small" }, text("createBody")),
  );
  return {
    nodes: [
      el("main", {}, el("div", { class: "centre upper" }, el("div", { class: "h brand" }, mark(), heading), fields)),
    ],
    gone: () => {
      first.input.value = second.input.value = "";
    },
    update: ({ failure }) => {
      if (failure === null) return;
      const hint = hintFor(failure);
      const words = wordsFor(failure, text("yourVault"));
      second.say(hint === null ? words : `${words} ${hint}`);
    },
    focus: () => first.input.focus(),
  };
}
