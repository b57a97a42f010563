/** No vault yet: the person chooses its passphrase, twice. */

import { text } from "../../shared/browser.ts";
import { el, mark } from "../../shared/ui/dom.ts";
import { sentencesFor } from "../../shared/ui/failure.ts";
import { newVaultForm } from "../../shared/ui/newVault.ts";
import type { Actions, Shown } from "./view.ts";

export function createView(actions: Actions): Shown {
  const form = newVaultForm(actions.create);
  const heading = el(
    "div",
    { class: "grow" },
    el("h1", {}, text("createTitle")),
    el("p", { class: "muted small" }, text("createBody")),
  );
  const brand = el("div", { class: "h brand" }, mark(), heading);
  return {
    nodes: [el("main", {}, el("div", { class: "centre upper" }, brand, form.node))],
    gone: form.clear,
    update: ({ failure }) => {
      if (failure !== null) form.say(sentencesFor(failure, text("yourVault")));
    },
    focus: form.focus,
  };
}
