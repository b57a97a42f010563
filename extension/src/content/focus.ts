/** Where the person is. */

import { shadowRootOf } from "../shared/browser.ts";
import { focusedIn } from "./detect/dom.ts";

/** What has the focus, in whatever shadow root. */
export function focused(): Element | null {
  let found = focusedIn(document);
  for (let root = found && shadowRootOf(found); root; root = found && shadowRootOf(found)) found = focusedIn(root);
  return found;
}
