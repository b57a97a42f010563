/**
 * The few reads of the DOM that the detector does, in a way that a page cannot redirect: a `<form>` answers
 * `form.getAttribute` or `form.parentElement` with its input of that name, and a document does so with its forms and
 * images. So what may be one of them is only read through the prototypes' own getters and methods.
 */

const elementPrototype = Element.prototype;
const parentOf = getterOf(Node.prototype, "parentElement") as (this: Node) => Element | null;
const parentNodeOf = getterOf(Node.prototype, "parentNode") as (this: Node) => ParentNode | null;
const slotOf = getterOf(elementPrototype, "assignedSlot") as (this: Element) => HTMLSlotElement | null;
const localNameOf = getterOf(elementPrototype, "localName") as (this: Element) => string;
const documentElementOf = getterOf(Document.prototype, "documentElement") as (this: Document) => HTMLElement;
const focusedOf = getterOf(Document.prototype, "activeElement") as (this: Document) => Element | null;
const titleOf = getterOf(Document.prototype, "title") as (this: Document) => string;
const bodyOf = getterOf(Document.prototype, "body") as (this: Document) => HTMLElement | null;

export function parentElement(node: Node): Element | null {
  return parentOf.call(node);
}

/** The parent in the tree that is shown: of what stands in a slot, the slot; of the top of a shadow root, its host. */
export function shownParent(element: Element): Element | null {
  const parent = slotOf.call(element) ?? parentNodeOf.call(element);
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}

export function localName(element: Element): string {
  return localNameOf.call(element);
}

export function boxOf(element: Element): DOMRect {
  return elementPrototype.getBoundingClientRect.call(element);
}

export function documentElement(page: Document): HTMLElement {
  return documentElementOf.call(page);
}

/** What has the focus in this tree: each shadow root names its own, and none when the focus is elsewhere. */
export function focusedIn(root: Node): Element | null {
  if (root instanceof ShadowRoot) return root.activeElement;
  return root instanceof Document ? focusedOf.call(root) : null;
}

export function title(page: Document): string {
  return titleOf.call(page);
}

export function body(page: Document): HTMLElement | null {
  return bodyOf.call(page);
}

/** The document or shadow root that an element stands in, or `null` outside of both. */
export function rootOf(element: Element): Document | ShadowRoot | null {
  const root = Node.prototype.getRootNode.call(element);
  return root instanceof Document || root instanceof ShadowRoot ? root : null;
}

/** The attribute, cut to `limit` UTF-16 units; empty without one. */
export function attribute(element: Element, name: string, limit: number): string {
  return (elementPrototype.getAttribute.call(element, name) ?? "").slice(0, limit);
}

export function matches(element: Element, selector: string): boolean {
  return elementPrototype.matches.call(element, selector);
}

export function closest(element: Element, selector: string): Element | null {
  return elementPrototype.closest.call(element, selector);
}

export function contains(ancestor: Node, node: Node): boolean {
  return Node.prototype.contains.call(ancestor, node);
}

/** All elements of a root that match, in document order. Does not enter shadow roots. */
export function select<E extends Element>(root: Document | ShadowRoot, selector: string): ArrayLike<E> {
  const prototype = root instanceof Document ? Document.prototype : DocumentFragment.prototype;
  return prototype.querySelectorAll.call(root, selector) as NodeListOf<E>;
}

export function byId(root: Document | ShadowRoot, id: string): Element | null {
  const prototype = root instanceof Document ? Document.prototype : DocumentFragment.prototype;
  return prototype.getElementById.call(root, id);
}

/** Rendered, not transparent, of a size that one can click, and not moved out of the page to the left or the top. */
export function isVisible(element: Element): boolean {
  const rendered = elementPrototype.checkVisibility.call(element, { visibilityProperty: true, opacityProperty: true });
  if (!rendered) return false;
  const box = boxOf(element);
  const clickable = box.width >= MinFieldPixels && box.height >= MinFieldPixels;
  return clickable && box.right + scrollX > 0 && box.bottom + scrollY > 0 && !isConcealed(element, box);
}

/**
 * Whether a form clips a field away or paints something over it, as forms do with the traps that they set for programs. What
 * covers the whole form, a notice for instance, conceals no field of it. Outside of the view nobody can say.
 */
function isConcealed(field: Element, box: DOMRect): boolean {
  const root = rootOf(field);
  const hit = root?.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) ?? null;
  if (hit === null || hit === field || contains(field, hit) || localName(hit) === "label") return false;
  const { pointerEvents } = getComputedStyle(field);
  if (contains(hit, field)) return pointerEvents !== "none";
  const form = closest(field, "form");
  return form !== null && contains(form, hit) && transparent !== getComputedStyle(hit).backgroundColor;
}

const transparent = "rgba(0, 0, 0, 0)";

const MinFieldPixels = 5;

/** The text below a node, single-spaced, cut to `limit` units, without looking at more than `limit` text nodes. */
export function textOf(node: Node, limit: number): string {
  const walker = Document.prototype.createTreeWalker.call(document, node, NodeFilter.SHOW_TEXT);
  let text = "";
  for (let seen = 0; seen < limit && text.length < limit && walker.nextNode(); seen++) {
    text += ` ${(walker.currentNode as Text).data.slice(0, limit)}`;
  }
  return text.replace(/\s+/g, " ").trim().slice(0, limit);
}

function getterOf(prototype: object, property: string): (this: never) => unknown {
  const getter = Object.getOwnPropertyDescriptor(prototype, property)?.get;
  if (getter === undefined) throw new TypeError(`the platform has no getter for ${property}`);
  return getter;
}
