/** Draws the grid's cells and heads. What keys and the mouse mean there is table.ts's. */

import { text } from "../../shared/browser.ts";
import type { Right } from "../../shared/officeProtocol.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import type { IconName } from "../../shared/ui/icons.ts";
import { cellOf } from "./cells.ts";
import type { Cell } from "./cells.ts";
import type { Draft } from "./draft.ts";
import type { Column, Office, Row } from "./model.ts";
import type { edgesOf, Place, Selection } from "./selection.ts";
import { cellWords } from "./words.ts";

const drawings: Readonly<Record<Right, IconName | null>> = {
  none: null,
  use: "fill",
  read: "reveal",
  write: "edit",
  manage: "manage",
};

/** What the grid shows. */
export interface Shown {
  readonly office: Office;
  readonly draft: Draft;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly selection: Selection;
}

/** The id of a place's element. */
export const idOf = ({ row, column }: Place) => `cell-${row}-${column}`;

/** Returns the place that an element lies in; null if it is none of the grid's. */
export function placeAt(target: EventTarget | null): Place | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return cell === null ? null : { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) };
}

/** Makes the space of columns out of sight. */
export function spaceOf(tag: "th" | "td", width: number): readonly HTMLElement[] {
  if (width <= 0) return [];
  const space = el(tag, { "aria-hidden": "true" });
  space.style.inlineSize = space.style.minInlineSize = `${width}px`;
  return [space];
}

/** Makes the space of rows out of sight. */
export function gapOf(height: number): readonly HTMLElement[] {
  if (height <= 0) return [];
  const gap = el("tr", { "aria-hidden": "true", class: "gap" }, el("td", {}));
  gap.style.blockSize = `${height}px`;
  return [gap];
}

/** Draws a column's head. */
export function headOf(column: Column, index: number, focused: boolean): HTMLElement {
  const { kind, name, size, open, under } = column;
  const isGroup = kind === "group";
  const classes = ["col", isGroup ? "grp" : under === null ? "" : "mem", focused ? "is-focus" : ""];
  return el(
    "th",
    {
      class: classes.filter(Boolean).join(" "),
      scope: "col",
      role: "columnheader",
      id: idOf({ row: -1, column: index }),
      title: name,
      "aria-colindex": index + 2,
      "aria-expanded": isGroup ? String(open) : null,
      "data-row": -1,
      "data-column": index,
    },
    el(
      "span",
      {},
      isGroup && icon(open ? "minus" : "plus", "s"),
      el("span", { class: "cut" }, name),
      isGroup && el("span", { class: "faint" }, ` ${size}`),
    ),
  );
}

/** Draws a row's head. */
export function rowHead(row: Row, at: number, focused: boolean): HTMLElement {
  const { item, title, depth, size, open } = row;
  const folds = item?.kind !== "item";
  const shownTitle = title === "" ? text("gridNoTitle") : title;
  const line = el(
    "span",
    {},
    folds && icon(open ? "down" : "next", "s"),
    item?.kind === "folder" && icon("folder", "s"),
    el("span", { class: "cut", title: shownTitle }, shownTitle),
    item?.removed === true && el("span", { class: "chip" }, text("recycleBin")),
    folds && el("span", { class: "faint small" }, String(size)),
  );
  line.style.paddingInlineStart = `${0.75 + depth * 1 + (folds ? 0 : 0.625)}rem`;
  return el(
    "th",
    {
      class: focused ? "name is-focus" : "name",
      scope: "row",
      role: "rowheader",
      id: idOf({ row: at, column: -1 }),
      "aria-expanded": folds ? String(open) : null,
      "aria-colindex": 1,
      "data-row": at,
      "data-column": -1,
    },
    line,
  );
}

/** Draws a cell. @param edges The rectangle that is chosen. */
export function cellNode(
  { office, draft }: Shown,
  row: Row,
  column: Column,
  place: Place,
  edges: ReturnType<typeof edgesOf>,
  focused: boolean,
): HTMLElement {
  const cell = row.item === null ? null : cellOf(office, draft, row.item, column);
  const isIn =
    edges !== null &&
    place.row >= edges.top &&
    place.row <= edges.bottom &&
    place.column >= edges.left &&
    place.column <= edges.right;
  const several = edges !== null && (edges.top !== edges.bottom || edges.left !== edges.right);
  const classes = [
    column.kind === "group" ? "grp" : column.under === null ? "" : "mem",
    isIn && several ? "sel" : "",
    isIn && several && place.row === edges.top ? "sel-t" : "",
    isIn && several && place.row === edges.bottom ? "sel-b" : "",
    isIn && several && place.column === edges.left ? "sel-l" : "",
    isIn && several && place.column === edges.right ? "sel-r" : "",
    (row.item?.right ?? "manage") === "manage" ? "" : "fixed",
  ];
  return el(
    "td",
    {
      role: "gridcell",
      class: classes.filter(Boolean).join(" "),
      id: idOf(place),
      "aria-colindex": place.column + 2,
      "aria-selected": String(isIn),
      "aria-label": cell === null ? null : `${row.title}, ${column.name}: ${cellWords(office, cell)}`,
      "data-row": place.row,
      "data-column": place.column,
    },
    cell === null ? null : pictureOf(cell, focused ? "is-focus" : ""),
  );
}

/** Draws a right as a cell has it. `more` is a further class. */
export function pictureOf(
  cell: Pick<Cell, "right" | "inherited" | "limited" | "changed" | "lost">,
  more = "",
): HTMLElement {
  const { right, inherited, limited, changed, lost } = cell;
  const drawn = drawings[lost ?? right];
  const classes = [
    "cell",
    lost ?? right,
    inherited ? "inh" : "",
    lost !== null ? "lost" : changed ? "new" : "",
    limited ? "limited" : "",
    more,
  ];
  return el(
    "span",
    { class: classes.filter(Boolean).join(" "), "aria-hidden": "true" },
    el("i", {}, drawn !== null && icon(drawn)),
  );
}
