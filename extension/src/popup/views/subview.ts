/** A view below the list: the way back beside its heading, what failed, its content, and below it what Esc does. */

import { text } from "../../shared/browser.ts";
import { el, iconButton } from "../../shared/ui/dom.ts";
import { vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import type { Shown } from "./view.ts";

type Children = readonly (Node | null | false)[];

export interface Subview {
  readonly heading: string;
  readonly content: Children;
  /** Stand behind the heading. */
  readonly buttons?: Children;
  /** Stands at the beginning of the footer. */
  readonly status?: HTMLElement;
  /** Keys besides Esc. */
  readonly keys?: Children;
  readonly back: () => void;
}

/** What was shown is taken away when the view has gone, since it may hold a revealed secret. */
export function subview({ heading: words, content, buttons = [], status, keys = [], back }: Subview): Shown {
  const heading = el("h1", { class: "cut", tabindex: -1, title: words }, words);
  const failed = el("p", { class: "banner danger", role: "alert", hidden: true });
  const main = el("main", { tabindex: -1 }, failed, ...content);
  const hint = el("span", {}, el("kbd", {}, "Esc"), ` ${text("hintBack")}`);
  return {
    nodes: [
      el("header", {}, iconButton("back", text("back"), back, { keys: "Esc" }), heading, ...buttons),
      main,
      el("footer", {}, status ?? false, el("span", { class: "h footnote" }, ...keys, hint)),
    ],
    update: ({ failure, known }) => {
      failed.hidden = failure === null;
      failed.textContent = failure === null ? "" : wordsFor(failure, vaultOf(known));
    },
    focus: () => heading.focus(),
    gone: () => main.replaceChildren(),
  };
}
