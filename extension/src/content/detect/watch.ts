/**
 * Says when fields were added to a page, at next to no cost for pages that change all the time.
 *
 * One observer of added nodes, nothing about attributes, no timer. What an attribute reveals is seen when a person
 * goes there: the caller looks again when a field takes the focus.
 */

export interface Watch {
  /** Also watches a shadow root; does nothing for one that is watched already. */
  readonly include: (root: ShadowRoot) => void;
  readonly stop: () => void;
}

/**
 * Calls back once per frame in which inputs, or elements that may bring a shadow root, were added.
 *
 * The check looks only at what was added: asking the page for its inputs after each change would walk the page.
 */
export function watch(root: Document, onInputsAdded: () => void): Watch {
  let asked = false;
  let stopped = false;
  const look = (): void => {
    asked = false;
    if (!stopped) onInputsAdded();
  };
  const observer = new MutationObserver((records) => {
    if (asked || !records.some(bringsInputs)) return;
    asked = true;
    requestAnimationFrame(look);
  });
  const changes = { childList: true, subtree: true };
  observer.observe(root, changes);
  return {
    include: (shadowRoot) => observer.observe(shadowRoot, changes),
    stop: () => {
      stopped = true;
      observer.disconnect();
    },
  };
}

function bringsInputs({ addedNodes }: MutationRecord): boolean {
  for (let index = 0; index < addedNodes.length; index++) {
    const node = addedNodes[index];
    if (node instanceof Element && (isOrHostsInputs(node) || holdsInputs(node))) return true;
  }
  return false;
}

function isOrHostsInputs(element: Element): boolean {
  // Components have a hyphen in their names; their fields may stand in a shadow root.
  return element.localName === "input" || element.localName.includes("-");
}

function holdsInputs(element: Element): boolean {
  return element.firstElementChild !== null && Element.prototype.getElementsByTagName.call(element, "input").length > 0;
}
