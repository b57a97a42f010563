/** The state of the options page and how it changes. Pure: no DOM, no messages, no clock. */

import { fold } from "../shared/fold.ts";
import type { Failure } from "../shared/messages.ts";
import type { Choices, PageState, Profile } from "../shared/pageMessages.ts";
import type { Settings, TaughtField } from "../shared/protocol.ts";
import type { SettingName, SettingValue } from "./settings.ts";

/** A value that the person chose and the host has not kept yet. It is never lost: it is tried again, or given up by hand. */
export interface Edit {
  readonly value: SettingValue;
  /** `passphrase`: the host wants it first, because the value protects less. `failed`: see `failure`. */
  readonly is: "saving" | "failed" | "passphrase";
  readonly failure: Failure | null;
}

/** What the person is asked about their vaults, in its place. */
export type VaultQuestion = { readonly is: "add" } | { readonly is: "passphrase" | "remove"; readonly vault: string };

export interface State {
  /** What the background last said; null until it has. */
  readonly known: PageState | null;
  readonly edits: Readonly<Partial<Record<SettingName, Edit>>>;
  readonly query: string;
  /** The hostname that was removed last, which can be put back. */
  readonly removed: string | null;
  /** The taught field that was forgotten last, which can be taught again. */
  readonly forgotten: TaughtField | null;
  readonly taughtFailure: Failure | null;
  /** Why the last change of the sites, or of the browsers, came to nothing. */
  readonly sitesFailure: Failure | null;
  readonly profilesFailure: Failure | null;
  /** The id of the browser that is about to be forgotten: asked about once more. */
  readonly forgetting: string | null;
  readonly vaultAsks: VaultQuestion | null;
  /** Why the last change of a vault came to nothing; its id, or null for the one that was to be added. */
  readonly vaultFailure: { readonly vault: string | null; readonly failure: Failure } | null;
}

export const start: State = {
  known: null,
  edits: {},
  query: "",
  removed: null,
  forgotten: null,
  taughtFailure: null,
  sitesFailure: null,
  profilesFailure: null,
  forgetting: null,
  vaultAsks: null,
  vaultFailure: null,
};

export type Change =
  | { readonly type: "opened"; readonly known: PageState }
  | { readonly type: "typed"; readonly query: string }
  | { readonly type: "chose"; readonly name: SettingName; readonly value: SettingValue }
  | { readonly type: "saved"; readonly name: SettingName; readonly settings: Settings }
  | { readonly type: "unsaved"; readonly name: SettingName; readonly failure: Failure }
  | { readonly type: "gaveUp"; readonly name: SettingName }
  | { readonly type: "sites"; readonly never: readonly string[]; readonly removed: string | null }
  | { readonly type: "sitesFailed"; readonly failure: Failure }
  | { readonly type: "taught"; readonly taught: readonly TaughtField[]; readonly forgotten: TaughtField | null }
  | { readonly type: "taughtFailed"; readonly failure: Failure }
  | { readonly type: "removedGone" }
  | { readonly type: "forgetting"; readonly id: string | null }
  | { readonly type: "profiles"; readonly profiles: readonly Profile[] }
  | { readonly type: "profilesFailed"; readonly failure: Failure }
  | { readonly type: "vaultAsks"; readonly question: VaultQuestion | null }
  | { readonly type: "vaultFailed"; readonly vault: string | null; readonly failure: Failure };

/** Returns the state after a change. */
export function reduce(state: State, change: Change): State {
  switch (change.type) {
    case "opened":
      return opened(state, change.known);
    case "typed":
      return { ...state, query: change.query };
    case "chose":
      return withEdit(state, change.name, { value: change.value, is: "saving", failure: null });
    case "saved":
      return withChoices(saved(state, change.name, change.settings), { settings: change.settings });
    case "unsaved":
      return unsaved(state, change.name, change.failure);
    case "gaveUp":
      return withEdit(state, change.name, null);
    case "sites":
      return withChoices(
        { ...state, removed: change.removed, forgotten: null, sitesFailure: null },
        { never: change.never },
      );
    case "taught":
      return withChoices(
        { ...state, forgotten: change.forgotten, removed: null, taughtFailure: null },
        { taught: change.taught },
      );
    case "taughtFailed":
      return { ...state, taughtFailure: change.failure };
    case "sitesFailed":
      return { ...state, sitesFailure: change.failure };
    case "removedGone":
      return { ...state, removed: null, forgotten: null };
    case "forgetting":
      return { ...state, forgetting: change.id, profilesFailure: null };
    case "profiles":
      return withChoices({ ...state, forgetting: null, profilesFailure: null }, { profiles: change.profiles });
    case "profilesFailed":
      return { ...state, profilesFailure: change.failure };
    case "vaultAsks":
      return { ...state, vaultAsks: change.question, vaultFailure: null };
    case "vaultFailed":
      return { ...state, vaultFailure: { vault: change.vault, failure: change.failure } };
  }
}

