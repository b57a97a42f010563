/** The recycle bin: what was deleted, newest first. A click shows an item; it is brought back or goes for good there. */

import { text } from "../../shared/browser.ts";
import { el, icon, iconButton, plural } from "../../shared/ui/dom.ts";
import { vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import type { Reply, Vault } from "../../shared/protocol.ts";
import { homeOf } from "../../shared/vaults.ts";
import type { State, View } from "../state.ts";
import { timeOf } from "../../shared/time.ts";
import { tileIn, titleOf } from "./row.ts";
import { subview } from "./subview.ts";
import type { Actions, Shown } from "./view.ts";

export function trashView(state: State, { page }: View & { readonly is: "trash" }, actions: Actions): Shown {
  const vaults = state.known?.vaults ?? [];
  const rows = el("ul", { class: "rows" }, ...page.items.map((item) => rowOf(item, vaults, actions)));
  const more = el(
    "button",
    { type: "button", class: "btn", onclick: actions.items.moreTrash },
    text("moreTrash", page.total - page.items.length),
  );
  const empty = el(
    "div",
    { class: "empty" },
    el("h2", {}, text("trashEmpty")),
    el("p", { class: "muted" }, text("trashEmptyBody")),
  );
  return subview({
    heading: text("recycleBin"),
    content: [page.items.length === 0 ? empty : rows, page.after !== undefined && el("div", { class: "empty" }, more)],
    back: actions.back,
  });
}

function rowOf(
  { removedAt, ...item }: Reply<"trash">["items"][number],
  vaults: readonly Vault[],
  { items }: Actions,
): HTMLElement {
  const title = titleOf(item);
  const when = text("removedAt", timeOf(removedAt));
  const sub = item.username === "" ? when : `${item.username} · ${when}`;
  return el(
    "li",
    {
      class: "row",
      onclick: ({ target }: MouseEvent) => {
        if (!(target as Element).closest("button")) items.details(item, true);
      },
    },
    tileIn(item, homeOf(item, vaults)),
    el(
      "span",
      { class: "text" },
      el("span", { class: "title cut", title }, title),
      el("span", { class: "sub" }, el("span", { class: "cut" }, sub)),
    ),
    el(
      "span",
      { class: "acts" },
      el(
        "button",
        {
          type: "button",
          class: "btn sm",
          "aria-label": text("restoreItem", title),
          onclick: () => items.restore(item),
        },
        text("restore"),
      ),
      iconButton("next", text("detailsOf", title), () => items.details(item, true)),
    ),
  );
}

/** Asks before an item goes for good, or from everybody. Names it; the focus is on the safe button. */
export function eraseView(
  { item, forever, people }: View & { readonly is: "erase" },
  { items, ...actions }: Actions,
): Shown {
  const title = titleOf(item);
  const shared = (count: number) => (forever ? plural("eraseShared", count) : plural("removeShared", count));
  const body = people === null ? text("eraseBody") : shared(people);
  const cancel = el("button", { type: "button", class: "btn tall", onclick: actions.back }, text("keepItem"));
  const go = el(
    "button",
    {
      type: "button",
      class: "btn danger solid tall",
      id: "go",
      onclick: () => (forever ? items.erase(item) : items.bin(item)),
    },
    forever ? text("eraseItem") : text("removeForAll"),
  );
  const failed = el("p", { class: "hint error", role: "alert", hidden: true });
  const dialog = el(
    "div",
    {
      class: "centre upper problem danger ask",
      role: "alertdialog",
      "aria-modal": "true",
      "aria-labelledby": "ask-title",
      "aria-describedby": "ask-body",
    },
    icon("trash", "l"),
    el("h1", { id: "ask-title", tabindex: -1 }, forever ? text("eraseTitle", title) : text("removeSharedTitle", title)),
    el("p", { class: "muted", id: "ask-body" }, body),
    failed,
    el("div", { class: "actions" }, cancel, go),
  );
  return {
    nodes: [el("main", {}, dialog)],
    update: ({ failure, known }) => {
      failed.hidden = failure === null;
      failed.textContent = failure === null ? "" : wordsFor(failure, vaultOf(known));
    },
    focus: () => cancel.focus(),
  };
}
