/**
 * Says when fields were added to a page, at next to no cost for pages that change all the time.
 *
 * One observer of added nodes, nothing about attributes. What an attribute reveals is seen when a person goes there: the
 * caller looks again when a field takes the focus.
 */

import { localName } from "./dom.ts";

/** The page's own work goes first; a person who waits for a fill does not notice so little. */
const maxWaitMs = 50;
/**
 * To hear of one change costs 40 µs. A page that makes more of them in this time is left alone for a while and then looked
 * at once; for twice as long each time that it goes on, up to a second.
 */
const burstMs = 50;
const burstChanges = 16;
const firstRestMs = 100;
const maxRestMs = 1000;

export interface Watch {
  readonly stop: () => void;
}

/**
 * Calls back once per frame at most in which inputs, or elements that may bring a shadow root, were added, or so much was
 * added that nobody looked: when the page has nothing else to do, or a moment later.
 *
 * The check looks only at what was added: asking the page for its inputs after each change would walk the page.
 */
export function watch(root: Document, onInputsAdded: () => void): Watch {
  let asked = false;
  let stopped = false;
  let windowStart = 0;
  let changes = 0;
  let burstAt = -Infinity;
  let restMs = 0;
  const observe = (): void => observer.observe(root, { childList: true, subtree: true });
  const look = (): void => {
    asked = false;
    if (stopped) return;
    observe(); // does nothing where it still observes
    onInputsAdded();
  };
  const ask = (): void => {
    asked = true;
    requestAnimationFrame(() => requestIdleCallback(look, { timeout: maxWaitMs }));
  };
  const observer = new MutationObserver((records) => {
    const now = performance.now();
    if (now - windowStart > burstMs) [windowStart, changes] = [now, 0];
    if (++changes > burstChanges) rest(now);
    else if (!asked && records.some(bringsInputs)) ask();
  });
  const rest = (now: number): void => {
    observer.disconnect();
    // What comes first may be the page itself: it is looked at soon.
    restMs = now - burstAt > 2 * maxRestMs ? 0 : Math.min(Math.max(2 * restMs, firstRestMs), maxRestMs);
    burstAt = now;
    if (!asked) setTimeout(ask, restMs);
    asked = true;
  };
  observe();
  return {
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
  const name = localName(element);
  return name === "input" || name.includes("-");
}

function holdsInputs(element: Element): boolean {
  return element.firstElementChild !== null && Element.prototype.getElementsByTagName.call(element, "input").length > 0;
}
