/** What the grid asks of the host: all pages of it, and a change of many items that is followed to its end. */

import { base64url } from "../../shared/base64url.ts";
import { text } from "../../shared/browser.ts";
import type { Failure } from "../../shared/messages.ts";
import type { AccessToSet } from "../../shared/officeProtocol.ts";
import type { Reply } from "../../shared/protocol.ts";
import { ask } from "../../shared/ui/ask.ts";
import type { Page } from "../views/view.ts";
import { officeOf } from "./model.ts";
import type { Office } from "./model.ts";

/** How often the host is asked how a change goes. */
const pollMs = 250;

export type Progress = Reply<"accessStep">;

/** Reads the grid, all pages of it. Throws AskFailed. */
export async function readGrid(office: string): Promise<Office> {
  const first = await ask("grid", { office });
  const items = [...first.items];
  for (let { after } = first; after !== undefined;) {
    const next = await ask("grid", { office, after });
    items.push(...next.items);
    after = next.after;
  }
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  return officeOf(items, first.members ?? [], first.groups ?? [], collator.compare);
}

/** A change on its way. */
export interface Run {
  /** Resolves with how it ended; with a failure if it did not begin or cannot be followed; null if the person gave no passphrase. */
  readonly end: Promise<Progress | { readonly failure: Failure } | null>;
  readonly cancel: () => void;
}

/** Has the host make changes. `follow` hears how they go, first when they began. */
export function runChanges(
  page: Page,
  office: string,
  changes: readonly AccessToSet[],
  follow: (progress: Progress) => void,
): Run {
  const step = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const end = async () => {
    const begun = await page.asking(() => ask("setAccess", { office, step, changes }), text("gridWhyPassphrase"));
    if (begun.is !== "done") return begun.is === "failed" ? { failure: begun.failure } : null;
    let progress = begun.answer;
    follow(progress);
    while (progress.state === "running" || progress.state === "waiting") {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      const next = await page.asking(() => ask("accessStep", { office, step }), text("gridWhyPassphrase"));
      if (next.is !== "done") return next.is === "failed" ? { failure: next.failure } : null;
      progress = next.answer;
      follow(progress);
    }
    return progress;
  };
  const cancel = () =>
    void page.asking(() => ask("accessStep", { office, step, cancel: true }), text("gridWhyPassphrase"));
  return { end: end(), cancel };
}
