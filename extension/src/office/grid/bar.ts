/** The bar below the grid: what the draft comes to, applying it with progress and a way to stop, and what was refused. */

import { text } from "../../shared/browser.ts";
import type { Reply } from "../../shared/protocol.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import { knownProgress } from "../rows.ts";

export interface BarActions {
  readonly undo: () => void;
  readonly discard: () => void;
  readonly apply: () => void;
  readonly cancel: () => void;
  readonly showChanged: () => void;
}

/** What the bar says. */
export type BarState =
  | { readonly is: "nothing" }
  | {
      readonly is: "draft";
      readonly words: string;
      readonly second: string;
      readonly changes: number;
      readonly items: number;
    }
  | { readonly is: "applying"; readonly step: Reply<"accessStep"> | null };

export class PreviewBar {
  readonly node = el("div", {
    class: "preview",
    role: "region",
    "aria-label": text("gridPending"),
    "aria-live": "polite",
    hidden: true,
  });
  readonly #actions: BarActions;
  #said = "";

  constructor(actions: BarActions) {
    this.#actions = actions;
  }

  show(state: BarState): void {
    const now = JSON.stringify(state);
    if (now === this.#said) return;
    this.#said = now;
    this.node.hidden = state.is === "nothing";
    if (state.is === "draft") this.node.replaceChildren(...this.#draft(state));
    else if (state.is === "applying") this.node.replaceChildren(...this.#applying(state.step));
    else this.node.replaceChildren();
  }

  #draft({ words, second, changes, items }: BarState & { readonly is: "draft" }): readonly Node[] {
    const { undo, discard, apply, showChanged } = this.#actions;
    const link = el(
      "button",
      { type: "button", class: "link small", onclick: showChanged },
      plural("gridShowAll", items),
    );
    return [
      icon("warning", "l"),
      el(
        "div",
        {},
        el("p", {}, el("b", { class: "strong", id: "preview-words" }, words)),
        el("p", { class: "small muted" }, `${plural("gridPendingCount", changes)} ${second} `, items > 0 && link),
      ),
      el(
        "div",
        { class: "actions" },
        el(
          "button",
          { type: "button", class: "btn quiet", onclick: undo },
          icon("undo"),
          text("undo"),
          el("kbd", {}, "Ctrl Z"),
        ),
        el("button", { type: "button", class: "btn", onclick: discard }, text("gridDiscard")),
        el(
          "button",
          { type: "button", class: "btn primary", id: "apply", onclick: apply },
          plural("gridApply", changes),
        ),
      ),
    ];
  }

  #applying(step: Reply<"accessStep"> | null): readonly Node[] {
    const done = step?.done ?? 0;
    const total = step?.total ?? 0;
    const words = step?.state === "waiting" ? text("gridWaiting") : text("gridApplying", done, total);
    return [
      icon("again", "l"),
      el(
        "div",
        { class: "flow-s" },
        el("p", {}, el("b", { class: "strong" }, words)),
        knownProgress(words, done, total),
      ),
      el(
        "div",
        { class: "actions" },
        el("button", { type: "button", class: "btn", onclick: this.#actions.cancel }, text("gridStop")),
      ),
    ];
  }
}
