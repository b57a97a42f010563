/** The popup: asks the background, keeps the state, shows one view at a time. */

import { browser, text } from "../shared/browser.ts";
import { holdOf } from "../shared/clipboard.ts";
import { byHttpPort } from "../shared/messages.ts";
import type { Outcome, PopupState, ToPopup } from "../shared/messages.ts";
import type { Confirmation, Item } from "../shared/protocol.ts";
import { answerOf, ask, AskFailed } from "../shared/ui/ask.ts";
import { faceOf, problemFace } from "../shared/ui/faces.ts";
import type { Face } from "../shared/ui/faces.ts";
import { vaultOf } from "../shared/ui/failure.ts";
import { followTheme } from "../shared/ui/theme.ts";
import { newItemKey } from "./edit/draft.ts";
import { timeOf } from "./codeTime.ts";
import type { CodeTime } from "./codeTime.ts";
import { generatorActions } from "./generatorActions.ts";
import { itemActions } from "./items.ts";
import type { Context } from "./items.ts";
import { onKey } from "./keys.ts";
import { offerActions } from "./offer.ts";
import { otpActions } from "./otp.ts";
import { passkeyActions } from "./passkey.ts";
import { Renewal } from "./renewal.ts";
import { siteActions } from "./site.ts";
import { ViewStack } from "./stack.ts";
import { isSettled, listView, reduce, rowsOf, start } from "./state.ts";
import type { Change, CopiedWhat, State } from "./state.ts";
import { ToastLine } from "./toast.ts";
import { askAccessView } from "./views/askAccess.ts";
import { confirmView } from "./views/confirm.ts";
import { createView } from "./views/create.ts";
import { detailsView } from "./views/details.ts";
import { editView } from "./views/edit.ts";
import { generatedView } from "./views/generated.ts";
import { generatorView } from "./views/generator.ts";
import { historyView } from "./views/history.ts";
import { listViewOf } from "./views/list.ts";
import { lockedView } from "./views/locked.ts";
import { offerView } from "./views/offer.ts";
import { passkeyView } from "./views/passkey.ts";
import { problemView } from "./views/problem.ts";
import { eraseView, trashView } from "./views/trash.ts";
import { whyView } from "./views/why.ts";
import type { Actions, Shown } from "./views/view.ts";
import { closePopup, isPopupWindow } from "./window.ts";

/** When the browser has given the popup its final size. */
const settledAfterMs = 250;
const popupBlockSize = 560;

const root = document.querySelector("#popup") as HTMLElement;
let state: State = start;
let opened = false;
/** Enter came before the answer to what was typed: it means the first row of that answer. */
let choosesWhenFound = false;

const renewal = new Renewal<PopupState>(() => ask("open", {}), show);
const open = renewal.now;
const context: Context = { state: () => state, change, attempt, open };
const actions: Actions = {
  unlock: async (passphrase, keyFile) => {
    await attempt(async () => {
      const outcome = await ask("unlock", { passphrase, ...(keyFile === null ? {} : { keyFile }) });
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
  choose: ({ item, site }) => {
    if (state.adding) actions.site.addTo(item);
    else if (site === null) actions.items.details(item);
    else actions.fill(item, []);
  },
  chooseSelected: () => {
    choosesWhenFound = !isSettled(state);
    const row = rowsOf(state)[state.selected];
    if (!choosesWhenFound && row !== undefined) actions.choose(row);
  },
  fill: (item, confirmed, waiting) => void fill(item, confirmed, waiting),
  copy: (what, item, field, revision) =>
    void attempt(async () => {
      if (what !== "code") return await copySecret(what, await valueOf(what, item, field, revision));
      const found = await ask("code", { item: item.id, purpose: "copy" });
      await copySecret(what, found.code, timeOf(found, Date.now()));
    }),
  copyText: (value) => void navigator.clipboard.writeText(value),
  reveal: async (item, field, revision) =>
    (await attempt(() => ask("reveal", { item: item.id, field, purpose: "show", ...of(revision) })))?.value ?? null,
  code: (item) => attempt(() => ask("code", { item: item.id, purpose: "show" })),
  dismiss: () => {
    void ask("dismiss", {});
    change({ type: "dismissed" });
  },
  clearClipboard: () => {
    void attempt(() => ask("clearClipboard", {}));
    change({ type: "toastGone" });
  },
  back: () => {
    if (state.view.is === "edit") void ask("editing", { key: null });
    change({ type: "back" });
  },
  items: itemActions(context),
  site: siteActions(context),
  offer: offerActions(context),
  otp: otpActions(context),
  passkey: passkeyActions(context),
  generator: generatorActions(
    context,
    (value) => copySecret("password", value),
    (value, bits) => stack.shown?.take?.(value, bits),
  ),
};
const toast = new ToastLine(root, actions, () => change({ type: "toastGone" }));
const stack = new ViewStack(root, build);

followTheme();
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
      if (layer === "view") actions.back();
      else if (layer === "query") actions.type("");
      else if (layer === "adding") actions.site.stopAdding();
      else if (layer === "outcome") actions.dismiss();
      else closePopup();
    },
  }),
);
browser.runtime.onMessage.addListener((message: ToPopup) => {
  if (message.type === "changed") renewal.changed();
  if (message.type === "codeWaits") change({ type: "told", toast: { is: "codeWaits", until: message.until } });
  return false;
});
setTimeout(() => {
  const fit = () => document.documentElement.classList.toggle("short", innerHeight < popupBlockSize);
  addEventListener("resize", fit);
  fit();
}, settledAfterMs);
// What got the focus before the browser had opened the popup loses it in Firefox when it is open.
addEventListener("focus", () => {
  if (document.activeElement === document.body) stack.shown?.focus();
});
/** Ends with this popup. */
let asksByHttp: chrome.runtime.Port | undefined;
void renewal.when(answerOf(earlyReply));
if (earlyNews) renewal.changed();

