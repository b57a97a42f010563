/** The toast: what was copied and when it clears, or what was done and its undo. Takes no focus; F6 reaches its button. */

import { text } from "../shared/browser.ts";
import { el, icon } from "../shared/ui/dom.ts";
import { phaseOf } from "./codeTime.ts";
import type { CodeTime } from "./codeTime.ts";
import type { Toast } from "./state.ts";
import type { Actions } from "./views/view.ts";

const tickMs = 1000;
const doneForMs = 6000;

export class ToastLine {
  readonly #host: HTMLElement;
  readonly #actions: Actions;
  readonly #ongone: () => void;
  #shown: Toast | null = null;
  #node: HTMLElement | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: HTMLElement, actions: Actions, ongone: () => void) {
    this.#host = host;
    this.#actions = actions;
    this.#ongone = ongone;
  }

  /** Follows the state: null takes the toast away. */
  update(toast: Toast | null): void {
    if (toast === this.#shown) {
      // A new view has replaced the host's children.
      if (this.#node !== null && !this.#node.isConnected) this.#host.append(this.#node);
      return;
    }
    clearInterval(this.#timer);
    const hadFocus = this.#node?.contains(document.activeElement) === true;
    this.#node?.remove();
    if (hadFocus) this.#host.querySelector<HTMLElement>("#search, h1[tabindex]")?.focus();
    this.#node = null;
    this.#shown = toast;
    if (toast === null) return;
    this.#node =
      toast.is === "copied" ? this.#copied(toast) : toast.is === "done" ? this.#done(toast) : this.#codeWaits(toast);
    this.#host.append(this.#node);
  }

  /** Puts the focus on the toast's button. Returns false if there is none. */
  focus(): boolean {
    const button = this.#node?.querySelector("button") ?? null;
    button?.focus();
    return button !== null && this.#node?.isConnected === true;
  }

  #copied({ what, clearsAt, forMs, code }: Toast & { readonly is: "copied" }): HTMLElement {
    const words = el("span", { class: "grow", role: "status" });
    const drain = el("i", { class: "drain" });
    // Announced once; the seconds that follow are for the eye.
    const tick = () => {
      const left = clearsAt - Date.now();
      if (left <= 0) return this.#ongone();
      words.replaceChildren(text(`copied_${what}`), " ");
      const times = [...(code === undefined ? [] : [codeWords(code)]), text("clearsIn", Math.ceil(left / 1000))];
      words.append(el("span", { "aria-hidden": "true" }, times.join(" ")));
      drain.style.inlineSize = `${Math.min(100, (left / forMs) * 100)}%`;
    };
    tick();
    this.#timer = setInterval(tick, tickMs);
    const { clearClipboard } = this.#actions;
    const button = el("button", { type: "button", class: "btn", onclick: clearClipboard }, text("clearNow"));
    return el("div", { class: "toast" }, icon("check"), words, button, drain);
  }

  #codeWaits({ until }: Toast & { readonly is: "codeWaits" }): HTMLElement {
    const words = el("span", { class: "grow", role: "status" }, text("codeWaits"));
    this.#timer = setInterval(() => {
      if (Date.now() >= until) this.#ongone();
    }, tickMs);
    return el("div", { class: "toast" }, icon("timeLimited"), words);
  }

  #done({ done, name, undo }: Toast & { readonly is: "done" }): HTMLElement {
    const words = el("span", { class: "grow", role: "status" }, text(`done_${done}`, name));
    const takeBack = () => undo !== null && this.#actions.items.undo(undo);
    const button =
      undo === null ? null : el("button", { type: "button", class: "btn", onclick: takeBack }, text("undo"));
    const node = el("div", { class: "toast" }, icon("check"), words, button);
    // Stays while somebody is about to use it.
    let left = doneForMs;
    this.#timer = setInterval(() => {
      if (!node.matches(":hover, :focus-within")) left -= tickMs;
      if (left <= 0) this.#ongone();
    }, tickMs);
    return node;
  }
}

function codeWords(code: CodeTime): string {
  const { is, seconds } = phaseOf(code, Date.now());
  return text(`code_${is}`, seconds);
}
