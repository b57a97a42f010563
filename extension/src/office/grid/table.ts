/**
 * The table of the grid: draws the rows and columns that are in sight, and turns keys and the mouse into what a person
 * means. One tab stop: the table has the focus, and names the cell that it is on.
 */

import { text } from "../../shared/browser.ts";
import { rights } from "../../shared/officeProtocol.ts";
import type { Right } from "../../shared/officeProtocol.ts";
import { el } from "../../shared/ui/dom.ts";
import { cellNode, gapOf, headOf, idOf, placeAt, rowHead, spaceOf } from "./draw.ts";
import type { Shown } from "./draw.ts";
import type { Column, Row } from "./model.ts";
import { choose, edgesOf, extend, stepOf, wholeColumn } from "./selection.ts";
import type { Place, Selection, Size } from "./selection.ts";

/** As the sheet has them, in rem and pixels: what is out of sight is reckoned, not measured. */
const rowRem = 1.75;
const rowLinePx = 1;
const columnRem = 2.375;
/** Rows and columns beyond what is seen, so that a little scrolling shows no gap. */
const spare = 6;

export interface TableActions {
  readonly select: (selection: Selection) => void;
  /** Sets a right in the cells that are chosen; null: the next one after that of the cell with the focus. */
  readonly set: (right: Right | null) => void;
  /** Opens or closes a folder, or with `open` to that; false if it is so already. */
  readonly fold: (row: Row, open?: boolean) => boolean;
  readonly foldColumn: (column: Column) => void;
  readonly undo: () => void;
  /** Leads to who can open what has the focus. */
  readonly who: () => void;
}

export class GridTable {
  readonly node: HTMLElement;
  readonly #table: HTMLElement;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  readonly #corner: HTMLElement;
  readonly #actions: TableActions;
  #shown: Shown | null = null;
  #window = "";
  #drags = false;

