/** Why a page has not been filled, and what the detector saw there: for the person who asks. Releases nothing. */

import { isAboutItem } from "../shared/messages.ts";
import type { SeenDocument } from "../shared/contentMessages.ts";
import type { WhyNot, WhyReason } from "../shared/messages.ts";
import { hostOf, originOf } from "../shared/origin.ts";
import type { MatchedItem } from "../shared/protocol.ts";
import { describe, reportedPage } from "./documents.ts";
import type { Documents, PageDocument } from "./documents.ts";
import { recall } from "./memory.ts";
import type { Pause } from "./pause.ts";
import { chooseDocument, fieldsWanted, makesAccount } from "./plan.ts";
import type { HostConnection } from "./port.ts";

export interface WhyParts {
  readonly host: HostConnection;
  readonly documents: Documents;
  readonly pause: Pause;
}

/**
 * Looks at a tab and says what decides.
 * @throws HostRefusal, HostProblem.
 */
export async function whyNot(parts: WhyParts, tab: chrome.tabs.Tab | null): Promise<WhyNot> {
  const top = originOf(tab?.url);
  if (tab?.id === undefined || top === null)
    return { reason: "scheme", host: "", top: "", item: null, documents: [], tab: null };
  const documents = await parts.documents.survey(tab.id);
  const target = chooseDocument(documents);
  const names = { host: hostOf(target?.origin ?? top), top: hostOf(top) };
  const seen = await Promise.all(documents.map(describe));
  const decided = await decide(parts, target, top, seen);
  const last = (await recall(`outcome:${tab.id}`))?.outcome;
  // A refusal that the person has just seen is what they ask about.
  const isTold = last?.kind === "refused" && !isAboutItem(last);
  const said = isTold ? { reason: last.reason, host: last.host, top: last.top } : null;
  return { ...names, ...decided, ...said, documents: seen, tab: tab.id };
}

/** Returns what is seen in the frames of a tab, a page for each that has a form; empty if none has. */
export async function reportOf(documents: Documents, tabId: number): Promise<string> {
  const pages = await Promise.all((await documents.survey(tabId)).map(reportedPage));
  return pages.filter((page) => page !== "").join("\n");
}

async function decide(
  { host, documents, pause }: WhyParts,
  target: PageDocument | null,
  top: string,
  seen: readonly SeenDocument[],
): Promise<{ readonly reason: WhyReason; readonly item: MatchedItem | null }> {
  const ancestors = target === null ? [] : await documents.ancestors(target);
  if (ancestors === null) return { reason: "opaque", item: null };
  const origin = target?.origin ?? top;
  const { items, never } = await host.request("match", { origin, ancestors });
  const item = items[0] ?? null;
  const none = makesAccount(seen) ? "signup" : "noForm";
  const first = (await pause.on) ? "paused" : never ? "never" : target === null ? none : null;
  if (first !== null) return { reason: first, item };
  if (item === null || target === null) return { reason: "noMatch", item };
  const fields = fieldsWanted(target);
  if (fields.includes("code")) return { reason: item.hasCode ? "code" : "noCode", item };
  const { reason } = await host.request("explain", { item: item.id, origin, ancestors, cause: "load", fields });
  return { reason: reason ?? "ready", item };
}
