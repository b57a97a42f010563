/** What every part of the options page is, and what it may have done. */

import type { GateActions } from "../../shared/ui/gate.ts";
import type { Theme } from "../../shared/ui/theme.ts";
import type { SettingName, SettingValue } from "../settings.ts";
import type { Requests, TaughtField } from "../../shared/protocol.ts";
import type { State, VaultQuestion } from "../state.ts";

/** A part is built once and follows the state by itself. */
export interface Part {
  readonly node: HTMLElement;
  /** Follows the state. Keeps focus and what was typed. */
  readonly update: (state: State) => void;
}

/** What a part can have done. Failures become part of the state. */
export interface Actions extends GateActions {
  readonly choose: (name: SettingName, value: SettingValue) => void;
  /** Gives the passphrase that a setting waits for, then saves it. */
  readonly prove: (name: SettingName, passphrase: string) => Promise<void>;
  readonly giveUp: (name: SettingName) => void;
  /** Returns false if the host refused. */
  readonly neverFill: (hostname: string, never: boolean) => Promise<boolean>;
  readonly forgetTaught: (field: TaughtField) => Promise<void>;
  /** Takes back that a field was forgotten. */
  readonly teachAgain: (field: TaughtField) => Promise<void>;
  readonly askToForget: (id: string | null) => void;
  readonly forget: (id: string) => Promise<void>;
  /** Asks in the place of a vault; with null nothing any more. */
  readonly askVault: (question: VaultQuestion | null) => void;
  readonly addVault: (path: string, keyFile: string | null, passphrase: string) => Promise<void>;
  /** Gives this browser the passphrase of a vault that is listed. */
  readonly openVault: (vault: string, keyFile: string | null, passphrase: string) => Promise<void>;
  readonly changeVault: (vault: string, set: Requests["changeVault"]["set"]) => void;
  readonly removeVault: (vault: string) => Promise<void>;
  readonly lock: () => void;
  readonly chooseTheme: (theme: Theme) => void;
  readonly openShortcuts: () => void;
}
