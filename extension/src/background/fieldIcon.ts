/** The icon in a field: whether it is wanted there, and what a click on it does. */

import { browser } from "../shared/browser.ts";
import type { IconAnswer } from "../shared/contentMessages.ts";
import { isOn } from "../shared/switches.ts";
import type { PageDocument } from "./documents.ts";
import type { Pause } from "./pause.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal } from "./problem.ts";
import { markTab } from "./tabs.ts";

export interface FieldIconsParts {
  readonly host: HostConnection;
  readonly pause: Pause;
  /** Opens the popup over the active tab. Returns whether it is open. */
  readonly openPopup: () => Promise<boolean>;
}

/** Whether an icon may be shown in a document: not where the person wants nothing of ours, nor without a program behind it. */
export async function mayShowIcon({ host, pause }: FieldIconsParts, { origin }: PageDocument): Promise<boolean> {
  if (!(await isOn("fieldIcon")) || (await pause.on)) return false;
  try {
    return !(await host.request("match", { origin, ancestors: [] })).never;
  } catch (error) {
    if (error instanceof HostProblem) return false;
    // A locked vault can be unlocked there.
    if (error instanceof HostRefusal) return error.kind === "locked";
    throw error;
  }
}

/** Opens the popup for a click on the icon; where the browser does not, marks the toolbar and returns the key that does. */
export async function openByIcon({ openPopup }: FieldIconsParts, { tabId }: PageDocument): Promise<IconAnswer> {
  const opened = await openPopup();
  if (opened) return { opened, key: "" };
  await markTab(tabId);
  const key = (await browser.commands.getAll()).find(({ name }) => name === "_execute_action")?.shortcut ?? "";
  return { opened, key };
}
