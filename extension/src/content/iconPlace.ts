/** Where the icon stands at a field: inside at its end, before what the page has there, else behind the field. Pure. */

/** In CSS pixels of the window. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Surroundings {
  readonly field: Box;
  /** Where the text in the field ends: the icon never stands over it. Null: it does not stand in the field at all. */
  readonly textEnd: number | null;
  /** Whether text runs from right to left. */
  readonly mirrored: boolean;
  readonly window: { readonly width: number; readonly height: number };
  /** Whether nothing of the page's but the field is at a point. */
  readonly isField: (x: number, y: number) => boolean;
  /** Whether nothing that could be pressed is at a point beside the field. */
  readonly isEmpty: (x: number, y: number) => boolean;
}

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

const largest = 22;
const smallest = 14;
const gap = 5;
/** A page's own buttons in a field, such as the one that shows a password, are at most so many. */
const maxSteps = 4;

/** Returns the icon's place, or null where there is none. */
export function placeOf({ field, textEnd, mirrored, window, isField, isEmpty }: Surroundings): Place | null {
  const height = field.bottom - field.top;
  const side = Math.min(largest, Math.floor(height - 4));
  const middle = field.top + height / 2;
  if (side < smallest || middle < 0 || middle > window.height) return null;
  const at = (left: number): Place => ({ left, top: middle - side / 2, side });

  for (let step = 0; textEnd !== null && step < maxSteps; step++) {
    const inset = gap + step * (side + gap);
    const left = mirrored ? field.left + inset : field.right - inset - side;
    if (mirrored ? left + side + gap > textEnd : left - gap < textEnd) break;
    if ([left, left + side / 2, left + side].every((x) => isField(x, middle))) return at(left);
  }
  const left = mirrored ? field.left - gap - side : field.right + gap;
  const fits = left >= 0 && left + side <= window.width;
  return fits && isEmpty(left + side / 2, middle) ? at(left) : null;
}
