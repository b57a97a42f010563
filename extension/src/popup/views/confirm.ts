/** Asks before a fill that the host would not do by itself. Names both sides; the focus is on the safe button. */

import { text } from "../../shared/browser.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import type { State, View } from "../state.ts";
import { titleOf } from "./row.ts";
import type { Actions, Shown } from "./view.ts";

export function confirmView(state: State, view: View & { readonly is: "confirm" }, actions: Actions): Shown {
  const { item, asking, confirmed } = view;
  const page = state.known?.page;
  const host = page?.host ?? "";
  const top = page?.top ?? "";
  const cancel = el("button", { type: "button", class: "btn tall", onclick: actions.back }, text("cancel"));
  const go = el(
    "button",
    {
      type: "button",
      class: "btn danger tall",
      onclick: () => actions.fill(item, [...confirmed, asking]),
    },
    text("fillOn", host),
  );
  const dialog = el(
    "div",
    {
      class: "centre upper problem ask",
      role: "alertdialog",
      "aria-modal": "true",
      "aria-labelledby": "ask-title",
      "aria-describedby": "ask-body",
    },
    icon("warning", "l"),
    el("h1", { id: "ask-title", tabindex: -1 }, text(`ask_${asking}_title`, host)),
    el("p", { class: "muted", id: "ask-body" }, text(`ask_${asking}_body`, titleOf(item), host, top)),
    el("div", { class: "actions" }, cancel, go),
  );
  return { nodes: [el("main", {}, dialog)], update: () => {}, focus: () => cancel.focus() };
}