async function show(known: PopupState, isNews: boolean): Promise<void> {
  change({ type: "opened", known, now: Date.now(), isNews });
  if (state.known?.page?.byHttp === true) asksByHttp ??= browser.runtime.connect({ name: byHttpPort });
  // What was found may have changed with everything else.
  if (state.view.is !== "locked" && state.query !== "") await attempt(() => search(state.query));
  if (opened) return;
  opened = true;
  if (state.view !== listView) return;
  await resume(state.known?.editing ?? null);
  if (state.view === listView) answerKey();
}

/** Goes on with the form that the popup showed when it was closed, if its draft is still there. */
async function resume(key: string | null): Promise<void> {
  if (key === null) return;
  await attempt(async () => {
    await ask("editing", { key: null });
    if ((await ask("draft", { key })).value === undefined) return;
    if (key === newItemKey) actions.items.start("");
    else actions.items.edit((await ask("get", { item: key })).item);
  });
}

/** The person pressed the fill key on a form that makes an account: what goes into that is a new password. */
function answerKey(): void {
  const { outcome, page } = state.known ?? {};
  if (outcome?.kind !== "refused" || outcome.reason !== "signup" || page?.newForm == null) return;
  actions.dismiss();
  actions.generator.openFor(page.newForm);
}

/** Runs a request; its failure becomes part of the state. Returns null then. */
async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  return await renewal.during(async () => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AskFailed)) throw error;
      change({ type: "failed", failure: error.failure });
      return null;
    }
  });
}

async function fill(item: Item, confirmed: readonly Confirmation[], waiting?: true): Promise<void> {
  const which = waiting === undefined ? {} : { waiting };
  const outcome = await attempt(() => ask("fill", { item: item.id, confirmed, ...which }));
  if (outcome !== null) end(outcome, item);
}

function end(outcome: Outcome, item: Item | null): void {
  change({ type: "ended", outcome, item });
  if (outcome.kind === "filled" && isPopupWindow()) closePopup();
}

function itemOf(outcome: Outcome): Item | null {
  return state.known?.page?.items.find(({ id }) => id === outcome.item) ?? null;
}

/** Copies a secret, says so, and has it cleared when its time is up. */
async function copySecret(what: CopiedWhat, value: string, code?: CodeTime): Promise<void> {
  await navigator.clipboard.writeText(value);
  const seconds = state.known?.clipboardSeconds ?? 0;
  const hold = await holdOf(value, Date.now() + seconds * 1000);
  await ask("copied", hold);
  const times = { clearsAt: hold.clearsAt, forMs: seconds * 1000, ...(code === undefined ? {} : { code }) };
  change({ type: "told", toast: { is: "copied", what, ...times } });
}

async function valueOf(what: CopiedWhat, item: Item, field = "Password", revision?: number): Promise<string> {
  if (what === "username") return item.username;
  return (await ask("reveal", { item: item.id, field, purpose: "copy", ...of(revision) })).value;
}

function of(revision: number | undefined): { readonly revision?: number } {
  return revision === undefined ? {} : { revision };
}

async function search(query: string): Promise<void> {
  change({ type: "found", query, page: await ask("search", { query }) });
  if (choosesWhenFound && isSettled(state)) actions.chooseSelected();
}

async function more(): Promise<void> {
  const { foundFor: query, found, known } = state;
  const after = found === null ? known?.all?.after : found.after;
  if (after === undefined || renewal.isBusy) return;
  await attempt(async () => change({ type: "moreFound", query, page: await ask("search", { query, after }) }));
}

function change(next: Change): void {
  const before = state;
  state = reduce(state, next);
  if (state === before && stack.shown !== null) return;
  stack.show(state);
  const asks = state.view.is === "confirm" || state.view.is === "erase";
  toast.update(asks ? null : state.toast);
}

function build(state: State): Shown {
  const { view } = state;
  switch (view.is) {
    case "loading":
      return { nodes: [], update: () => {}, focus: () => {} };
    case "problem":
      return problemView(faceShown, actions);
    case "create":
      return createView(actions);
    case "locked":
      return lockedView(state, actions);
    case "list":
      return listViewOf(actions);
    case "details":
      return detailsView(state, view, actions);
    case "edit":
      return editView(state, view, actions);
    case "history":
      return historyView(view, actions);
    case "trash":
      return trashView(state, view, actions);
    case "askAccess":
      return askAccessView(view, actions);
    case "erase":
      return eraseView(view, actions);
    case "generator":
      return generatorView(view, actions);
    case "generated":
      return generatedView(view, actions);
    case "why":
      return whyView(view, actions);
    case "offer":
      return offerView(state, view, actions);
    case "passkey":
      return passkeyView(state, view, actions);
    case "confirm":
      return confirmView(state, view, actions);
  }
}

function faceShown({ failure, known }: State): Face {
  const about = failure === null ? null : faceOf(failure, vaultOf(known), known?.status?.vaultPath);
  return about ?? problemFace(known?.problem ?? "stopped");
}
