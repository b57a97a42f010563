/** What the popup does about the sign-in that has just worked. */

import { hostOf } from "../shared/origin.ts";
import { ask } from "../shared/ui/ask.ts";
import { textOfOffer } from "./edit/offerDraft.ts";
import type { Context } from "./items.ts";
import type { OfferActions } from "./views/view.ts";

export function offerActions({ state, change, attempt, open }: Context): OfferActions {
  const drop = (never: boolean) =>
    attempt(async () => {
      await ask("dropOffer", { never });
      change({ type: "home" });
      return true;
    });
  return {
    keep: (where) =>
      void attempt(async () => {
        const { item, revision } = await ask("keepOffer", where);
        const undo =
          revision === undefined
            ? ({ by: "remove", item: item.id } as const)
            : ({ by: "restore", item: item.id, revision } as const);
        change({ type: "home" });
        const done = revision === undefined ? "saved" : "passwordChanged";
        change({ type: "told", toast: { is: "done", done, name: item.title, undo } });
        await open();
      }),
    draft: (draft) => void attempt(() => ask("draftOffer", { text: textOfOffer(draft) })),
    reveal: async () => (await attempt(() => ask("revealOffer", {})))?.value ?? null,
    notNow: () => void drop(false).then(open),
    never: () => {
      const { view } = state();
      if (view.is !== "offer") return;
      const { origin } = view.offer;
      void drop(true).then(async (done) => {
        if (done === null) return;
        const undo = { by: "site", origin, never: false } as const;
        change({ type: "told", toast: { is: "done", done: "never", name: hostOf(origin), undo } });
        await open();
      });
    },
  };
}
