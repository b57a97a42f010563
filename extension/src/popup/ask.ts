/** The popup's way to the background. */

import { browser } from "../shared/browser.ts";
import type { Failure, PopupReply, PopupRequests, PopupRequestType } from "../shared/messages.ts";

/** The background could not do what was asked. */
export class AskFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super("kind" in failure ? failure.kind : failure.problem);
    this.name = "AskFailed";
    this.failure = failure;
  }
}

/** Asks the background. Throws AskFailed with the host's refusal or absence. */
export async function ask<T extends PopupRequestType>(
  type: T,
  body: PopupRequests[T][0],
): Promise<PopupRequests[T][1]> {
  const reply = await browser.runtime.sendMessage<unknown, PopupReply<T>>({ type, ...body });
  if ("failure" in reply) throw new AskFailed(reply.failure);
  return reply.ok;
}
