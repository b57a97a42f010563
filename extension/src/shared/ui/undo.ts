/** The toast after something was taken away, with its Undo. Takes no focus; F6 reaches it; stays while it is pointed at. */

import { text } from "../browser.ts";
import { el, icon } from "./dom.ts";

const shownForMs = 10_000;

export class UndoLine {
  readonly node = el("div", { class: "toasts", role: "status" });
  readonly #ongone: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ongone: () => void) {
    this.#ongone = ongone;
    for (const event of ["pointerenter", "focusin"]) this.node.addEventListener(event, () => clearTimeout(this.#timer));
    for (const event of ["pointerleave", "focusout"]) this.node.addEventListener(event, () => this.#wait());
  }

  /** Says what was taken away. `undo` puts it back. */
  show(words: string, undo: () => void): void {
    const button = el("button", { type: "button", class: "btn", onclick: undo }, text("undo"));
    this.node.replaceChildren(el("div", { class: "toast" }, icon("check"), el("span", {}, words), button));
    this.#wait();
  }

  /** Takes the toast away. */
  hide(): void {
    clearTimeout(this.#timer);
    this.node.replaceChildren();
  }

  /** Puts the focus on Undo. Returns false if there is nothing to undo. */
  focus(): boolean {
    const button = this.node.querySelector("button");
    button?.focus();
    return button !== null;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.node.hasChildNodes()) this.#timer = setTimeout(this.#ongone, shownForMs);
  }
}
