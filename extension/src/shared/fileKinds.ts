/** The kinds of failure that are about the vault's file, and so have a face of their own. */

import type { Failure } from "./messages.ts";

export const fileKinds = [
  "vaultMissing",
  "vaultDamaged",
  "vaultUnsupported",
  "vaultTooCostly",
  "vaultReadOnly",
  "diskFull",
  "vaultInUse",
  "vaultChanged",
] as const;
export type FileKind = (typeof fileKinds)[number];

/** Whether a failure is about the vault's file, and not about what was asked. */
export function isAboutFile(failure: Failure): boolean {
  return "kind" in failure && fileKinds.some((kind) => kind === failure.kind);
}

/** The field at which a failure of a file that the person named is said. */
export function fieldOf(failure: Failure): "path" | "passphrase" {
  if ("problem" in failure) return "passphrase";
  return isAboutFile(failure) || failure.reason === "same" ? "path" : "passphrase";
}
