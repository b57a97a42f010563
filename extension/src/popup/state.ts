/** The popup's state and how it changes. Pure: no DOM, no messages, no clock. */

import type { Failure, Outcome, PopupState, SearchPage } from "../shared/messages.ts";
import type { Confirmation, Item, MatchedItem, Reply } from "../shared/protocol.ts";

export type View =
  | { readonly is: "loading" }
  | { readonly is: "problem" }
  | { readonly is: "create" }
  | { readonly is: "locked" }
  | { readonly is: "list" }
  | { readonly is: "details"; readonly details: Reply<"get"> }
  | {
      readonly is: "confirm";
      readonly item: Item;
      readonly asking: Confirmation;
      readonly confirmed: readonly Confirmation[];
    };

export type CopiedWhat = "password" | "username" | "code" | "other";

export interface Toast {
  readonly what: CopiedWhat;
  readonly clearsAt: number;
}

export interface State {
  readonly view: View;
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
  /** The last request's failure, shown in the view that asked. */
  readonly failure: Failure | null;
}

export const start: State = {
  view: { is: "loading" },
  known: null,
  query: "",
  found: null,
  foundFor: "",
  selected: 0,
  outcome: null,
  toast: null,
  failure: null,
};

export type Change =
  | { readonly type: "opened"; readonly known: PopupState; readonly now: number }
  | { readonly type: "typed"; readonly query: string }
  | { readonly type: "found"; readonly query: string; readonly page: SearchPage }
  | { readonly type: "moreFound"; readonly query: string; readonly page: SearchPage }
  | { readonly type: "moved"; readonly by: number }
  | { readonly type: "selected"; readonly index: number }
  | { readonly type: "detailed"; readonly details: Reply<"get"> }
  | { readonly type: "ended"; readonly outcome: Outcome; readonly item: Item | null }
  | {
      readonly type: "asked";
      readonly item: Item;
      readonly asking: Confirmation;
      readonly confirmed: readonly Confirmation[];
    }
  | { readonly type: "copied"; readonly toast: Toast }
  | { readonly type: "toastGone" }
  | { readonly type: "dismissed" }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "back" };

/** Returns the state after a change. */
export function reduce(state: State, change: Change): State {
  switch (change.type) {
    case "opened":
      return opened(state, change.known, change.now);
    case "typed":
      return typed(state, change.query);
    case "found":
      // An answer to an earlier key is no answer any more.
      if (change.query !== state.query || change.query === "") return state;
      return { ...state, found: change.page, foundFor: change.query, selected: 0 };
    case "moreFound":
      return withMore(state, change.query, change.page);
    case "moved":
      return { ...state, selected: clamp(state.selected + change.by, rowsOf(state).length) };
    case "selected":
      return { ...state, selected: clamp(change.index, rowsOf(state).length) };
    case "detailed":
      return { ...state, view: { is: "details", details: change.details }, failure: null };
    case "ended":
      return ended(state, change.outcome, change.item);
    case "asked":
      return {
        ...state,
        view: { is: "confirm", item: change.item, asking: change.asking, confirmed: change.confirmed },
      };
    case "copied":
      return { ...state, toast: change.toast, failure: null };
    case "toastGone":
      return { ...state, toast: null };
    case "dismissed":
      return { ...state, outcome: null, failure: null };
    case "failed":
      return failed(state, change.failure);
    case "back":
      return { ...state, view: { is: "list" }, failure: null };
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

/** Returns what Esc does: the innermost layer that it closes. */
export function layerOf({ view, query, toast: _toast, outcome }: State): "view" | "query" | "outcome" | "popup" {
  if (view.is === "details" || view.is === "confirm") return "view";
  if (view.is !== "list") return "popup";
  return query !== "" ? "query" : outcome !== null ? "outcome" : "popup";
}

/** Returns what must be confirmed before a refused fill can be tried again, or null if nothing would help. */
export function confirmationFor(outcome: Outcome): Confirmation | null {
  if (outcome.kind !== "refused") return null;
  return outcome.reason === "frame" || outcome.reason === "insecure" ? outcome.reason : null;
}

function opened(state: State, known: PopupState, now: number): State {
  const unlocked = known.status?.state === "unlocked";
  const last = known.outcome ?? (unlocked ? state.outcome : null);
  // That a page was filled is old news on the next one; why nothing was filled still is not.
  const outcome = last?.kind === "filled" && last.host !== known.page?.host ? null : last;
  const held = known.clipboard;
  const toast =
    held !== null && held.clearsAt > now ? (state.toast ?? { what: "other" as const, clearsAt: held.clearsAt }) : null;
  const base = { ...state, known, outcome, toast, failure: null };
  if (known.problem !== null || known.status === null) return { ...base, view: { is: "problem" } };
  if (known.status.state === "noVault") return { ...base, view: { is: "create" } };
  if (!unlocked) return { ...base, view: { is: "locked" }, query: "", found: null, foundFor: "", selected: 0 };
  const stays = state.view.is === "details" || state.view.is === "confirm" || state.view.is === "list";
  const next: State = { ...base, view: stays ? state.view : { is: "list" } };
  return { ...next, selected: clamp(next.selected, rowsOf(next).length) };
}

function typed(state: State, query: string): State {
  const cleared = query === "" ? { found: null, foundFor: "" } : {};
  return { ...state, ...cleared, query, selected: 0, failure: null };
}

function withMore(state: State, query: string, page: SearchPage): State {
  if (query !== state.foundFor) return state;
  const join = (before: SearchPage): SearchPage => ({ ...page, items: [...before.items, ...page.items] });
  if (query !== "") return state.found === null ? state : { ...state, found: join(state.found) };
  if (state.known?.all == null) return state;
  return { ...state, known: { ...state.known, all: join(state.known.all) } };
}

function ended(state: State, outcome: Outcome, item: Item | null): State {
  const asking = confirmationFor(outcome);
  const confirmed = state.view.is === "confirm" ? [...state.view.confirmed, state.view.asking] : [];
  if (asking !== null && item !== null && !confirmed.includes(asking)) {
    return { ...state, outcome: null, view: { is: "confirm", item, asking, confirmed } };
  }
  return { ...state, outcome, view: { is: "list" } };
}

function failed(state: State, failure: Failure): State {
  if ("problem" in failure && state.known !== null) {
    return {
      ...state,
      known: { ...state.known, problem: failure.problem, status: null },
      view: { is: "problem" },
      failure,
    };
  }
  if ("kind" in failure && failure.kind === "locked" && state.view.is !== "locked") {
    return { ...state, view: { is: "locked" }, query: "", found: null, foundFor: "", failure: null };
  }
  return { ...state, failure };
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}
