/** The popup: asks the background, keeps the state, shows one view at a time. */

import { browser, text } from "../shared/browser.ts";
import { holdOf } from "../shared/clipboard.ts";
import type { Outcome, ToPopup } from "../shared/messages.ts";
import type { Confirmation, Item } from "../shared/protocol.ts";
import { ask, AskFailed } from "../shared/ui/ask.ts";
import { onKey } from "./keys.ts";
import { isSettled, reduce, rowsOf, start } from "./state.ts";
import type { Change, CopiedWhat, State } from "./state.ts";
import { ToastLine } from "./toast.ts";
import { confirmView } from "./views/confirm.ts";
import { createView } from "./views/create.ts";
import { detailsView } from "./views/details.ts";
import { listView } from "./views/list.ts";
import { lockedView } from "./views/locked.ts";
import { problemView } from "./views/problem.ts";
import type { Actions, Shown } from "./views/view.ts";

/** When the browser has given the popup its final size. */
const settledAfterMs = 250;
const popupBlockSize = 560;

const root = document.querySelector("#popup") as HTMLElement;
let state: State = start;
let shown: { readonly key: unknown; readonly view: Shown } | null = null;
let asking = false;
/** Enter came before the answer to what was typed: it means the first row of that answer. */
let choosesWhenFound = false;

const actions: Actions = {
  unlock: async (passphrase) => {
    await attempt(async () => {
      const outcome = await ask("unlock", { passphrase });
      await open();
      if (outcome !== null) end(outcome, itemOf(outcome));
    });
  },
  create: async (passphrase) => {
    await attempt(async () => {
      await ask("create", { passphrase });
      await open();
    });
  },
  retry: open,
  lock: () =>
    void attempt(async () => {
      await ask("lock", {});
      await open();
    }),
  type: (query) => {
    choosesWhenFound = false;
    change({ type: "typed", query });
    if (query !== "") void attempt(() => search(query));
  },
  more: () => void more(),
  move: (by) => {
    change({ type: "moved", by });
  },
  select: (index) => change({ type: "selected", index }),
  choose: ({ item, site }) => (site === null ? actions.details(item) : actions.fill(item, [])),
  chooseSelected: () => {
    choosesWhenFound = !isSettled(state);
    const row = rowsOf(state)[state.selected];
    if (!choosesWhenFound && row !== undefined) actions.choose(row);
  },
  fill: (item, confirmed) => void fill(item, confirmed),
  details: (item) =>
    void attempt(async () => change({ type: "detailed", details: await ask("get", { item: item.id }) })),
  copy: (what, item, field) => void attempt(() => copy(what, item, field)),
  copyText: (value) => void navigator.clipboard.writeText(value),
  reveal: async (item, field) =>
    (await attempt(() => ask("reveal", { item: item.id, field, purpose: "show" })))?.value ?? null,
  code: (item) => attempt(() => ask("code", { item: item.id, purpose: "show" })),
  alwaysFill: (item, on) =>
    void attempt(async () => {
      await ask("alwaysFill", { item: item.id, on });
      await open();
    }),
  dismiss: () => {
    void ask("dismiss", {});
    change({ type: "dismissed" });
  },
  clearClipboard: () => {
    void attempt(() => ask("clearClipboard", {}));
    change({ type: "toastGone" });
  },
  back: () => change({ type: "back" }),
};
const toast = new ToastLine(root, actions.clearClipboard, () => change({ type: "toastGone" }));

document.documentElement.lang = text("language");
document.documentElement.dir = text("@@bidi_dir");
document.title = "Latchkey";
document.addEventListener("keydown", (event) =>
  onKey(event, {
    state: () => state,
    actions,
    focusSearch: () => document.querySelector<HTMLElement>("#search")?.focus(),
    focusToast: () => toast.focus(),
    leave: (layer) => {
      if (layer === "view") change({ type: "back" });
      else if (layer === "query") actions.type("");
      else if (layer === "outcome") actions.dismiss();
      else closePopup();
    },
  }),
);
browser.runtime.onMessage.addListener((message: ToPopup) => {
  if (message.type === "changed" && !asking) void open();
  return false;
});
setTimeout(() => {
  const fit = () => document.documentElement.classList.toggle("short", innerHeight < popupBlockSize);
  addEventListener("resize", fit);
  fit();
}, settledAfterMs);
void open();

