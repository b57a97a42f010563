/** What the options and the first-run page ask of the background, besides what the popup asks. */

import type { Problem } from "./messages.ts";
import type { Reply, Requests, Settings, Status, TaughtField, Vault } from "./protocol.ts";

/** A browser profile that has given the vault's passphrase once. */
export type Profile = Reply<"profiles">["profiles"][number];

/** What the vault keeps about the person's choices. */
export interface Choices {
  readonly settings: Settings;
  /** Hostnames that are never filled by themselves, sorted. */
  readonly never: readonly string[];
  /** What the person taught of the forms of sites, sorted. */
  readonly taught: readonly TaughtField[];
  readonly profiles: readonly Profile[];
  /** The own one first. */
  readonly vaults: readonly Vault[];
}

/** Everything that a page shows first, in one message. */
export interface PageState {
  readonly problem: Problem | null;
  readonly status: Status | null;
  /** Null while the vault is locked. */
  readonly choices: Choices | null;
}

/** The pages' requests and the replies to them. */
export interface PageRequests {
  readonly page: [object, PageState];
  readonly change: [{ readonly set: Partial<Settings> }, Settings];
  readonly neverFill: [{ readonly hostname: string; readonly never: boolean }, readonly string[]];
  /** Takes back that a field was forgotten. */
  readonly teachAgain: [{ readonly field: TaughtField }, readonly TaughtField[]];
  readonly addVault: [Requests["addVault"], Vault];
  readonly removeVault: [Requests["removeVault"], null];
  readonly forgetProfile: [{ readonly id: string }, readonly Profile[]];
  /** With a path, that file becomes the person's own vault. */
  readonly openVault: [{ readonly passphrase: string; readonly path?: string; readonly keyFile?: string }, Status];
  readonly makeVault: [{ readonly passphrase: string }, Status];
}
