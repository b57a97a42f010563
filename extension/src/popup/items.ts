/** What the popup does with items: details, form, draft, recycle bin, history. Each failure becomes part of the state. */

import type { Failure } from "../shared/messages.ts";
import type { Item, Reply } from "../shared/protocol.ts";
import { ask, AskFailed } from "../shared/ui/ask.ts";
import { asking } from "../shared/ui/asking.ts";
import { text } from "../shared/browser.ts";
import { isOffice, isOpening, placesOf, presetOf } from "../shared/vaults.ts";
import { draftFrom, newItemKey, textOf } from "./edit/draft.ts";
import { baseOf, changeOf, newForm, newItemOf, rebase } from "./edit/form.ts";
import type { Draft, ItemForm } from "./edit/form.ts";
import type { Change, Done, State, Undo } from "./state.ts";
import type { ItemActions } from "./views/view.ts";

/** What the actions need of the popup. */
export interface Context {
  readonly state: () => State;
  readonly change: (next: Change) => void;
  /** Runs a request; its failure becomes part of the state. Returns null then. */
  readonly attempt: <T>(work: () => Promise<T>) => Promise<T | null>;
  /** Asks for everything that the popup shows first. */
  readonly open: () => Promise<void>;
}

export function itemActions({ state, change, attempt, open }: Context): ItemActions {
  const tell = (done: Done, item: Item, undo: Undo | null) =>
    change({ type: "told", toast: { is: "done", done, name: item.title, undo } });

  const vaults = () => state().known?.vaults ?? [];
  /** The vault that was chosen; empty if none was, or it can take nothing now: the host's own choice is right then. */
  const placeOf = ({ vault }: ItemForm) => (placesOf(vaults()).some((each) => each.vault === vault) ? vault : "");

  const openForm = async (item: Item | null, fresh: Draft) => {
    const key = item?.id ?? newItemKey;
    const { value } = await ask("draft", { key });
    const kept = value === undefined ? null : draftFrom(value);
    await ask("editing", { key });
    change({ type: "entered", view: { is: "edit", item, draft: kept ?? fresh, fresh, kept: kept !== null } });
  };

  const saveNew = async (draft: Draft) => {
    const { item } = await ask("save", { item: newItemOf({ ...draft.form, vault: placeOf(draft.form) }) });
    await ask("draft", { key: newItemKey, set: "" });
    return item;
  };

  const saveChange = async (item: Item, { form, base }: Draft) => {
    const set = base === null ? {} : changeOf(base.form, form);
    const from = base === null ? {} : { modifiedAt: base.modifiedAt };
    if (Object.keys(set).length > 0) await ask("update", { item: item.id, ...from, set });
    await ask("draft", { key: item.id, set: "" });
  };

  /** The vault that was chosen for one new item is offered first for the next. Returns why it is not, or null. */
  const remember = async (vault: string): Promise<Failure | null> => {
    // What is put into an office is chosen each time: others may be able to read it.
    if (vault === "" || vault === presetOf(vaults()) || isOffice(vault, vaults())) return null;
    try {
      await ask("changeVault", { vault, set: { takesNew: true } });
      return null;
    } catch (error) {
      // The item is saved: this alone must not look like the opposite.
      if (error instanceof AskFailed) return error.failure;
      throw error;
    }
  };

  return {
    details: (item, removed = false) =>
      void attempt(async () => {
        const details = await ask("get", { item: item.id });
        change({ type: "entered", view: { is: "details", details, removed } });
      }),
    start: (title) =>
      void attempt(async () => {
        const { page, matchKind } = state().known ?? {};
        const urls = page == null ? [] : [{ url: page.origin, match: matchKind ?? "hostname" }];
        const form = newForm("login", title === "" ? (page?.host ?? "") : title, urls);
        await openForm(null, { form: { ...form, vault: presetOf(vaults()) }, base: null });
      }),
    edit: (item) =>
      void attempt(async () => {
        const base = baseOf(await ask("get", { item: item.id }));
        await openForm(item, { form: base.form, base });
      }),
    keep: async (key, draft) => {
      const set = draft === null ? "" : textOf(draft);
      return (await attempt(() => ask("draft", { key, set }))) !== null && draft !== null;
    },
    save: async (item, draft) => {
      try {
        const saved = item ?? (await saveNew(draft));
        if (item !== null) await saveChange(item, draft);
        const forgotten = item === null ? await remember(placeOf(draft.form)) : null;
        await ask("editing", { key: null });
        // What kept the page from being filled may be what was just changed.
        await ask("dismiss", {});
        const details = await ask("get", { item: saved.id });
        change({ type: "left", view: { is: "details", details, removed: false } });
        await open();
        if (forgotten !== null) change({ type: "failed", failure: forgotten });
        return null;
      } catch (error) {
        if (!(error instanceof AskFailed)) throw error;
        const { failure } = error;
        const changed = "kind" in failure && failure.kind === "refused" && failure.reason === "changed";
        if (item === null || !changed) return (change({ type: "failed", failure }), null);
        return await attempt(async () => rebase(draft, baseOf(await ask("get", { item: item.id }))));
      }
    },
    folders: async (vault) => {
      if (vault === "") return await attempt(() => ask("folders", {}));
      const isThere = vaults().some((each) => each.vault === vault && each.state === "open" && !isOpening(each));
      return isThere ? await attempt(() => ask("folders", { vault })) : null;
    },
    remove: (item) => {
      if (isOffice(item.vault, vaults())) void askToGo(item, false);
      else bin(item);
    },
    bin,
    restore: (item) =>
      void attempt(async () => {
        await ask("restore", { item: item.id });
        await showTrash();
        tell("restored", item, { by: "remove", item: item.id });
        await open();
      }),
    askToErase: (item) => void askToGo(item, true),
    erase: (item) =>
      void attempt(async () => {
        const isGone = await fresh(() => ask("remove", { item: item.id, forever: true }), text("officeEraseAgain"));
        if (!isGone) return;
        change({ type: "back" });
        await showTrash();
        tell("erased", item, null);
      }),
    wantAccess: (item, right) => change({ type: "entered", view: { is: "askAccess", item, right } }),
    askAccess: (item, right, reason) =>
      void attempt(async () => {
        await ask("askAccess", { item: item.id, right, reason });
        change({ type: "back" });
        tell("asked", item, null);
        await open();
      }),
    answer: ({ office, request, mine, name, outcome }, grant) =>
      void attempt(async () => {
        const isAnswered = await fresh(
          () => ask("answerAccess", { office, request, grant }),
          text("officeGrantAgain", name),
        );
        if (!isAnswered) return;
        const done = grant ? "granted" : "declined";
        if (!mine && outcome === undefined) change({ type: "told", toast: { is: "done", done, name, undo: null } });
        await open();
      }),
    history: (item) =>
      void attempt(async () => {
        const { revisions } = await ask("history", { item: item.id });
        change({ type: "entered", view: { is: "history", item, revisions } });
      }),
    bringBack: (item, revision) =>
      void attempt(async () => {
        await ask("restore", { item: item.id, revision });
        // What was replaced is now the newest revision.
        const { revisions } = await ask("history", { item: item.id });
        const before = revisions[0]?.revision;
        const details = await ask("get", { item: item.id });
        change({ type: "left", view: { is: "details", details, removed: false } });
        tell("broughtBack", item, before === undefined ? null : { by: "restore", item: item.id, revision: before });
        await open();
      }),
    promote: (item) =>
      void attempt(async () => {
        await settle(item, await ask("promote", { item: item.id }), "passwordChanged");
      }),
    dropNew: (item) =>
      void attempt(async () => {
        await settle(item, await ask("dropNew", { item: item.id }), "dropped");
      }),
    dropPasskey: (item) =>
      void attempt(async () => {
        await settle(item, await ask("dropPasskey", { item: item.id }), "passkeyDropped");
      }),
    trash: () =>
      void attempt(async () => change({ type: "entered", view: { is: "trash", page: await ask("trash", {}) } })),
    moreTrash: () =>
      void attempt(async () => {
        const { view } = state();
        if (view.is !== "trash" || view.page.after === undefined) return;
        const page = await ask("trash", { after: view.page.after });
        change({ type: "moreTrash", after: view.page.after, page });
      }),
    undo: (undo) =>
      void attempt(async () => {
        change({ type: "toastGone" });
        await takeBack(undo);
        const { view } = state();
        if (view.is === "details") {
          const details = await ask("get", { item: view.details.item.id });
          change({ type: "replaced", view: { ...view, details } });
        }
        if (view.is === "trash") await showTrash();
        await open();
      }),
  };

  function bin(item: Item): void {
    void attempt(async () => {
      await ask("remove", { item: item.id });
      await ask("editing", { key: null });
      await ask("dismiss", {});
      // Else the list that was shown before shows the item for a moment.
      await open();
      change({ type: "home" });
      tell("removed", item, { by: "restore", item: item.id });
    });
  }

  /** Asks before an item goes, with how many people it goes from if it is an office's. */
  async function askToGo(item: Item, forever: boolean): Promise<void> {
    await attempt(async () => {
      const shared = isOffice(item.vault, vaults());
      const people = shared ? (await ask("access", { item: item.id })).access.length : null;
      change({ type: "entered", view: { is: "erase", item, forever, people } });
    });
  }

  /** Does what may want the passphrase anew. Returns whether it was done; otherwise the person gave none. */
  async function fresh(work: () => Promise<unknown>, what: string): Promise<boolean> {
    const asked = await asking(work, what);
    if (asked.is === "failed") throw new AskFailed(asked.failure);
    return asked.is === "done";
  }

  /** A new password waits no more, or a passkey is gone: says so, and shows the item as it is now. */
  async function settle(item: Item, { revision }: Reply<"promote">, done: Done): Promise<void> {
    const { view } = state();
    if (view.is === "details") {
      change({ type: "replaced", view: { ...view, details: await ask("get", { item: item.id }) } });
    }
    tell(done, item, revision === undefined ? null : { by: "restore", item: item.id, revision });
    await open();
  }

  /** Shows the recycle bin as it is now, in place of the view that has just changed it. */
  async function showTrash(): Promise<void> {
    const page: Reply<"trash"> = await ask("trash", {});
    const { view, below } = state();
    if (view.is === "trash") change({ type: "replaced", view: { is: "trash", page } });
    else if (below.at(-1)?.is === "trash") change({ type: "left", view: { is: "trash", page } });
    else change({ type: "home" });
  }
}

async function takeBack(undo: Undo): Promise<unknown> {
  switch (undo.by) {
    case "restore":
      return await ask("restore", {
        item: undo.item,
        ...(undo.revision === undefined ? {} : { revision: undo.revision }),
      });
    case "remove":
      return await ask("remove", { item: undo.item });
    case "update":
      return await ask("update", { item: undo.item, set: undo.set });
    case "site":
      return await ask("never", { origin: undo.origin, on: undo.never });
  }
}
