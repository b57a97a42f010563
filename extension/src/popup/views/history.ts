/** What an item was before: when, what was changed then, the old password on request, and the way back. */

import { text } from "../../shared/browser.ts";
import { el, iconButton } from "../../shared/ui/dom.ts";
import type { Reply } from "../../shared/protocol.ts";
import { nameOfField } from "../names.ts";
import { hiddenSecret } from "../secret.ts";
import type { View } from "../state.ts";
import { timeOf } from "../../shared/time.ts";
import { titleOf } from "./row.ts";
import { subview } from "./subview.ts";
import type { Actions, Shown } from "./view.ts";

type Revision = Reply<"history">["revisions"][number];

export function historyView({ item, revisions }: View & { readonly is: "history" }, actions: Actions): Shown {
  const status = el("span", { class: "cut", role: "status" });
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
  return subview({
    heading: text("historyOf", titleOf(item)),
    content: [el("ol", { class: "revisions" }, ...revisions.map(lineOf))],
    status,
    back: actions.back,
  });
}
