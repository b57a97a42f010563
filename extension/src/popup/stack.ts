/**
 * Puts views on the page. A view that another one was opened from stays as it is, with what was typed, its scroll and
 * its focus, until somebody comes back to it or it can no longer be reached.
 */

import type { State, View } from "./state.ts";
import type { Shown } from "./views/view.ts";

interface Placed {
  readonly shown: Shown;
  /** What had the focus when another view was put on top, and how far it was scrolled. */
  readonly opener: Element | null;
  readonly scroll: number;
}

export class ViewStack {
  readonly #root: HTMLElement;
  readonly #build: (state: State) => Shown;
  readonly #kept = new Map<View, Placed>();
  #view: View | null = null;
  #shown: Shown | null = null;

  /** @param build Makes the view that the state names. */
  constructor(root: HTMLElement, build: (state: State) => Shown) {
    this.#root = root;
    this.#build = build;
  }

  /** The view that is shown. */
  get shown(): Shown | null {
    return this.#shown;
  }

  /** Shows the state. Returns whether it is another view than before. */
  show(state: State): boolean {
    const { view, below } = state;
    if (this.#shown !== null && isSame(this.#view, view)) {
      this.#view = view;
      this.#shown.update(state);
      return false;
    }
    this.#leave(state);
    for (const [kept, { shown }] of this.#kept) {
      if (kept === view || below.includes(kept)) continue;
      this.#kept.delete(kept);
      shown.gone?.();
    }
    const again = this.#kept.get(view);
    this.#kept.delete(view);
    this.#shown = again?.shown ?? this.#build(state);
    this.#view = view;
    this.#root.replaceChildren(...this.#shown.nodes);
    this.#shown.update(state);
    const main = this.#root.querySelector("main");
    if (again !== undefined && main !== null) main.scrollTop = again.scroll;
    if (again?.opener instanceof HTMLElement && again.opener.isConnected) again.opener.focus({ preventScroll: true });
    else this.#shown.focus();
    return true;
  }

  #leave({ below }: State): void {
    if (this.#shown === null || this.#view === null) return;
    if (!below.includes(this.#view)) return this.#shown.gone?.();
    const scroll = this.#root.querySelector("main")?.scrollTop ?? 0;
    this.#kept.set(this.#view, { shown: this.#shown, opener: document.activeElement, scroll });
  }
}

/** Whether two states show one view: the entered ones are what they are about, the others are one each. */
function isSame(one: View | null, other: View): boolean {
  if (one === other) return true;
  if (one === null || one.is !== other.is) return false;
  return one.is === "loading" || one.is === "problem" || one.is === "create" || one.is === "locked";
}
