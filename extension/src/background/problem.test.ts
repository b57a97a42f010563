import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, HostProblem, HostRefusal, problemOfDisconnect, problemOfNonsense } from "./problem.ts";

// The browsers' sentences, as Chromium 156 and Firefox 153 say them.
const ends: readonly [words: string, problem: string][] = [
  ["Specified native messaging host not found.", "notInstalled"],
  ["No such native application org.latchkey.host", "notInstalled"],
  ["Access to the specified native messaging host is forbidden.", "forbidden"],
  ["Failed to start native messaging host.", "cannotStart"],
  ["Native host has exited.", "stopped"],
  ["Error when communicating with the native messaging host.", "badReply"],
  [
    "Native application tried to send a message of 1048577 bytes, which exceeds the limit of 1048576 bytes.",
    "badReply",
  ],
  ["", "stopped"],
  ["An unexpected error occurred", "stopped"],
];
for (const [words, problem] of ends) {
  test(`"${words}" means ${problem}`, () => assert.equal(problemOfDisconnect(words), problem));
}

test("an error about the connection is a problem of the host", () => {
  const error = errorOf({ kind: "libraryMissing", message: "libargon2 is not installed" });
  assert.ok(error instanceof HostProblem);
  assert.equal(error.problem, "libraryMissing");
});

test("the launcher's word that the program is gone is a problem of its own", () => {
  const error = errorOf({ kind: "programGone", message: "there is no program at /srv/latchkey/dist/latchkey" });
  assert.ok(error instanceof HostProblem);
  assert.equal(error.problem, "programGone");
});

test("an error about one request is a refusal with its reason", () => {
  const error = errorOf({ kind: "refused", message: "no", reason: "frame" });
  assert.ok(error instanceof HostRefusal);
  assert.deepEqual([error.kind, error.reason], ["refused", "frame"]);
});

const nonsense: readonly [theirs: string | undefined, ours: string, problem: string][] = [
  [undefined, "0.1.0", "badReply"],
  ["0.1.0", "0.1.0", "badReply"],
  ["0.0.9", "0.1.0", "hostTooOld"],
  ["0.9.0", "0.10.0", "hostTooOld"],
  ["0.2.0", "0.1.0", "extensionTooOld"],
  ["1.0.0", "0.9.9", "extensionTooOld"],
  ["0.1", "0.1.1", "hostTooOld"],
  ["what", "0.1.0", "extensionTooOld"],
  ["0.1.0+1a2b3c4d5e6f", "0.1.0", "badReply"],
  ["0.1.0+1a2b3c4d5e6f", "0.1.1", "hostTooOld"],
];
for (const [theirs, ours, problem] of nonsense) {
  test(`words that ${ours} does not know, from ${theirs}, mean ${problem}`, () =>
    assert.equal(problemOfNonsense(theirs, ours), problem));
}

const sides: readonly [kind: "protocolVersion" | "unknownType", problem: string][] = [
  ["protocolVersion", "extensionTooOld"],
  ["unknownType", "hostTooOld"],
];
for (const [kind, problem] of sides) {
  test(`${kind} means ${problem}`, () => {
    const error = errorOf({ kind, message: "" });
    assert.ok(error instanceof HostProblem);
    assert.equal(error.problem, problem);
  });
}