async function open(): Promise<void> {
  change({ type: "opened", known: await ask("open", {}), now: Date.now() });
}

/** Runs a request; its failure becomes part of the state. Returns null then. */
async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  asking = true;
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AskFailed)) throw error;
    change({ type: "failed", failure: error.failure });
    return null;
  } finally {
    asking = false;
  }
}

async function fill(item: Item, confirmed: readonly Confirmation[]): Promise<void> {
  const outcome = await attempt(() => ask("fill", { item: item.id, confirmed }));
  if (outcome !== null) end(outcome, item);
}

function end(outcome: Outcome, item: Item | null): void {
  change({ type: "ended", outcome, item });
  if (outcome.kind === "filled" && isPopupWindow()) closePopup();
}

function itemOf(outcome: Outcome): Item | null {
  return state.known?.page?.items.find(({ id }) => id === outcome.item) ?? null;
}

async function copy(what: CopiedWhat, item: Item, field?: string): Promise<void> {
  const value = await valueOf(what, item, field);
  await navigator.clipboard.writeText(value);
  const seconds = state.known?.clipboardSeconds ?? 0;
  const hold = await holdOf(value, Date.now() + seconds * 1000);
  await ask("copied", hold);
  change({ type: "copied", toast: { what, clearsAt: hold.clearsAt } });
}

async function valueOf(what: CopiedWhat, item: Item, field = "Password"): Promise<string> {
  if (what === "username") return item.username;
  if (what === "code") return (await ask("code", { item: item.id, purpose: "copy" })).code;
  return (await ask("reveal", { item: item.id, field, purpose: "copy" })).value;
}

async function search(query: string): Promise<void> {
  change({ type: "found", query, page: await ask("search", { query }) });
  if (choosesWhenFound && isSettled(state)) actions.chooseSelected();
}

async function more(): Promise<void> {
  const { foundFor: query, found, known } = state;
  const after = found === null ? known?.all?.after : found.after;
  if (after === undefined || asking) return;
  await attempt(async () => change({ type: "moreFound", query, page: await ask("search", { query, after }) }));
}

function change(next: Change): void {
  const before = state;
  state = reduce(state, next);
  if (state !== before || shown === null) show();
}

function show(): void {
  const { view } = state;
  // Details and questions are one view each; the list is the same one through all its changes.
  const key =
    view.is === "details" || view.is === "confirm" ? view : view.is === "problem" ? state.known?.problem : view.is;
  const isNew = shown === null || shown.key !== key;
  if (isNew) {
    shown?.view.update(state);
    shown = { key, view: build() };
    root.replaceChildren(...shown.view.nodes);
  }
  shown?.view.update(state);
  toast.update(view.is === "list" || view.is === "details" ? state.toast : null);
  if (isNew) shown?.view.focus();
}

function build(): Shown {
  const { view } = state;
  switch (view.is) {
    case "loading":
      return { nodes: [], update: () => {}, focus: () => {} };
    case "problem":
      return problemView(state.known?.problem ?? "stopped", actions);
    case "create":
      return createView(actions);
    case "locked":
      return lockedView(state, actions);
    case "list":
      return listView(actions);
    case "details":
      return detailsView(state, view.details, actions);
    case "confirm":
      return confirmView(state, view, actions);
  }
}

function isPopupWindow(): boolean {
  return browser.extension.getViews({ type: "popup" }).includes(window);
}

function closePopup(): void {
  if (isPopupWindow()) window.close();
}
