/** The popup's state and how it changes. Pure: no DOM, no messages, no clock. */

import { isAboutFile } from "../shared/fileKinds.ts";
import type {
  Failure,
  NewPasswordPage,
  Outcome,
  PageContext,
  PasskeyQuestion,
  PopupState,
  SearchPage,
  WhyNot,
} from "../shared/messages.ts";
import type { Right } from "../shared/officeProtocol.ts";
import type { CaptureOffer, Confirmation, Item, MatchedItem, Reply, Requests } from "../shared/protocol.ts";
import type { CodeTime } from "./codeTime.ts";
import type { Draft } from "./edit/form.ts";
import { offerDraftFrom } from "./edit/offerDraft.ts";
import type { OfferDraft } from "./edit/offerDraft.ts";

export type View =
  | { readonly is: "loading" }
  | { readonly is: "problem" }
  | { readonly is: "create" }
  | { readonly is: "locked" }
  | { readonly is: "list" }
  | {
      readonly is: "details";
      readonly details: Reply<"get">;
      /** The item lies in the recycle bin. */
      readonly removed: boolean;
    }
  | {
      readonly is: "edit";
      /** null: an item that is not saved yet. */
      readonly item: Item | null;
      readonly draft: Draft;
      /** What the form is again after a discard. */
      readonly fresh: Draft;
      /** The draft was kept by an earlier visit. */
      readonly kept: boolean;
    }
  | { readonly is: "history"; readonly item: Item; readonly revisions: Reply<"history">["revisions"] }
  | { readonly is: "trash"; readonly page: Reply<"trash"> }
  /** Asks before an item goes: for good, or out of an office, for everybody. */
  | {
      readonly is: "erase";
      readonly item: Item;
      /** Otherwise into the recycle bin. */
      readonly forever: boolean;
      /** Of an item of an office: how many people can open it. */
      readonly people: number | null;
    }
  /** Asks for a higher right to an item of an office. */
  | { readonly is: "askAccess"; readonly item: Item; readonly right: Right }
  | {
      readonly is: "generator";
      /** It was opened from a form, which takes the value. */
      readonly forForm: boolean;
      /** The page that takes the value; null: none. */
      readonly page: NewPasswordPage | null;
    }
  | { readonly is: "generated"; readonly entries: Reply<"generated">["entries"] }
  | { readonly is: "why"; readonly why: WhyNot }
  /** Offers to save the sign-in that has just worked. */
  | { readonly is: "offer"; readonly offer: CaptureOffer; readonly draft: OfferDraft | null }
  /** The page asks for a passkey, or the person goes to one that it would take. */
  | { readonly is: "passkey"; readonly question: PasskeyQuestion }
  | {
      readonly is: "confirm";
      readonly item: Item;
      readonly asking: Confirmation;
      readonly confirmed: readonly Confirmation[];
    };

export type CopiedWhat = "password" | "username" | "code" | "other";

/** What takes back the last thing that was done. */
export type Undo =
  | { readonly by: "restore"; readonly item: string; readonly revision?: number }
  | { readonly by: "remove"; readonly item: string }
  | { readonly by: "update"; readonly item: string; readonly set: Requests["update"]["set"] }
  | { readonly by: "site"; readonly origin: string; readonly never: boolean };

/** What a toast says was done; its words name one thing, such as a title. */
export type Done =
  | "saved"
  | "passwordChanged"
  | "removed"
  | "restored"
  | "broughtBack"
  | "erased"
  | "siteAdded"
  | "never"
  | "notNever"
  | "reportCopied"
  | "newFilled"
  | "dropped"
  | "passkeyDropped"
  | "forgotten"
  | "asked"
  | "granted"
  | "declined";

export type Toast =
  | {
      readonly is: "copied";
      readonly what: CopiedWhat;
      readonly clearsAt: number;
      readonly forMs: number;
      /** Of a code that has just been copied. */
      readonly code?: CodeTime;
    }
  /** A fill waits until the next code is good. */
  | { readonly is: "codeWaits"; readonly until: number }
  | { readonly is: "done"; readonly done: Done; readonly name: string; readonly undo: Undo | null };

