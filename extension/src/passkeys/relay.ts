/**
 * The extension's half of the passkey module in a page: passes on what the page's half asks, and what comes back. What the page makes of
 * it is the page's own affair; who asked is told to the background by the browser, and not from here.
 */

import { browser } from "../shared/browser.ts";
import type { ContentMessage } from "../shared/contentMessages.ts";
import { answerEvent, askEvent, hereEvent, meetEvent } from "./wire.ts";
import type { Answer, Question } from "./wire.ts";

/** Chromium's word for it; Firefox has none that scripts could read. */
interface WithPolicy {
  readonly featurePolicy?: { readonly allowsFeature: (name: string) => boolean };
}

const token = crypto.randomUUID();

document.addEventListener(meetEvent, meet);
document.dispatchEvent(new Event(hereEvent));

function meet(event: Event): void {
  const channel = (event as MouseEvent).relatedTarget;
  if (channel === null) return;
  document.removeEventListener(meetEvent, meet);
  event.preventDefault();
  channel.addEventListener(askEvent, (asked) => void pass(channel, (asked as CustomEvent<string>).detail));
}

async function pass(channel: EventTarget, text: string): Promise<void> {
  const { id, request } = JSON.parse(text) as Question;
  if (request.kind === "end") {
    await tell({ type: "passkeyEnd", document: token, question: id });
    return;
  }
  const answer = await tell({
    type: "passkey",
    document: token,
    question: id,
    policy: policyOf(request.kind),
    request,
  });
  channel.dispatchEvent(
    new CustomEvent(answerEvent, { detail: JSON.stringify({ id, answer: answer ?? { is: "native" } }) }),
  );
}

/** Whether the permissions policy lets this document do it. */
function policyOf(kind: "create" | "get"): "allowed" | "forbidden" | "unknown" {
  const { featurePolicy } = document as WithPolicy;
  if (featurePolicy === undefined) return "unknown";
  return featurePolicy.allowsFeature(`publickey-credentials-${kind}`) ? "allowed" : "forbidden";
}

async function tell(message: ContentMessage): Promise<Answer | null> {
  try {
    return await browser.runtime.sendMessage(message);
  } catch {
    return null; // the extension was reloaded or removed: the browser answers by itself
  }
}
// A page that is left, also one that may come back, waits for nothing.
addEventListener("pagehide", () => void tell({ type: "passkeyEnd", document: token }));
