/** The way of our own pages to the background. */

import { browser } from "../browser.ts";
import type { BackgroundReply, BackgroundRequests, BackgroundRequestType, Failure } from "../messages.ts";

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
export async function ask<T extends BackgroundRequestType>(
  type: T,
  body: BackgroundRequests[T][0],
): Promise<BackgroundRequests[T][1]> {
  return await answerOf<T>(browser.runtime.sendMessage<unknown, BackgroundReply<T>>({ type, ...body }));
}

/** Does what asks the background. Returns why it came to nothing, or null. */
export async function failureOf(work: () => Promise<unknown>): Promise<Failure | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AskFailed) return error.failure;
    throw error;
  }
}

/** Returns what a reply of the background says. Throws as {@link ask}. */
export async function answerOf<T extends BackgroundRequestType>(
  sent: Promise<BackgroundReply<T>>,
): Promise<BackgroundRequests[T][1]> {
  const reply = await sent;
  if ("failure" in reply) throw new AskFailed(reply.failure);
  return reply.ok;
}
