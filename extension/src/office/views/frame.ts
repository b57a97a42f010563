/** What the views have in common: the bar with heading and office, and the place for what went wrong. */

import { text } from "../../shared/browser.ts";
import type { Failure } from "../../shared/messages.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { sentencesFor } from "../../shared/ui/failure.ts";
import type { ViewName } from "../route.ts";

export interface Frame {
  readonly node: HTMLElement;
  readonly title: HTMLElement;
  /** Shows why something came to nothing, in place of what was said before; null for nothing. */
  readonly say: (failure: Failure | null) => void;
}

/** @param bar What stands at the end of the bar. @param parts What stands below it. */
export function frame(view: ViewName, office: string, bar: readonly Node[], ...parts: readonly Node[]): Frame {
  const title = el("h1", { tabindex: -1 }, text(`office_${view}`));
  const head = el("header", { class: "bar" }, title, el("span", { class: "chip server" }, office), ...bar);
  const trouble = el("div", { class: "banner danger", role: "alert", hidden: true });
  const say = (failure: Failure | null) => {
    trouble.hidden = failure === null;
    if (failure !== null)
      trouble.replaceChildren(icon("warning"), el("p", { class: "grow" }, sentencesFor(failure, text("yourVault"))));
  };
  return { node: el("div", { class: "office-view" }, head, trouble, ...parts), title, say };
}
