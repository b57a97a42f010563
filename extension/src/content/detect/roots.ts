/**
 * Finds the trees in which fields may stand: the document and its shadow roots.
 *
 * No selector finds a shadow host, and looking at every element costs more than all the rest of detection (4 ms at
 * 10,000 elements). So hosts are looked for among the first elements from the top, level by level, where applications
 * built of components keep theirs; only a page that shows one there, or a person's action, pays for all.
 */
import { body, localName, select } from "./dom.ts";

/** The shadow root of an element, open or closed, or `null` without one. Browsers differ in how: the caller knows. */
export type OpenShadowRoot = (host: HTMLElement) => ShadowRoot | null;

// About 0.1 ms, in Firefox 0.8 ms: there each element that a content script touches costs some microseconds.
const MaxElementsFirstLook = 125;
const MaxElements = 200_000;
const MaxRoots = 200;

/**
 * The root and the shadow roots below it, at any depth, in no particular order.
 *
 * @param thorough looks at every element instead of the first 125
 */
export function rootsBelow(
  root: Document | ShadowRoot,
  openShadowRoot: OpenShadowRoot,
  thorough: boolean,
): readonly (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = [root];
  for (let index = 0; index < roots.length && index < MaxRoots; index++) {
    roots.push(...shadowRootsIn(roots[index] as Document | ShadowRoot, openShadowRoot, thorough));
  }
  return roots;
}

function shadowRootsIn(
  root: Document | ShadowRoot,
  openShadowRoot: OpenShadowRoot,
  thorough: boolean,
): readonly ShadowRoot[] {
  const first = thorough ? [] : shadowRootsOf(topElements(root), openShadowRoot);
  if (!thorough && first.length === 0) return first;
  return shadowRootsOf(select<Element>(root, "*"), openShadowRoot);
}

function shadowRootsOf(elements: ArrayLike<Element>, openShadowRoot: OpenShadowRoot): readonly ShadowRoot[] {
  const roots: ShadowRoot[] = [];
  for (let index = 0; index < elements.length && index < MaxElements; index++) {
    const element = elements[index];
    const shadowRoot = element !== undefined && mayHost(element) ? openShadowRoot(element as HTMLElement) : null;
    if (shadowRoot !== null) roots.push(shadowRoot);
  }
  return roots;
}

const hostNames = new Set(
  "article aside blockquote body div footer header main nav p section span h1 h2 h3 h4 h5 h6".split(" "),
);

/** Elements of HTML whose names the platform lets have a shadow root. */
function mayHost(element: Element): boolean {
  // Not the property: a form answers it with its field of that name.
  const name = localName(element);
  return (hostNames.has(name) || name.includes("-")) && element.namespaceURI === "http://www.w3.org/1999/xhtml";
}

/** The elements nearest to the top, level by level: of a document, those of its body. */
function topElements(root: Document | ShadowRoot): readonly Element[] {
  const top = root instanceof Document ? (body(root) ?? root) : root;
  const walker = Document.prototype.createTreeWalker.call(document, top, NodeFilter.SHOW_ELEMENT);
  const elements: Element[] = [];
  for (let next = -1; next < elements.length && elements.length < MaxElementsFirstLook; next++) {
    if (next >= 0) walker.currentNode = elements[next] as Element;
    for (let child = walker.firstChild(); child !== null; child = walker.nextSibling()) {
      if (elements.push(child as Element) >= MaxElementsFirstLook) break;
    }
  }
  return elements;
}
