/** The host cannot be reached: the problem, with its name and the extension's version for whoever asks. */

import { browser, text } from "../../shared/browser.ts";
import type { Problem } from "../../shared/messages.ts";
import { el } from "../../shared/ui/dom.ts";
import { problemPanel } from "../../shared/ui/problem.ts";
import type { Actions, Shown } from "./view.ts";

export function problemView(problem: Problem, actions: Actions): Shown {
  const { node, fix } = problemPanel(problem, () => void actions.retry());
  const footer = el(
    "footer",
    {},
    el("span", { class: "cut" }, text("extensionVersion", browser.runtime.getManifest().version)),
    el("span", { class: "end mono" }, problem),
  );
  return { nodes: [el("main", {}, node), footer], update: () => {}, focus: () => fix.focus() };
}