  /** @param corner What stands in the corner: the search. */
  constructor(corner: HTMLElement, actions: TableActions) {
    this.#actions = actions;
    this.#corner = el("th", { class: "name", scope: "col", role: "columnheader" }, corner);
    this.#head = el("thead", { role: "rowgroup" });
    this.#body = el("tbody", { role: "rowgroup" });
    this.#table = el(
      "table",
      {
        class: "rights",
        role: "grid",
        tabindex: 0,
        id: "grid",
        "aria-label": text("gridLabel"),
        "aria-multiselectable": "true",
      },
      this.#head,
      this.#body,
    );
    this.node = el("div", { class: "grid-scroll", onscroll: () => this.#redraw(false) }, this.#table);
    this.#table.addEventListener("keydown", (event) => this.#key(event));
    this.#table.addEventListener("focus", () => this.#redraw(true));
    this.#table.addEventListener("blur", () => this.#redraw(true));
    this.#table.addEventListener("pointerdown", (event) => this.#press(event));
    this.#table.addEventListener("pointermove", (event) => this.#move(event));
    this.#table.addEventListener("pointerup", () => this.#release(this.#turns));
    this.#table.addEventListener("pointercancel", () => this.#release(false));
    new ResizeObserver(() => this.#redraw(false)).observe(this.node);
  }

  /** Shows a state. The place with the focus comes into view if it is another than before. */
  show(shown: Shown): void {
    const before = this.#shown?.selection.to;
    this.#shown = shown;
    const { to } = shown.selection;
    if (before?.row !== to.row || before.column !== to.column) this.#reveal(to);
    this.#redraw(true);
  }

  focus(): void {
    this.#table.focus({ preventScroll: true });
  }

  get #rem(): number {
    return parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  get #rowHeight(): number {
    return rowRem * this.#rem + rowLinePx;
  }

  get #size(): Size {
    return { rows: this.#shown?.rows.length ?? 0, columns: this.#shown?.columns.length ?? 0 };
  }

  #page(): number {
    return Math.max(1, Math.floor((this.node.clientHeight - this.#head.offsetHeight) / this.#rowHeight) - 1);
  }

  /** Scrolls so that a place is seen clear of the heads. */
  #reveal({ row, column }: Place): void {
    const { node } = this;
    if (row >= 0) {
      const top = row * this.#rowHeight;
      const seen = node.clientHeight - this.#head.offsetHeight - this.#rowHeight;
      if (top < node.scrollTop) node.scrollTop = top;
      else if (top > node.scrollTop + seen) node.scrollTop = top - seen;
    }
    if (column >= 0) {
      const start = column * columnRem * this.#rem;
      const seen = node.clientWidth - this.#corner.offsetWidth - columnRem * this.#rem;
      const at = Math.abs(node.scrollLeft);
      const to = start < at ? start : start > at + seen ? start - seen : at;
      if (to !== at) node.scrollLeft = document.documentElement.dir === "rtl" ? -to : to;
    }
  }

  /** @param anew Whether what is shown changed; else only what is in sight may have. */
  #redraw(anew: boolean): void {
    const shown = this.#shown;
    if (shown === null) return;
    const { node } = this;
    const { rows, columns } = this.#size;
    const columnWidth = columnRem * this.#rem;
    const firstRow = Math.max(0, Math.floor(node.scrollTop / this.#rowHeight) - spare);
    const lastRow = Math.min(rows, firstRow + Math.ceil(node.clientHeight / this.#rowHeight) + 2 * spare);
    const firstColumn = Math.max(0, Math.floor(Math.abs(node.scrollLeft) / columnWidth) - spare);
    const lastColumn = Math.min(columns, firstColumn + Math.ceil(node.clientWidth / columnWidth) + 2 * spare);
    const window = [firstRow, lastRow, firstColumn, lastColumn].join();
    if (!anew && window === this.#window) return;
    this.#window = window;
    const before = firstColumn * columnWidth;
    const after = (columns - lastColumn) * columnWidth;
    const hasFocus = document.activeElement === this.#table;
    const { to } = shown.selection;
    this.#table.setAttribute("aria-rowcount", String(rows + 1));
    this.#table.setAttribute("aria-colcount", String(columns + 1));
    if (to.row < rows && to.column < columns) this.#table.setAttribute("aria-activedescendant", idOf(to));
    const seen = shown.columns.slice(firstColumn, lastColumn);
    const heads = seen.map((column, index) =>
      headOf(column, firstColumn + index, hasFocus && to.row === -1 && to.column === firstColumn + index),
    );
    const headRow = this.#head.firstElementChild ?? el("tr", { role: "row", "aria-rowindex": 1 }, this.#corner);
    headRow.replaceChildren(this.#corner, ...spaceOf("th", before), ...heads, ...spaceOf("th", after));
    if (headRow.parentNode === null) this.#head.append(headRow);
    const edges = edgesOf(shown.selection, this.#size);
    const lines = shown.rows.slice(firstRow, lastRow).map((row, index) => {
      const at = firstRow + index;
      const cells = seen.map((column, offset) => {
        const place = { row: at, column: firstColumn + offset };
        const focused = hasFocus && to.row === at && to.column === place.column;
        return cellNode(shown, row, column, place, edges, focused);
      });
      return el(
        "tr",
        { role: "row", class: row.item?.kind === "item" ? "item" : "folder", "aria-rowindex": at + 2 },
        rowHead(row, at, hasFocus && to.row === at && to.column === -1),
        ...spaceOf("td", before),
        ...cells,
        ...spaceOf("td", after),
      );
    });
    this.#body.replaceChildren(
      ...gapOf(firstRow * this.#rowHeight),
      ...lines,
      ...gapOf((rows - lastRow) * this.#rowHeight),
    );
  }

  #key(event: KeyboardEvent): void {
    const shown = this.#shown;
    if (shown === null || event.target !== this.#table || event.altKey) return;
    if (this.#means(event, shown)) event.preventDefault();
  }

  /** Does what a key means. Returns false if it means nothing here. */
  #means(event: KeyboardEvent, { selection, rows, columns }: Shown): boolean {
    const { key } = event;
    const control = event.ctrlKey || event.metaKey;
    const { to } = selection;
    const row = rows[to.row];
    if (control && key.toLowerCase() === "z") return (this.#actions.undo(), true);
    if (control && key.toLowerCase() === "a") return (this.#actions.select(wholeColumn(selection, this.#size)), true);
    const right = /^[0-4]$/.test(key) && !control ? rights[Number(key)] : undefined;
    if (right !== undefined) return (this.#actions.set(right), true);
    if (key === "Enter" || key === " ") {
      const column = columns[to.column];
      if (to.row === -1 && column?.kind === "group") this.#actions.foldColumn(column);
      else if (to.column === -1 && row !== undefined && row.item?.kind !== "item") this.#actions.fold(row);
      else this.#actions.who();
      return true;
    }
    const rtl = document.documentElement.dir === "rtl";
    const turned = rtl && key === "ArrowLeft" ? "ArrowRight" : rtl && key === "ArrowRight" ? "ArrowLeft" : key;
    // On a folder's own head the arrows open and close it; what is open is left for its first cell.
    if (to.column === -1 && row !== undefined && row.item?.kind !== "item") {
      if (turned === "ArrowLeft") return (this.#actions.fold(row, false), true);
      if (turned === "ArrowRight" && this.#actions.fold(row, true)) return true;
    }
    const place = stepOf(turned, control, to, this.#size, this.#page());
    if (place === null) return false;
    this.#actions.select(event.shiftKey ? extend(selection, place, this.#size) : choose(place, this.#size));
    return true;
  }

  #press(event: PointerEvent): void {
    const shown = this.#shown;
    const place = placeAt(event.target);
    if (shown === null || place === null || event.button !== 0) return;
    event.preventDefault();
    const { selection } = shown;
    const row = shown.rows[place.row];
    const column = shown.columns[place.column];
    this.focus();
    if (place.row === -1 && column?.kind === "group") this.#actions.foldColumn(column);
    if (place.column === -1 && row !== undefined && row.item?.kind !== "item") this.#actions.fold(row);
    if (place.row < 0 || place.column < 0) return this.#actions.select(choose(place, this.#size));
    const isAlone = selection.from.row === selection.to.row && selection.from.column === selection.to.column;
    const again = isAlone && selection.to.row === place.row && selection.to.column === place.column;
    if (event.shiftKey) return this.#actions.select(extend(selection, place, this.#size));
    this.#turns = again && this.#clicked;
    if (!again) this.#actions.select(choose(place, this.#size));
    this.#clicked = true;
    this.#drags = true;
    this.#table.setPointerCapture(event.pointerId);
  }

  /** Whether the mouse chose the cell: the first click on where the focus happens to be changes nothing. */
  #clicked = false;
  /** Whether the mouse is on the cell that it chose before: let go there, it gives the next right; drawn away, it begins a rectangle. */
  #turns = false;

  #release(turns: boolean): void {
    this.#drags = this.#turns = false;
    if (turns) this.#actions.set(null);
  }

  #move(event: PointerEvent): void {
    const shown = this.#shown;
    if (!this.#drags || shown === null) return;
    const frame = this.node.getBoundingClientRect();
    if (event.clientY > frame.bottom) this.node.scrollTop += this.#rowHeight;
    else if (event.clientY < frame.top + this.#head.offsetHeight) this.node.scrollTop -= this.#rowHeight;
    const place = placeAt(document.elementFromPoint(event.clientX, event.clientY));
    if (place === null || place.row < 0 || place.column < 0) return;
    const { to } = shown.selection;
    if (place.row === to.row && place.column === to.column) return;
    this.#turns = false;
    this.#actions.select(extend(shown.selection, place, this.#size));
  }
}
