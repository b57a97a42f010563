/**
 * Whether a person can see a field at this moment. Stricter than detection needs, because a password follows: a page
 * that hides fields to harvest them knows more ways than `display: none`.
 */

import { body, boxOf, documentElement, shownParent } from "./detect/dom.ts";

const minFieldPixels = 8;
/** Fainter than this is no field that anybody would type into. */
const minOpacity = 0.1;
/** How many widths of the window a page may reach to the side. */
const maxWidths = 2;
const clipsAll = /inset\((?:[5-9]\d|100)|circle\(0|polygon\(0px 0px, 0px 0px|ellipse\(0/;
const filtersAll = /opacity\(0(?:\.0\d*)?%?\)|opacity\([0-9]%\)/;

/** Returns true if the field is rendered, large enough, on the page, and neither faded nor clipped away. */
export function isSeen(field: Element): boolean {
  if (!field.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  let box = boxOf(field);
  if (!isLargeEnough(box) || !isOnPage(box)) return false;

  let opacity = 1;
  for (let at: Element | null = field; at !== null; at = shownParent(at)) {
    const style = getComputedStyle(at);
    opacity *= Number(style.opacity);
    if (opacity < minOpacity || filtersAll.test(style.filter)) return false;
    if (clipsAll.test(style.clipPath) || isClippedByOldRule(style)) return false;
    if (at === field || at === documentElement(document) || at === body(document)) continue;
    if (style.overflow === "visible" || style.display === "contents") continue;
    // A scroller shows what it can scroll to; a box that hides its overflow shows only itself.
    const scrolls = /auto|scroll/.test(style.overflow);
    box = scrolls ? boxOf(at) : intersection(box, boxOf(at));
    if (!isLargeEnough(box)) return false;
  }
  return true;
}

function isClippedByOldRule({ clip, position }: CSSStyleDeclaration): boolean {
  return (
    clip !== "auto" &&
    (position === "absolute" || position === "fixed") &&
    /rect\((?:0px|1px)?[, ]*(?:0px|1px)/.test(clip)
  );
}

function isLargeEnough({ width, height }: DOMRectReadOnly): boolean {
  return width >= minFieldPixels && height >= minFieldPixels;
}

function isOnPage({ left, right, top, bottom }: DOMRectReadOnly): boolean {
  const height = Math.max(documentElement(document).scrollHeight, innerHeight);
  // People scroll down a long way, but to the side hardly at all: far out there a page keeps what it hides.
  const width = maxWidths * innerWidth;
  return right + scrollX > 0 && bottom + scrollY > 0 && left + scrollX < width && top + scrollY < height;
}

function intersection(one: DOMRectReadOnly, other: DOMRectReadOnly): DOMRect {
  const left = Math.max(one.left, other.left);
  const top = Math.max(one.top, other.top);
  const width = Math.min(one.right, other.right) - left;
  const height = Math.min(one.bottom, other.bottom) - top;
  return new DOMRect(left, top, Math.max(0, width), Math.max(0, height));
}
