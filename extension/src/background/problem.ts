/** Tells apart why the host cannot be reached, from the browser's words and the host's own. Pure. */

import type { Problem } from "../shared/messages.ts";
import { refusalReasons } from "../shared/refusals.ts";
import type { WireError } from "../shared/protocol.ts";
import type { ErrorKind, RefusalReason } from "../shared/refusals.ts";

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
  readonly reason: WireError["reason"];
  readonly file: string | undefined;
  readonly seconds: number | undefined;
  constructor(error: WireError) {
    super(error.kind);
    this.name = "HostRefusal";
    this.kind = error.kind;
    this.reason = error.reason;
    this.file = error.file;
    this.seconds = error.seconds;
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
  // There is no version below 1, which this extension speaks: a host that speaks none of ours is newer.
  protocolVersion: "extensionTooOld",
  hostFailed: "hostFailed",
  programGone: "programGone",
  libraryMissing: "libraryMissing",
  badMessage: "badReply",
  helloFirst: "badReply",
  unknownType: "hostTooOld",
};

/** Returns why a fill was refused: one of the reasons for which the popup has words. */
export function whyRefused(refusal: HostRefusal): RefusalReason {
  return refusalReasons.find((reason) => reason === refusal.reason) ?? "noMatch";
}

/**
 * Returns what it means that the host's words are not those of this extension: one of the two is older, or neither.
 * @param theirs The host's version; undefined if it never said it.
 */
export function problemOfNonsense(theirs: string | undefined, ours: string): Problem {
  if (theirs === undefined) return "badReply";
  // What follows a plus sign names the build, and no version.
  const [their, our] = [theirs, ours].map((version) => version.replace(/\+.*/, "").split(".").map(Number)) as [
    number[],
    number[],
  ];
  const at = our.findIndex((number, index) => number !== their[index]);
  if (at === -1) return "badReply";
  return (their[at] ?? 0) < (our[at] ?? 0) ? "hostTooOld" : "extensionTooOld";
}

/** Returns the error to throw for the host's error frame: a problem of the connection, or a refusal of one request. */
export function errorOf(error: WireError): HostProblem | HostRefusal {
  const problem = problemOfKind[error.kind];
  return problem === undefined ? new HostRefusal(error) : new HostProblem(problem);
}
