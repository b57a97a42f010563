/** The cells that are chosen: a rectangle from where it began to where the focus is. Pure. */

/** A place in the grid. Row and column -1 are the heads. */
export interface Place {
  readonly row: number;
  readonly column: number;
}
export interface Selection {
  readonly from: Place;
  /** Where the focus is. */
  readonly to: Place;
}
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export const start: Selection = { from: { row: 0, column: 0 }, to: { row: 0, column: 0 } };

/** Chooses one place, kept within the grid and its heads. */
export function choose(place: Place, size: Size): Selection {
  const to = within(place, size, -1);
  return { from: to, to };
}

/** Draws the rectangle to another place; the heads are no part of one. */
export function extend({ from }: Selection, place: Place, size: Size): Selection {
  return { from: within(from, size, 0), to: within(place, size, 0) };
}

/** Chooses all of the column that has the focus. */
export function wholeColumn({ to }: Selection, size: Size): Selection {
  const column = Math.max(to.column, 0);
  return { from: { row: 0, column }, to: within({ row: size.rows - 1, column }, size, 0) };
}

/** The rectangle's edges, cells only; null while a head has the focus, or there is no cell. */
export function edgesOf({ from, to }: Selection, size: Size) {
  if (size.rows === 0 || size.columns === 0 || to.row < 0 || to.column < 0) return null;
  const [one, other] = [within(from, size, 0), within(to, size, 0)];
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}

/** Where a key leads to; null for keys that lead nowhere. `page` is how many rows are seen. */
export function stepOf(
  key: string,
  withControl: boolean,
  { row, column }: Place,
  size: Size,
  page: number,
): Place | null {
  switch (key) {
    case "ArrowDown":
      return { row: row + 1, column };
    case "ArrowUp":
      return { row: row - 1, column };
    case "ArrowRight":
      return { row, column: column + 1 };
    case "ArrowLeft":
      return { row, column: column - 1 };
    case "PageDown":
      return { row: Math.min(row + page, size.rows - 1), column };
    case "PageUp":
      return { row: Math.max(row - page, 0), column };
    case "Home":
      return withControl ? { row: 0, column: 0 } : { row, column: 0 };
    case "End":
      return withControl ? { row: size.rows - 1, column: size.columns - 1 } : { row, column: size.columns - 1 };
    default:
      return null;
  }
}

function within({ row, column }: Place, { rows, columns }: Size, least: number): Place {
  return {
    row: Math.max(Math.min(row, rows - 1), least),
    column: Math.max(Math.min(column, columns - 1), least),
  };
}
