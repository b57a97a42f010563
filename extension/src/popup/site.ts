/** What the popup does about the page that it is about. */

import { ask } from "../shared/ui/ask.ts";
import type { Context } from "./items.ts";
import { listView } from "./state.ts";
import type { SiteActions } from "./views/view.ts";
import { closePopup, isPopupWindow, openTab } from "./window.ts";

export function siteActions({ state, change, attempt, open }: Context): SiteActions {
  return {
    alwaysFill: (item, on) =>
      void attempt(async () => {
        await ask("alwaysFill", { item: item.id, on });
        await open();
      }),
    never: (on) =>
      void attempt(async () => {
        const page = state().known?.page ?? null;
        if (page === null) return;
        await ask("never", { origin: page.origin, on });
        const undo = { by: "site", origin: page.origin, never: !on } as const;
        change({ type: "told", toast: { is: "done", done: on ? "never" : "notNever", name: page.host, undo } });
        await open();
      }),
    pause: (on) =>
      void attempt(async () => {
        await ask("pause", { on });
        await open();
      }),
    leaveToBrowser: () =>
      void attempt(async () => {
        await ask("leaveToBrowser", {});
        if (isPopupWindow()) closePopup();
        else await open();
      }),
    why: () => void attempt(async () => change({ type: "entered", view: { is: "why", why: await ask("why", {}) } })),
    copyReport: () =>
      void attempt(async () => {
        await navigator.clipboard.writeText(await ask("report", {}));
        change({ type: "told", toast: { is: "done", done: "reportCopied", name: "", undo: null } });
      }),
    signals: (tab) => void openTab(`signals.html#${tab}`),
    forgetTaught: (names) =>
      void attempt(async () => {
        await ask("forgetTaught", { names });
        await ask("dismiss", {});
        change({ type: "told", toast: { is: "done", done: "forgotten", name: "", undo: null } });
        await open();
      }),
    startAdding: () => change({ type: "adding", on: true }),
    stopAdding: () => change({ type: "adding", on: false }),
    addTo: (item) =>
      void attempt(async () => {
        const { page, matchKind } = state().known ?? {};
        if (page == null) return;
        const { urls } = await ask("get", { item: item.id });
        const added = { url: page.origin, match: matchKind ?? "hostname" };
        await ask("update", { item: item.id, set: { urls: [...urls, added] } });
        await ask("dismiss", {});
        change({ type: "adding", on: false });
        const undo = { by: "update", item: item.id, set: { urls } } as const;
        change({ type: "told", toast: { is: "done", done: "siteAdded", name: item.title, undo } });
        // What was typed to find it is done with: the item stands on top now.
        if (state().view === listView) change({ type: "typed", query: "" });
        await open();
      }),
  };
}
