/** The words for what went wrong: one sentence each, the interface's own, from the host's kinds and reasons. */

import { text } from "../browser.ts";
import type { Failure, Outcome } from "../messages.ts";
import { officeFailures } from "../officeProtocol.ts";
import type { Status } from "../protocol.ts";

/** Returns what people know the vault by: its file's name, or "your vault" before the host has said it. */
export function vaultOf(known: { readonly status: Status | null } | null): string {
  const { vaultPath, vaultName } = known?.status ?? {};
  return vaultPath?.split(/[/\\]/).at(-1) ?? vaultName ?? text("yourVault");
}

/** Returns what to say about a failed request. `vault` is the vault's name, for the kinds that are about it. */
export function wordsFor(failure: Failure, vault: string): string {
  if ("problem" in failure) return text(`face_${failure.problem}_title`);
  const { reason } = failure;
  if (failure.kind === "office") {
    const refusal = officeFailures.find((each) => each === reason);
    if (refusal !== undefined) return text(`office_error_${refusal}`);
  }
  if (reason === "same" || reason === "tooMany") return text(`vault_${reason}`, vault);
  if (reason === "useOnly") return text("officeUseOnly");
  if (reason === "noRight") return text("officeNoRight");
  if (reason === "shared") return text("officeShared");
  if (reason === "ended") return text("officeEnded");
  if (reason === "officeFolder") return text("officeFolder");
  return text(`error_${failure.kind}`, vault);
}

/** Returns the sentence that names what only the host knows about a failure (a file, a wait), or null if there is none. */
export function hintFor(failure: Failure): string | null {
  if ("problem" in failure) return null;
  const { kind, file, seconds } = failure;
  if (kind === "rateLimited" && seconds !== undefined) return text("hintWait", seconds);
  if (kind === "vaultMissing" && file !== undefined) return text("hintBackup", file);
  if (kind === "vaultChanged" && file !== undefined) return text("hintBeside", file);
  return null;
}

/** Returns what to say about a failed request, with what only the host knows. */
export function sentencesFor(failure: Failure, vault: string): string {
  const hint = hintFor(failure);
  return hint === null ? wordsFor(failure, vault) : `${wordsFor(failure, vault)} ${hint}`;
}

/** Returns heading and sentence for a fill that was refused. */
export function reasonWords(outcome: Outcome & { readonly kind: "refused" }): readonly [title: string, body: string] {
  const { reason, host, top } = outcome;
  return [text(`why_${reason}_title`, host, top), text(`why_${reason}_body`, host, top)];
}
