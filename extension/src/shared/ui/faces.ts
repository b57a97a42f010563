/**
 * The face of each failure that has a view of its own: what happened, what it means, one button and one command that
 * mend it. Popup, options and first-run page all take their words from here.
 */

import { text } from "../browser.ts";
import { fileKinds } from "../fileKinds.ts";
import type { FileKind } from "../fileKinds.ts";
import type { Failure, Problem } from "../messages.ts";
import { hintFor } from "./failure.ts";

/** A browser in a sandbox looks like a missing program: the person knows which it is, and asks for this face. */
export type FaceName = Problem | FileKind | "sandboxed";

export interface Face {
  /** For whoever asks, and for bug reports. */
  readonly name: FaceName;
  readonly title: string;
  readonly body: string;
  /** What only the host knows: where the changes were kept, or what the newest backup is called. */
  readonly hint: string | null;
  /** What broke by itself is a loss (red); what was never set up is a problem (rust). */
  readonly broke: boolean;
  /** What the button does: asks again, or goes to where a file is chosen. */
  readonly button: "tryAgain" | "chooseFile";
  readonly label: string;
  readonly command: string;
}

interface Mend {
  readonly button?: "chooseFile";
  readonly broke?: true;
  readonly command: (path: string) => string;
}

const doctor = () => "latchkey doctor";
const install = () => "latchkey install";
const unlockOther = () => "latchkey unlock --vault FILE";

const mends: Readonly<Record<FaceName, Mend>> = {
  notInstalled: { command: install },
  sandboxed: { command: install },
  forbidden: { command: install },
  cannotStart: { command: doctor },
  stopped: { command: doctor, broke: true },
  badReply: { command: doctor, broke: true },
  hostTooOld: { command: () => "latchkey --version" },
  extensionTooOld: { command: () => "latchkey --version" },
  hostFailed: { command: doctor, broke: true },
  programGone: { command: () => "bash native-host/build.sh" },
  libraryMissing: { command: () => "sudo apt-get install libargon2-1 libsodium23" },
  vaultMissing: { command: unlockOther, button: "chooseFile", broke: true },
  vaultDamaged: { command: (path) => `ls -l ${quoted(path)}.backup-*`, button: "chooseFile", broke: true },
  vaultUnsupported: { command: unlockOther, button: "chooseFile" },
  vaultTooCostly: { command: unlockOther, button: "chooseFile" },
  vaultReadOnly: { command: (path) => `chmod u+rw ${quoted(path)}` },
  diskFull: { command: (path) => `df -h ${quoted(path)}`, broke: true },
  vaultInUse: { command: () => "latchkey status" },
  vaultChanged: { command: (path) => `ls -l ${quoted(path)}*`, broke: true },
};

/** The names of all faces. */
export const faceNames = Object.keys(mends) as readonly FaceName[];

/** Returns the face of a failure, or null if it is about one request and is said where that was asked. */
export function faceOf(failure: Failure, vault: string, path: string | undefined): Face | null {
  if ("problem" in failure) return problemFace(failure.problem);
  const kind = fileKinds.find((each) => each === failure.kind);
  return kind === undefined ? null : face(kind, vault, path ?? vault, hintFor(failure));
}

/** Returns the face of a host that cannot be reached. */
export function problemFace(problem: Problem | "sandboxed"): Face {
  return face(problem, "", "", null);
}

function face(name: FaceName, vault: string, path: string, hint: string | null): Face {
  const { broke = false, button = "tryAgain", command } = mends[name];
  return {
    name,
    title: text(`face_${name}_title`, vault),
    body: text(`face_${name}_body`, vault),
    hint,
    broke,
    button,
    label: text(`face_${name}_command`),
    command: command(path),
  };
}

/** Returns a path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w/.@%+:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
