/** What the panels of the members view are made of alike. */

import { text } from "../../shared/browser.ts";
import { el } from "../../shared/ui/dom.ts";
import type { Actions } from "./actions.ts";

/** The head of a panel: what it is about, its name, and a line or more below. The name takes the focus when the panel is shown. */
export function panelHead(label: string, name: string, ...below: readonly (string | false)[]): HTMLElement {
  return el(
    "section",
    { class: "flow-s" },
    el("p", { class: "label" }, label),
    el("h2", { tabindex: -1 }, name),
    ...below.map((words) => words !== false && el("p", { class: "muted" }, words)),
  );
}

/** The button that leaves a panel without having done anything. */
export function leaveButton(actions: Actions): HTMLElement {
  return el(
    "button",
    { type: "button", class: "btn quiet", onclick: () => actions.choose({ is: "none" }) },
    text("cancel"),
  );
}