/** Returns the value to show for a setting: the person's own choice, else what the vault keeps; null before both. */
export function valueOf({ known, edits }: State, name: SettingName): SettingValue | null {
  return edits[name]?.value ?? known?.choices?.settings[name] ?? null;
}

/** Returns the settings whose saving failed because the vault was locked: they are saved after the next unlock. */
export function waitingForUnlock({ edits }: State): readonly SettingName[] {
  const names = Object.keys(edits) as SettingName[];
  return names.filter((name) => {
    const failure = edits[name]?.failure ?? null;
    return failure !== null && "kind" in failure && failure.kind === "locked";
  });
}

/** Whether an option whose words are `words` is found by the query: every word of it occurs. */
export function isFound(words: string, query: string): boolean {
  const folded = fold(words);
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/**
 * Returns the hostname that a person means by what they typed or pasted: a hostname or an http(s) address.
 * Null if it is neither.
 */
export function hostnameFrom(typed: string): string | null {
  const text = typed.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === "" || /\s/.test(text) || !URL.canParse(address)) return null;
  const { protocol, hostname } = new URL(address);
  return (protocol === "https:" || protocol === "http:") && hostname !== "" ? hostname : null;
}

function opened(state: State, known: PageState): State {
  const { vaultAsks } = state;
  const vaults = known.choices?.vaults ?? [];
  const isAsked = (question: VaultQuestion) =>
    known.choices !== null &&
    (question.is === "add" ||
      // It may have been opened, or taken away, elsewhere.
      vaults.some(({ vault, state: is }) => vault === question.vault && (question.is === "remove" || is !== "open")));
  const asks = vaultAsks !== null && isAsked(vaultAsks) ? vaultAsks : null;
  const kept = { ...known, choices: keptChoices(state.known?.choices ?? null, known.choices) };
  return {
    ...state,
    known: kept,
    sitesFailure: null,
    taughtFailure: null,
    profilesFailure: null,
    vaultAsks: asks,
    vaultFailure: null,
  };
}

/** What says the same as before stays the same object: its part of the page is not built anew under the person's pointer. */
function keptChoices(before: Choices | null, now: Choices | null): Choices | null {
  if (before === null || now === null) return now;
  const said = (choices: Choices, name: string) => JSON.stringify(choices[name as keyof Choices]);
  const same = Object.entries(before).filter(([name]) => said(before, name) === said(now, name));
  return { ...now, ...Object.fromEntries(same) };
}

function saved(state: State, name: SettingName, settings: Settings): State {
  // The person may have chosen again before this answer came.
  return state.edits[name]?.value === settings[name] ? withEdit(state, name, null) : state;
}

function unsaved(state: State, name: SettingName, failure: Failure): State {
  const edit = state.edits[name];
  if (edit === undefined) return state;
  const wantsPassphrase = "kind" in failure && failure.kind === "refused" && failure.reason === "passphrase";
  if (wantsPassphrase) return withEdit(state, name, { ...edit, is: "passphrase", failure: null });
  // What goes wrong with the passphrase is said where it was asked for.
  return withEdit(state, name, { ...edit, is: edit.is === "passphrase" ? "passphrase" : "failed", failure });
}

function withEdit(state: State, name: SettingName, edit: Edit | null): State {
  const { [name]: _before, ...others } = state.edits;
  return { ...state, edits: edit === null ? others : { ...others, [name]: edit } };
}

function withChoices(state: State, part: Partial<NonNullable<PageState["choices"]>>): State {
  const { known } = state;
  if (known === null || known.choices === null) return state;
  return { ...state, known: { ...known, choices: { ...known.choices, ...part } } };
}
