/** What an item was before: when, what was changed then, the old password on request, and the way back. */

import { text } from "../../shared/browser.ts";
import { el, iconButton } from "../../shared/ui/dom.ts";
import { vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import type { Reply } from "../../shared/protocol.ts";
import { nameOfField } from "../names.ts";
import { hiddenSecret } from "../secret.ts";
import type { View } from "../state.ts";
import { timeOf } from "../time.ts";
import { titleOf } from "./row.ts";
import type { Actions, Shown } from "./view.ts";

type Revision = Reply<"history">["revisions"][number];

export function historyView({ item, revisions }: View & { readonly is: "history" }, actions: Actions): Shown {
  const heading = el("h1", { class: "cut", tabindex: -1, title: titleOf(item) }, text("historyOf", titleOf(item)));
  const status = el("span", { class: "cut", role: "status" });
  const failed = el("p", { class: "banner danger", role: "alert", hidden: true });

  const lineOf = ({ revision, modifiedAt, title, username, changed }: Revision) => {
    const time = timeOf(modifiedAt);
    const name = text("passwordOf", time);
    const { value, button } = hiddenSecret(name, status, () => actions.reveal(item, "Password", revision));
    const copy = iconButton("copyPassword", text("copyField", name), () =>
      actions.copy("password", item, "Password", revision),
    );
    const back = el(
      "button",
      {
        type: "button",
        class: "btn sm",
        "aria-label": text("bringBackOf", time),
        onclick: () => actions.items.bringBack(item, revision),
      },
      text("bringBack"),
    );
    const names = [...new Set(changed.map(nameOfField))].join(", ");
    return el(
      "li",
      { class: "revision" },
      el("h2", {}, el("time", { datetime: modifiedAt }, time)),
      el("p", { class: "small muted long" }, username === "" ? title : `${title} · ${username}`),
      names !== "" && el("p", { class: "small muted" }, text("changedAfter", names)),
      item.hasPassword && el("div", { class: "h" }, el("div", { class: "grow" }, value), button, copy),
      back,
    );
  };
  const content = el("ol", { class: "revisions" }, ...revisions.map(lineOf));
  return {
    nodes: [
      el("header", {}, iconButton("back", text("back"), actions.back, { keys: "Esc" }), heading),
      el("main", { tabindex: -1 }, failed, content),
      el(
        "footer",
        {},
        status,
        el("span", { class: "h footnote" }, el("span", {}, el("kbd", {}, "Esc"), ` ${text("hintBack")}`)),
      ),
    ],
    update: ({ failure, known }) => {
      failed.hidden = failure === null;
      failed.textContent = failure === null ? "" : wordsFor(failure, vaultOf(known));
    },
    focus: () => heading.focus(),
    gone: () => content.replaceChildren(),
  };
}
