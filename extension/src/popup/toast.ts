/** The toast: what was copied and when it clears. Takes no focus; F6 reaches its button. */

import { text } from "../shared/browser.ts";
import { el, icon } from "../shared/ui/dom.ts";
import type { Toast } from "./state.ts";

const tickMs = 1000;

export class ToastLine {
  readonly #host: HTMLElement;
  readonly #onclear: () => void;
  readonly #ongone: () => void;
  #shown: Toast | null = null;
  #node: HTMLElement | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: HTMLElement, onclear: () => void, ongone: () => void) {
    this.#host = host;
    this.#onclear = onclear;
    this.#ongone = ongone;
  }

  /** Follows the state: null takes the toast away. */
  update(toast: Toast | null): void {
    // A new view may have replaced the host's children.
    if (toast === this.#shown && (toast === null || this.#node?.isConnected)) return;
    clearInterval(this.#timer);
    this.#node?.remove();
    this.#shown = toast;
    if (toast === null) return;
    const words = el("span", { class: "grow", role: "status" });
    const drain = el("i", { class: "drain" });
    const button = el("button", { type: "button", class: "btn", onclick: this.#onclear }, text("clearNow"));
    this.#node = el("div", { class: "toast" }, icon("check"), words, button, drain);
    this.#host.append(this.#node);
    const total = Math.max(1, toast.clearsAt - Date.now());
    // Announced once; the seconds that follow are for the eye.
    const tick = () => {
      const left = toast.clearsAt - Date.now();
      if (left <= 0) return this.#ongone();
      words.replaceChildren(text(`copied_${toast.what}`), " ");
      words.append(el("span", { "aria-hidden": "true" }, text("clearsIn", Math.ceil(left / 1000))));
      drain.style.inlineSize = `${Math.min(100, (left / total) * 100)}%`;
    };
    tick();
    this.#timer = setInterval(tick, tickMs);
  }

  /** Puts the focus on the toast's button. Returns false if there is no toast. */
  focus(): boolean {
    const button = this.#node?.querySelector("button") ?? null;
    button?.focus();
    return button !== null && this.#node?.isConnected === true;
  }
}
