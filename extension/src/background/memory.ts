/**
 * What must outlive the background's eviction, but not the browser session: kept in `storage.session`, which lives in
 * memory and is closed to content scripts. No secret is ever kept here.
 */

import { browser } from "../shared/browser.ts";
import type { TaughtRule } from "../shared/contentMessages.ts";
import type { ClipboardHold, Outcome } from "../shared/messages.ts";
import type { CapturedForm, FillField } from "../shared/protocol.ts";

/** A fill that the person asked for while the vault was locked. */
export interface PendingFill {
  readonly tabId: number;
  readonly frameId?: number;
  readonly item?: string;
  readonly host: string;
  readonly until: number;
}

/** An item whose user name went into a first step; its password may follow into the second. */
export interface FirstStep {
  readonly item: string;
  readonly origin: string;
  readonly until: number;
}

/** The item that the person is signing in with: its code belongs to the step that may follow. */
export interface Account {
  readonly item: string;
  readonly until: number;
}

/** What became of a tab's last fill. `document` and `fields` are what it was about, for "again means the next item". */
export interface KeptOutcome {
  readonly outcome: Outcome;
  readonly document: string;
  readonly fields: readonly FillField[];
  readonly until: number;
}

/** A sign-in that the host captured. `over`: the page has gone on. `offered`: the person has been told. */
export interface SignIn {
  readonly state: "sent" | "over";
  readonly form: CapturedForm;
  readonly origin: string;
  readonly at: number;
  readonly until: number;
  readonly offered?: true;
}

/** A field that the person taught, until the vault is open. */
export interface PendingLesson {
  readonly tabId: number;
  readonly origin: string;
  readonly field: TaughtRule;
  readonly until: number;
}

interface Kept {
  readonly pending: PendingFill;
  readonly teaching: PendingLesson;
  readonly clipboard: ClipboardHold;
  readonly paused: true;
  /** The key of the draft that the popup shows. */
  readonly editing: string;
  readonly [step: `step:${number}`]: FirstStep;
  readonly [account: `account:${number}`]: Account;
  readonly [sign: `sign:${number}`]: SignIn;
  readonly [outcome: `outcome:${number}`]: KeptOutcome;
}

/** Returns what is kept under a name, or null. */
export async function recall<K extends keyof Kept>(name: K): Promise<Kept[K] | null> {
  const found = await browser.storage.session.get(name);
  return (found[name] as Kept[K] | undefined) ?? null;
}

/** Keeps a value under a name. */
export async function keep<K extends keyof Kept>(name: K, value: Kept[K]): Promise<void> {
  await browser.storage.session.set({ [name]: value });
}

/** Forgets what is kept under the names. */
export async function forget(...names: readonly (keyof Kept)[]): Promise<void> {
  await browser.storage.session.remove(names as string[]);
}
