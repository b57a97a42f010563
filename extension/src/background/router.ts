/** One handler for each message of our own pages. A forgotten one does not compile; a failure is translated here, once. */

import type {
  Failure,
  BackgroundMessage,
  BackgroundReply,
  BackgroundRequests,
  BackgroundRequestType,
} from "../shared/messages.ts";
import { HostProblem, HostRefusal } from "./problem.ts";

/** A handler for each type of message of a list of requests. */
export type HandlersOf<R> = {
  readonly [T in keyof R]: R[T] extends readonly [infer Message, infer Answer]
    ? (message: Message) => Promise<Answer>
    : never;
};
/** A handler for every type of message. */
export type Handlers = HandlersOf<BackgroundRequests>;

/**
 * Answers one message of an own page.
 * @returns The handler's result or the host's failure in words; null for a message that is not for the background (the offscreen page's).
 * @throws what is neither the host's refusal nor its absence: our bug.
 */
export async function route(
  handlers: Handlers,
  message: BackgroundMessage,
): Promise<BackgroundReply<BackgroundRequestType>> {
  type Answer = BackgroundRequests[BackgroundRequestType][1];
  const handler = handlers[message.type] as (message: BackgroundMessage) => Promise<Answer>;
  try {
    return { ok: await handler(message) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

/** Whether the handlers know a message's type. */
export function isKnownMessage(handlers: Handlers, message: unknown): message is BackgroundMessage {
  const type = (message as { readonly type?: unknown } | null)?.type;
  return typeof type === "string" && Object.hasOwn(handlers, type);
}

function failureOf(error: unknown): Failure {
  if (error instanceof HostProblem) return { problem: error.problem };
  if (!(error instanceof HostRefusal)) throw error;
  const { kind, reason, file, seconds } = error;
  return {
    kind,
    ...(reason === undefined ? {} : { reason }),
    ...(file === undefined ? {} : { file }),
    ...(seconds === undefined ? {} : { seconds }),
  };
}
