/** Who left, and which passwords they could open: worst first, each ticked by itself when somebody has changed it. */

import { text } from "../../shared/browser.ts";
import { changePageOf } from "../../popup/changePage.ts";
import type { Exposure, Leaver, Orphan } from "../../shared/leaverProtocol.ts";
import type { Reply } from "../../shared/protocol.ts";
import { timeOf } from "../../shared/time.ts";
import { ask } from "../../shared/ui/ask.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import type { IconName } from "../../shared/ui/icons.ts";
import { segments } from "../../shared/ui/segments.ts";
import { adoptSection } from "../adopt.ts";
import { redraw, tableOf } from "../rows.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

type Shown = "todo" | "done" | "all";
/** How often one looks how far new keys are: they are made in the background. */
const lookEveryMs = 1500;
/** So often without any progress, and they wait for somebody else's computer: then a change says when to look. */
const looksInVain = 4;

export const leaversView: MakeView = (first, page) => {
  let office = first;
  let leavers: readonly Leaver[] | null = null;
  let chosen: string | null = null;
  let worklist: Reply<"worklist"> | null = null;
  let orphans: readonly Orphan[] = [];
  let filter: Shown = "todo";
  let drawn = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = 0;
  let inVain = 0;

  const when = el("span", { class: "muted small" });
  const select = el("select", {
    "aria-label": text("leaversChoose"),
    onchange: () => {
      chosen = select.value;
      void load();
    },
  });
  const several = el("span", { class: "select-box end", hidden: true }, select, icon("down"));
  const bar = el("i");
  const progress = el(
    "div",
    { class: "progress known", role: "progressbar", "aria-label": text("leaversChanged") },
    bar,
  );
  const said = el("p", { role: "status" });
  const keys = el("p", { class: "small muted" });
  const filters: readonly (readonly [value: Shown, words: string])[] = [
    ["todo", text("leaversTodo")],
    ["done", text("leaversDone")],
    ["all", text("leaversAll")],
  ];
  const choices = segments<Shown>({ "aria-label": text("leaversShow") }, filters, (value) => {
    filter = value;
    choices.show(value);
    drawn = "";
    show();
  });
  choices.show(filter);
  const summary = el(
    "div",
    { class: "summary", hidden: true },
    el("div", { class: "flow-s" }, said, progress, keys),
    choices.node,
  );
  const list = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": text("office_leavers") });
  const foot = el("p", { class: "foot-note small muted", hidden: true });
  const { node, title, say } = frame(
    "leavers",
    office.name,
    [when, several],
    el("main", { class: "column" }, summary, list, foot),
  );

  async function load(): Promise<void> {
    clearTimeout(timer);
    const asked = await page.asking(async () => {
      const all = await ask("leavers", { office: office.office });
      const left = await ask("orphans", { office: office.office });
      const member = all.leavers.find((each) => each.member === chosen)?.member ?? all.leavers[0]?.member;
      const work = member === undefined ? null : await ask("worklist", { office: office.office, member });
      return { all: all.leavers, left: left.items, work };
    }, "");
    say(asked.is === "failed" ? asked.failure : null);
    if (asked.is !== "done") return;
    ({ all: leavers, left: orphans, work: worklist } = asked.answer);
    chosen = worklist?.leaver.member ?? null;
    const open = leavers.filter(({ items, changed }) => changed < items).length;
    page.count("leavers", open === 0 ? null : open);
    show();
    lookAgain(worklist?.leaver.due ?? 0);
  }

  function lookAgain(left: number): void {
    inVain = left === due ? inVain + 1 : 0;
    due = left;
    if (due > 0 && inVain < looksInVain && node.isConnected) timer = setTimeout(() => void load(), lookEveryMs);
  }

  function show(): void {
    const now = JSON.stringify([leavers, worklist, orphans, filter, office.role]);
    if (now === drawn || leavers === null) return;
    drawn = now;
    several.hidden = leavers.length < 2;
    select.replaceChildren(...leavers.map(({ member, name }) => el("option", { value: member }, name)));
    select.value = chosen ?? "";
    summary.hidden = foot.hidden = worklist === null || worklist.leaver.items === 0;
    const adopt = adoptSection(orphans, office.role === "owner", async (item, principal, name) => {
      const asked = await page.asking(() => ask("adopt", { item, principal }), text("adoptWhy", name));
      say(asked.is === "failed" ? asked.failure : null);
      if (asked.is === "done") await load();
    });
    if (worklist === null) {
      redraw(list, el("p", { class: "empty muted" }, text("leaversNobody")), ...adopt);
      return;
    }
    const { leaver, items, audited } = worklist;
    title.textContent = text("leaversTitle", leaver.name);
    when.textContent = text("leaversRemoved", timeOf(leaver.removedAt), leaver.removedBy);
    if (leaver.items === 0) {
      redraw(list, el("p", { class: "empty muted" }, text("leaversNothing", leaver.name)), ...adopt);
      return;
    }
    const used = items.filter((each) => each.revealed + each.copied + each.filled > 0).length;
    said.replaceChildren(
      el("b", {}, plural("leaversProgress", leaver.items, leaver.changed)),
      " ",
      el(
        "span",
        { class: "muted" },
        audited ? text("leaversUsed", leaver.name, leaver.items, used) : text("leaversNotAudited", leaver.name),
      ),
    );
    bar.style.inlineSize = `${Math.round((leaver.changed / leaver.items) * 100)}%`;
    progress.setAttribute("aria-valuemax", String(leaver.items));
    progress.setAttribute("aria-valuenow", String(leaver.changed));
    keys.textContent = leaver.due > 0 ? plural("leaversDue", leaver.due) : "";
    keys.hidden = leaver.due === 0;
    foot.textContent = text("leaversFoot", timeOf(leaver.removedAt));
    for (const [index, number] of [leaver.items - leaver.changed, leaver.changed, leaver.items].entries())
      choices.node.children[index]?.replaceChildren(`${filters[index]?.[1]} ${number}`);
    const rows = items.flatMap((each, index) =>
      filter === "all" || (filter === "done") === (each.changedAt !== undefined) ? [row(each, index + 1)] : [],
    );
    const heads = [
      text("leaversNumber"),
      text("leaversItem"),
      text("leaversDid", leaver.name),
      text("leaversThrough"),
      text("leaversState"),
      el("span", { class: "sr" }, text("leaversAction")),
    ];
    const none = el(
      "p",
      { class: "empty muted" },
      filter === "todo" ? text("leaversAllDone") : text("leaversNoneDone"),
    );
    redraw(list, rows.length === 0 ? none : tableOf(heads, el("tbody", {}, ...rows)), ...adopt);
  }

  return {
    node,
    focus: () => title.focus(),
    update: (now) => {
      office = now;
      void load();
    },
  };
};

