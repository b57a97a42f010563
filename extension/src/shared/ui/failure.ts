/** The words for what went wrong: one sentence each, the interface's own, from the host's kinds and reasons. */

import { text } from "../browser.ts";
import type { Failure, Outcome } from "../messages.ts";
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
  if (reason === "same" || reason === "tooMany") return text(`vault_${reason}`, vault);
  return text(`error_${failure.kind}`, vault);
}

/** Returns the host's hint for kinds whose sentence cannot name what only the host knows (a path, a wait). */
export function hintFor(failure: Failure): string | null {
  const kinds = ["vaultMissing", "vaultDamaged", "vaultChanged", "vaultReadOnly", "rateLimited"];
  const hint = "kind" in failure && kinds.includes(failure.kind) ? (failure.hint ?? "") : "";
  return hint === "" ? null : sentence(hint);
}

/** Returns a hint, which terminals show in small letters and without a stop, as a sentence. */
function sentence(hint: string): string {
  const begun = hint.charAt(0).toLocaleUpperCase() + hint.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

/** Returns what to say about a failed request, with the host's hint where it names what only the host knows. */
export function sentencesFor(failure: Failure, vault: string): string {
  const hint = hintFor(failure);
  return hint === null ? wordsFor(failure, vault) : `${wordsFor(failure, vault)} ${hint}`;
}

/** Returns heading and sentence for a fill that was refused. */
export function reasonWords(outcome: Outcome & { readonly kind: "refused" }): readonly [title: string, body: string] {
  const { reason, host, top } = outcome;
  return [text(`why_${reason}_title`, host, top), text(`why_${reason}_body`, host, top)];
}