export interface State {
  readonly view: View;
  /** The views that Esc leads back to, the last one first left. */
  readonly below: readonly View[];
  /** What the background last said; null until it has. */
  readonly known: PopupState | null;
  readonly query: string;
  /** The last result; null while nothing was searched. */
  readonly found: SearchPage | null;
  /** The query that `found` answers. Behind `query` while an answer is on its way. */
  readonly foundFor: string;
  /** Index into {@link rowsOf}. */
  readonly selected: number;
  readonly outcome: Outcome | null;
  readonly toast: Toast | null;
  /** A row that is chosen gets this site as a further one. */
  readonly adding: boolean;
  /** The last request's failure, shown in the view that asked. */
  readonly failure: Failure | null;
}

/** The one list: it is the same view whenever somebody comes back to it. */
export const listView: View = { is: "list" };

export const start: State = {
  view: { is: "loading" },
  below: [],
  known: null,
  query: "",
  found: null,
  foundFor: "",
  selected: 0,
  outcome: null,
  toast: null,
  adding: false,
  failure: null,
};

export type Change =
  /** `isNews`: nothing that the person did asked for it. */
  | { readonly type: "opened"; readonly known: PopupState; readonly now: number; readonly isNews: boolean }
  | { readonly type: "typed"; readonly query: string }
  | { readonly type: "found"; readonly query: string; readonly page: SearchPage }
  | { readonly type: "moreFound"; readonly query: string; readonly page: SearchPage }
  | { readonly type: "moved"; readonly by: number }
  | { readonly type: "selected"; readonly index: number }
  /** A view on top of the one that is shown. */
  | { readonly type: "entered"; readonly view: View }
  /** The shown view makes room for another one. */
  | { readonly type: "replaced"; readonly view: View }
  /** Back to the view below; `view` takes its place if it is of the same kind, and is put on top of it otherwise. */
  | { readonly type: "left"; readonly view: View }
  /** All the way back to the list. */
  | { readonly type: "home" }
  | { readonly type: "moreTrash"; readonly after: string; readonly page: Reply<"trash"> }
  | { readonly type: "adding"; readonly on: boolean }
  | { readonly type: "ended"; readonly outcome: Outcome; readonly item: Item | null }
  | {
      readonly type: "asked";
      readonly item: Item;
      readonly asking: Confirmation;
      readonly confirmed: readonly Confirmation[];
    }
  | { readonly type: "told"; readonly toast: Toast }
  | { readonly type: "toastGone" }
  | { readonly type: "dismissed" }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "back" };

/** Returns the state after a change. */
export function reduce(state: State, change: Change): State {
  switch (change.type) {
    case "opened": {
      const next = opened(state, change.known, change.now);
      // Why something came to nothing is still being read.
      return change.isNews && next.view.is === state.view.is ? { ...next, failure: state.failure } : next;
    }
    case "typed":
      return typed(state, change.query);
    case "found":
      // An answer to an earlier key is no answer any more.
      if (change.query !== state.query || change.query === "") return state;
      return found(state, change.query, change.page);
    case "moreFound":
      return withMore(state, change.query, change.page);
    case "moved":
      return { ...state, selected: clamp(state.selected + change.by, rowsOf(state).length) };
    case "selected":
      return { ...state, selected: clamp(change.index, rowsOf(state).length) };
    case "entered":
      return entered(state, change.view);
    case "replaced":
      return { ...state, view: change.view, failure: null };
    case "left": {
      const back = reduce(state, { type: "back" });
      return back.view.is === change.view.is ? { ...back, view: change.view } : entered(back, change.view);
    }
    case "home":
      return { ...state, view: listView, below: [], failure: null };
    case "moreTrash":
      return withMoreTrash(state, change.after, change.page);
    case "adding":
      return { ...state, view: listView, below: [], adding: change.on, outcome: null, failure: null };
    case "ended":
      return ended(state, change.outcome, change.item);
    case "asked":
      return entered(state, {
        is: "confirm",
        item: change.item,
        asking: change.asking,
        confirmed: change.confirmed,
      });
    case "told":
      return { ...state, toast: change.toast, failure: null };
    case "toastGone":
      return { ...state, toast: null };
    case "dismissed":
      return { ...state, outcome: null, failure: null };
    case "failed":
      return failed(state, change.failure);
    case "back":
      return { ...state, view: state.below.at(-1) ?? listView, below: state.below.slice(0, -1), failure: null };
  }
}

