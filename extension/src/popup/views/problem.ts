/** What keeps the popup from the vault: the face of the failure, with its name and the extension's version for whoever asks. */

import { browser, text } from "../../shared/browser.ts";
import { el } from "../../shared/ui/dom.ts";
import type { Face } from "../../shared/ui/faces.ts";
import { problemPanel } from "../../shared/ui/problem.ts";
import type { State } from "../state.ts";
import type { Actions, Shown } from "./view.ts";

/** @param faceOf Which face a state has. */
export function problemView(faceOf: (state: State) => Face, actions: Actions): Shown {
  const main = el("main", {});
  const name = el("span", { class: "end mono" });
  let shown: { readonly name: string; readonly fix: HTMLElement } | null = null;
  const footer = el(
    "footer",
    {},
    el("span", { class: "cut" }, text("extensionVersion", browser.runtime.getManifest().version)),
    name,
  );
  return {
    nodes: [main, footer],
    update: (state) => {
      const face = faceOf(state);
      if (shown?.name === face.name) return;
      const hadFocus = shown !== null;
      const { node, fix } = problemPanel(face, () => void actions.retry());
      shown = { name: face.name, fix };
      main.replaceChildren(node);
      name.textContent = face.name;
      if (hadFocus) fix.focus();
    },
    focus: () => shown?.fix.focus(),
  };
}
