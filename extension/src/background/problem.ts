/** Tells apart why the host cannot be reached, from the browser's words and the host's own. Pure. */

import type { Problem } from "../shared/messages.ts";
import { refusalReasons } from "../shared/protocol.ts";
import type { ChangeRefusal, ErrorKind, RefusalReason, WireError } from "../shared/protocol.ts";

/** The host cannot be reached or is of no use as it stands. */
export class HostProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem);
    this.name = "HostProblem";
    this.problem = problem;
  }
}

/** The host answered a request with an error. */
export class HostRefusal extends Error {
  readonly kind: ErrorKind;
  readonly reason: RefusalReason | ChangeRefusal | undefined;
  readonly hint: string | undefined;
  constructor(error: WireError) {
    super(error.kind);
    this.name = "HostRefusal";
    this.kind = error.kind;
    this.reason = error.reason;
    this.hint = error.hint;
  }
}

// The browsers' own English words; they are not translated. Firefox uses one sentence for "no manifest" and "manifest
// does not name this extension".
const wordsOfBrowsers: readonly [RegExp, Problem][] = [
  [/native messaging host not found|no such native application/i, "notInstalled"],
  [/forbidden/i, "forbidden"],
  [/failed to start/i, "cannotStart"],
  [/error when communicating|exceeds the limit|not valid json|invalid json/i, "badReply"],
];

/** Returns why a port ended. Firefox gives no words at all when the program ended: that is `stopped`. */
export function problemOfDisconnect(words: string): Problem {
  return wordsOfBrowsers.find(([pattern]) => pattern.test(words))?.[1] ?? "stopped";
}

const problemOfKind: Partial<Record<ErrorKind, Problem>> = {
  notAllowed: "forbidden",
  protocolVersion: "versions",
  hostFailed: "hostFailed",
  libraryMissing: "libraryMissing",
  badMessage: "badReply",
  helloFirst: "badReply",
  unknownType: "versions",
};

/** Returns why a fill was refused: one of the reasons for which the popup has words. */
export function whyRefused(refusal: HostRefusal): RefusalReason {
  return refusalReasons.find((reason) => reason === refusal.reason) ?? "noMatch";
}

/** Returns the error to throw for the host's error frame: a problem of the connection, or a refusal of one request. */
export function errorOf(error: WireError): HostProblem | HostRefusal {
  const problem = problemOfKind[error.kind];
  return problem === undefined ? new HostRefusal(error) : new HostProblem(problem);
}
