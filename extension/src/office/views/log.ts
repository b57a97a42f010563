/** The membership log, and the words to compare: whoever reads the same words at the same entry sees the same members and keys. */

import { text } from "../../shared/browser.ts";
import { timeOf } from "../../shared/time.ts";
import { ask } from "../../shared/ui/ask.ts";
import { el } from "../../shared/ui/dom.ts";
import { entryWords } from "../entryWords.ts";
import { redraw, tableOf } from "../rows.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

export const logView: MakeView = (first, page) => {
  let office = first;
  let drawn = "";
  const at = el("span", { class: "muted small" });
  const words = el("ol", { class: "words", "aria-label": text("logWords") });
  const rows = el("tbody");
  const head = [text("logNumber"), text("auditWhat"), text("auditWho"), text("auditTime")];
  const table = tableOf(head, rows);
  const compare = el(
    "section",
    { class: "compare flow-s" },
    el("h2", {}, text("logWords")),
    words,
    el("p", { class: "muted" }, text("logWordsWhy")),
  );
  const { node, title, say } = frame(
    "log",
    office.name,
    [at],
    el(
      "main",
      { class: "column" },
      el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": text("office_log") }, compare, table),
    ),
  );

  const load = async () => {
    const asked = await page.asking(() => ask("officeLog", { office: office.office }), "");
    say(asked.is === "failed" ? asked.failure : null);
    if (asked.is !== "done") return;
    const log = asked.answer;
    const now = JSON.stringify(log);
    if (now === drawn) return;
    drawn = now;
    at.textContent = text("logHead", log.index);
    redraw(words, ...log.words.map((word) => el("li", {}, word)));
    redraw(
      rows,
      ...log.entries
        .toReversed()
        .map(({ index, time, author, kind, about, role }) =>
          el(
            "tr",
            {},
            el("td", { class: "faint number" }, String(index)),
            el("td", {}, entryWords(kind, about, role)),
            el("td", { class: "muted" }, author),
            el("td", { class: "muted" }, timeOf(time)),
          ),
        ),
    );
  };

  return {
    node,
    focus: () => title.focus(),
    update: (now) => {
      office = now;
      void load();
    },
  };
};