/** One row of the list. `site`: it matches the page, so it fills. */
export interface Row {
  readonly item: Item;
  readonly site: MatchedItem | null;
}

/** Whether the rows are those of what stands in the search field. */
export function isSettled({ query, foundFor }: State): boolean {
  return query === foundFor;
}

/** Returns the rows that the list shows, this site's first. An earlier list stays until the next answer is there. */
export function rowsOf({ known, found }: State): readonly Row[] {
  const site = new Map((known?.page?.items ?? []).map((item) => [item.id, item]));
  const rowOf = (item: Item): Row => ({ item, site: site.get(item.id) ?? null });
  if (found !== null) return found.items.map(rowOf);
  return [...[...site.values()].map(rowOf), ...(known?.all?.items ?? []).map(rowOf).filter((row) => row.site === null)];
}

export type Layer = "view" | "query" | "adding" | "outcome" | "popup";

/** Returns what Esc does: the innermost layer that it closes. */
export function layerOf({ view, query, adding, outcome }: State): Layer {
  if (isEntered(view)) return "view";
  if (view.is !== "list") return "popup";
  return query !== "" ? "query" : adding ? "adding" : outcome !== null ? "outcome" : "popup";
}

/** Whether a view is one that somebody went to from the list and can leave again. */
export function isEntered({ is }: View): boolean {
  return !["loading", "problem", "create", "locked", "list"].includes(is);
}

/** Returns whether "always fill here" can be chosen on the page: for the page itself, encrypted. The host refuses the rest. */
export function mayAlwaysFill(page: PageContext | null): page is PageContext {
  return page !== null && page.host === page.top && !page.insecure;
}

/** Returns what must be confirmed before a refused fill can be tried again, or null if nothing would help. */
export function confirmationFor(outcome: Outcome): Confirmation | null {
  if (outcome.kind !== "refused") return null;
  return outcome.reason === "frame" || outcome.reason === "insecure" ? outcome.reason : null;
}

function opened(state: State, known: PopupState, now: number): State {
  const unlocked = known.status?.state === "unlocked";
  const last = known.outcome;
  // That a page was filled is old news on the next one; why nothing was filled still is not.
  const outcome = last?.kind === "filled" && last.host !== known.page?.host ? null : last;
  const held = known.clipboard;
  const forMs = known.clipboardSeconds * 1000;
  const copied: Toast | null =
    held !== null && held.clearsAt > now ? { is: "copied", what: "other", clearsAt: held.clearsAt, forMs } : null;
  const toast = state.toast?.is === "done" ? state.toast : copied === null ? null : (state.toast ?? copied);
  const base = { ...state, known, outcome, toast, failure: null };
  if (known.problem !== null || known.status === null) return { ...base, view: { is: "problem" }, below: [] };
  if (known.status.state === "noVault") return { ...base, view: { is: "create" }, below: [] };
  if (!unlocked) return { ...locked(base), outcome };
  const next = withPasskey({ ...base, view: isEntered(state.view) ? state.view : listView }, state.known);
  return { ...next, selected: selectedIn(next, rowsOf(state)[state.selected]) };
}

/**
 * The chosen row stays the same item when others come in above it: Enter must not fill another one. Where nothing of
 * this site was chosen, the first row goes on being the first.
 */