function row(each: Exposure, number: number): HTMLElement {
  const address = changePageOf(each.urls);
  const isDone = each.changedAt !== undefined;
  const open =
    address === null || isDone
      ? ""
      : el(
          "a",
          {
            class: "btn sm",
            href: address,
            target: "_blank",
            rel: "noreferrer noopener",
            "data-key": `change-${each.item}`,
            "aria-label": text("leaversOpenChangeOf", each.title),
          },
          text("leaversOpenChange"),
          icon("open", "s"),
        );
  const below = [each.username, address === null ? text("leaversNoPage") : ""].filter((words) => words !== "");
  return el(
    "tr",
    { class: isDone ? "done" : "" },
    el("td", { class: "faint number" }, String(number)),
    el(
      "td",
      {},
      el("span", { class: "strong block" }, each.title),
      el("span", { class: "small muted" }, below.join(" · ")),
    ),
    el("td", {}, ...usesOf(each)),
    el("td", { class: "muted small" }, `${each.through ?? text("leaversDirect")}, ${text(`right_${each.right}`)}`),
    el("td", {}, isDone ? doneChip(each.changedAt) : el("span", { class: "chip warn" }, text("leaversStateTodo"))),
    el("td", { class: "last" }, open),
  );
}

function doneChip(changedAt: string): HTMLElement {
  return el("span", { class: "chip accent" }, icon("check"), text("leaversChangedAt", timeOf(changedAt)));
}

/** What was really done with it, the worst of it: with the time if it was once, else how often. */
function usesOf({ revealed, copied, filled, lastAt }: Exposure): readonly HTMLElement[] {
  const at = revealed + copied + filled === 1 && lastAt !== undefined ? timeOf(lastAt) : null;
  const chips = [
    revealed > 0 &&
      chip("danger", "reveal", at === null ? plural("leaversRevealed", revealed) : text("leaversRevealedAt", at)),
    copied > 0 &&
      chip("danger", "copyPassword", at === null ? plural("leaversCopied", copied) : text("leaversCopiedAt", at)),
    filled > 0 && chip("warn", "fill", at === null ? plural("leaversFilled", filled) : text("leaversFilledAt", at)),
  ].filter((each) => each !== false);
  if (chips.length === 0) return [el("span", { class: "chip" }, text("leaversNever"))];
  return [el("span", { class: "h wrap chips" }, ...chips)];
}

function chip(tone: "danger" | "warn", drawing: IconName, words: string): HTMLElement {
  return el("span", { class: `chip ${tone}` }, icon(drawing), words);
}
