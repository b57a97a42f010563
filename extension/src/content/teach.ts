/** Finds the field that the person opened the browser's menu on, and says how it is found again. */

import { shadowRootOf } from "../shared/browser.ts";
import type { TeachAnswer } from "../shared/contentMessages.ts";
import type { TaughtRole } from "../shared/protocol.ts";
import { formOf } from "./detect/index.ts";
import { focused } from "./focus.ts";
import { fingerprintOf, pageOf } from "./taught.ts";
import { isSeen } from "./visible.ts";

export interface Pointed {
  /** Says what the field is that the person pointed at last, or why it cannot be taught. */
  readonly teach: (role: TaughtRole) => TeachAnswer;
  readonly stop: () => void;
}

/** Watches what the person points at. A page cannot point: only the browser's own events count. */
export function watchPointing(): Pointed {
  let pointed: Element | null = null;
  const listener = (event: MouseEvent): void => {
    if (event.isTrusted) pointed = deepest(event);
  };
  addEventListener("contextmenu", listener, { capture: true, passive: true });
  return {
    // A menu that was opened by a key, or on a page that kept the event to itself, is about what has the focus.
    teach: (role) => answer(pointed?.isConnected === true ? pointed : focused(), role),
    stop: () => removeEventListener("contextmenu", listener, { capture: true }),
  };
}

function answer(field: Element | null, role: TaughtRole): TeachAnswer {
  const form = field instanceof HTMLInputElement ? formOf(field) : null;
  if (!(field instanceof HTMLInputElement) || form === null) return { refused: "teachNoField" };
  // Whatever it is called: written there, the password would be read over the person's shoulder.
  if (role === "password" && field.type !== "password") return { refused: "notPassword" };
  if (field.disabled || field.readOnly || !isSeen(field)) return { refused: "hidden" };
  const index = form.fields.findIndex(({ element }) => element === field);
  return { form: fingerprintOf(form), field: index, page: pageOf(location) };
}

/** What an event is about, in whatever shadow root: a closed one names its host. */
function deepest(event: MouseEvent): Element | null {
  const [target] = event.composedPath();
  let found = target instanceof Element ? target : null;
  for (let root = found && shadowRootOf(found); root; root = found && shadowRootOf(found)) {
    const inner: Element | null = root.elementFromPoint(event.clientX, event.clientY);
    if (inner === null || inner === found) break;
    found = inner;
  }
  return found instanceof HTMLInputElement ? found : null;
}
