/** What the generator made before, newest first: shown and copied one at a time. */

import { text } from "../../shared/browser.ts";
import { el, iconButton } from "../../shared/ui/dom.ts";
import { hiddenSecret } from "../secret.ts";
import type { View } from "../state.ts";
import { timeOf } from "../../shared/time.ts";
import { subview } from "./subview.ts";
import type { Actions, Shown } from "./view.ts";

export function generatedView({ entries }: View & { readonly is: "generated" }, actions: Actions): Shown {
  const status = el("span", { class: "cut", role: "status" });
  const lines = entries.map(({ id, at }) => {
    const time = timeOf(at);
    const { value, button } = hiddenSecret(time, status, () => actions.generator.reveal(id));
    const copy = iconButton("copyPassword", text("copyField", time), () => actions.generator.copyKept(id));
    return el(
      "div",
      { class: "prop" },
      el("dt", {}, el("time", { datetime: at }, time)),
      el("dd", {}, value),
      el("dd", { class: "acts" }, button, copy),
    );
  });
  const content =
    lines.length > 0
      ? el("dl", { class: "rows" }, ...lines)
      : el(
          "div",
          { class: "empty" },
          el("h2", {}, text("nothingGenerated")),
          el("p", { class: "muted" }, text("nothingGeneratedBody")),
        );
  return subview({ heading: text("generatedBefore"), content: [content], status, back: actions.back });
}
