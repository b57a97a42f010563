/** One handler for each message of the popup. A forgotten one does not compile; a failure is translated here, once. */

import type { Failure, PopupMessage, PopupReply, PopupRequests, PopupRequestType } from "../shared/messages.ts";
import { HostProblem, HostRefusal } from "./problem.ts";

/** A handler for every type of message. */
export type Handlers = {
  readonly [T in PopupRequestType]: (message: PopupRequests[T][0]) => Promise<PopupRequests[T][1]>;
};

/**
 * Answers one message of the popup.
 * @returns The handler's result or the host's failure in words; null for a message of another page (the offscreen one).
 * @throws what is neither the host's refusal nor its absence: our bug.
 */
export async function route(handlers: Handlers, message: PopupMessage): Promise<PopupReply<PopupRequestType>> {
  const handler = handlers[message.type] as (message: PopupMessage) => Promise<PopupRequests[PopupRequestType][1]>;
  try {
    return { ok: await handler(message) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

/** Whether the popup's handlers know a message's type. */
export function isPopupMessage(handlers: Handlers, message: unknown): message is PopupMessage {
  const type = (message as { readonly type?: unknown } | null)?.type;
  return typeof type === "string" && Object.hasOwn(handlers, type);
}

function failureOf(error: unknown): Failure {
  if (error instanceof HostProblem) return { problem: error.problem };
  if (!(error instanceof HostRefusal)) throw error;
  const { kind, reason, hint } = error;
  return { kind, ...(reason === undefined ? {} : { reason }), ...(hint === undefined ? {} : { hint }) };
}
