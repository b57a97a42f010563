/** A part of the list, such as this site's items: its heading and its rows, which change in place. */

import { text } from "../../shared/browser.ts";
import { el } from "../../shared/ui/dom.ts";
import type { Row } from "../state.ts";
import { rowNode } from "./row.ts";
import type { Look, RowNode } from "./row.ts";
import type { Actions } from "./view.ts";

export class Rows {
  readonly heading = el("h2", { class: "group-h" });
  readonly grid = el("div", { class: "rows", role: "grid", "aria-label": text("items") });
  readonly #actions: Actions;
  #rows: RowNode[] = [];

  constructor(actions: Actions) {
    this.#actions = actions;
  }

  /** Its last row; null if there is none. */
  get last(): Element | null {
    return this.grid.lastElementChild;
  }

  /** Writes the heading: a name, and a number at its end. */
  name(name: Node | string, end?: string): void {
    this.heading.replaceChildren(name, ...(end === undefined ? [] : [el("span", { class: "end" }, end)]));
  }

  /** Shows these rows and no others. @param from The index of the first in the whole list. */
  show(rows: readonly Row[], from: number, look: Look): void {
    this.#rows = rows.map((row, at) => {
      const index = from + at;
      const there = this.#rows[at];
      if (there?.show(row, index, look) === true) return there;
      const made = rowNode(row, index, look, this.#actions);
      if (there === undefined) this.grid.append(made.node);
      else there.node.replaceWith(made.node);
      return made;
    });
    while (this.grid.childElementCount > rows.length) this.last?.remove();
  }
}

/** Makes these the children, in this order, and touches none that is in its place already. */
export function place(parent: Element, nodes: readonly Node[]): void {
  for (const child of [...parent.childNodes]) if (!nodes.includes(child)) child.remove();
  for (const [at, node] of nodes.entries()) {
    const there = parent.childNodes[at] ?? null;
    if (there !== node) parent.insertBefore(node, there);
  }
}