function selectedIn(state: State, before: Row | undefined): number {
  const rows = rowsOf(state);
  const same = rows.findIndex(({ item }) => item.id === before?.item.id);
  const follows = same >= 0 && (state.selected > 0 || before?.site !== null);
  return clamp(follows ? same : state.selected, rows.length);
}

/** Shows what a page has just begun to ask, over the list only; what nobody waits for any more goes. */
function withPasskey(state: State, before: PopupState | null): State {
  const { passkey = null, passkeysOffered = null } = state.known ?? {};
  const { view } = state;
  if (view.is === "passkey" && ![passkey?.id, passkeysOffered?.id].includes(view.question.id)) {
    return withPasskey({ ...state, view: listView, below: [] }, null);
  }
  const isNew = passkey !== null && before?.passkey?.id !== passkey.id;
  return isNew && view.is === "list" ? entered(state, { is: "passkey", question: passkey }) : withOffer(state, before);
}

/** Shows an offer that has just come, over the list only: what somebody went to stays. */
function withOffer(state: State, before: PopupState | null): State {
  const offer = state.known?.offer ?? null;
  if (state.view.is === "offer" && offer === null) return { ...state, view: listView, below: [] };
  const isNew = offer !== null && (before?.offer ?? null) === null;
  return isNew && state.view.is === "list"
    ? entered(state, { is: "offer", offer, draft: offerDraftFrom(state.known?.offerDraft ?? null, offer.origin) })
    : state;
}

function entered(state: State, view: View): State {
  return { ...state, view, below: [...state.below, state.view], failure: null };
}

/** Nothing of what was shown outlives a lock. */
function locked(state: State): State {
  const nothing = { query: "", found: null, foundFor: "", selected: 0, adding: false, failure: null };
  const toast = state.toast?.is === "done" ? null : state.toast;
  return { ...state, ...nothing, toast, view: { is: "locked" }, below: [] };
}

function typed(state: State, query: string): State {
  const cleared = query === "" ? { found: null, foundFor: "" } : {};
  return { ...state, ...cleared, query, selected: 0, failure: null };
}

/** The same search again keeps what is chosen. */
function found(state: State, query: string, page: SearchPage): State {
  const selected = query === state.foundFor ? state.selected : 0;
  return { ...state, found: page, foundFor: query, selected: clamp(selected, page.items.length) };
}

function withMore(state: State, query: string, page: SearchPage): State {
  if (query !== state.foundFor) return state;
  const join = (before: SearchPage): SearchPage => ({ ...page, items: [...before.items, ...page.items] });
  if (query !== "") return state.found === null ? state : { ...state, found: join(state.found) };
  if (state.known?.all == null) return state;
  return { ...state, known: { ...state.known, all: join(state.known.all) } };
}

function withMoreTrash(state: State, after: string, page: Reply<"trash">): State {
  const { view } = state;
  if (view.is !== "trash" || view.page.after !== after) return state;
  return { ...state, view: { is: "trash", page: { ...page, items: [...view.page.items, ...page.items] } } };
}

function ended(state: State, outcome: Outcome, item: Item | null): State {
  const asking = confirmationFor(outcome);
  const confirmed = state.view.is === "confirm" ? [...state.view.confirmed, state.view.asking] : [];
  if (asking !== null && item !== null && !confirmed.includes(asking)) {
    const below = state.view.is === "confirm" ? state.below : [...state.below, state.view];
    return { ...state, outcome: null, view: { is: "confirm", item, asking, confirmed }, below };
  }
  return { ...state, outcome, view: listView, below: [] };
}

function failed(state: State, failure: Failure): State {
  if ("problem" in failure && state.known !== null) {
    return {
      ...state,
      known: { ...state.known, problem: failure.problem, status: null },
      view: { is: "problem" },
      below: [],
      failure,
    };
  }
  if ("kind" in failure && failure.kind === "locked" && state.view.is !== "locked") {
    return locked(state);
  }
  // What is wrong with the file is no fault of what was typed.
  if (isAboutFile(failure) && state.view.is === "locked") return { ...state, view: { is: "problem" }, failure };
  return { ...state, failure };
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}
