/** Who revealed, copied, filled, granted and changed what: filters, pages, and the whole as a file. */

import { text } from "../../shared/browser.ts";
import { saveCsv } from "../../shared/csv.ts";
import type { AuditEvent } from "../../shared/leaverProtocol.ts";
import type { Reply } from "../../shared/protocol.ts";
import { dayOf } from "../../shared/time.ts";
import { ask } from "../../shared/ui/ask.ts";
import { el, icon, iconButton, plural } from "../../shared/ui/dom.ts";
import type { IconName } from "../../shared/ui/icons.ts";
import { withProgress } from "../../shared/ui/passphrase.ts";
import { segments } from "../../shared/ui/segments.ts";
import { byDay, kindGroups, periods, requestOf } from "../auditState.ts";
import type { AuditFilter, KindGroup } from "../auditState.ts";
import { entryWords } from "../entryWords.ts";
import { avatar, redraw, tableOf } from "../rows.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

const rowsPerPage = 100;
/** The most that the host gives at once. */
const rowsPerExport = 200;

const drawings: Readonly<Record<AuditEvent["kind"], IconName>> = {
  log: "person",
  invitation: "person",
  answer: "person",
  access: "share",
  revision: "edit",
  removal: "trash",
  putBack: "undo",
  request: "share",
  profileDeleted: "person",
  restore: "undo",
  reveal: "reveal",
  copy: "copy",
  fill: "fill",
};

export const auditView: MakeView = (first, page) => {
  let office = first;
  let filter: AuditFilter = { member: "", item: null, kinds: "all", days: 7 };
  let shown: readonly AuditEvent[] = [];
  let last: Reply<"audit"> | null = null;
  let asked = 0;

  const verified = el("span", { class: "chip accent", hidden: true });
  const save = el("button", { type: "button", class: "btn end" }, icon("download"), text("auditExport"));
  const members = el("select", {
    "aria-label": text("auditWho"),
    onchange: () => set({ member: members.value }),
  });
  const kinds = segments<KindGroup>(
    { "aria-label": text("auditWhat") },
    (Object.keys(kindGroups) as KindGroup[]).map((each) => [each, text(`auditKinds_${each}`)] as const),
    (value) => set({ kinds: value }),
  );
  kinds.show(filter.kinds);
  const days = el(
    "select",
    { "aria-label": text("auditPeriod"), onchange: () => set({ days: Number(days.value) }) },
    ...periods.map((each) =>
      el(
        "option",
        { value: each, selected: each === filter.days },
        each === 0 ? text("auditAlways") : plural("auditDays", each),
      ),
    ),
  );
  const onlyItem = el("span", { class: "h" });
  const count = el("span", { class: "muted small end", role: "status" });
  const box = (select: HTMLElement) => el("span", { class: "select-box" }, select, icon("down"));
  const bar = el("div", { class: "bar filters" }, box(members), kinds.node, box(days), onlyItem, count);
  const list = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": text("office_audit") });
  const foot = el("p", { class: "foot-note small muted" }, text("auditFoot"));
  const { node, title, say } = frame(
    "audit",
    office.name,
    [verified, save],
    el("main", { class: "column" }, bar, list, foot),
  );

  const set = (change: Partial<AuditFilter>) => {
    filter = { ...filter, ...change };
    kinds.show(filter.kinds);
    void load();
  };
  save.addEventListener("click", () => void withProgress(save, text("auditExporting"), exportAll));

  async function load(after?: string): Promise<void> {
    const number = ++asked;
    const request = requestOf(office.office, filter, rowsPerPage, after, Date.now());
    const answer = await page.asking(() => ask("audit", request), "");
    if (number !== asked) return; // another filter was chosen meanwhile
    say(answer.is === "failed" ? answer.failure : null);
    if (answer.is !== "done") return;
    last = answer.answer;
    shown = after === undefined ? last.entries : [...shown, ...last.entries];
    show();
  }

  function show(): void {
    onlyItem.replaceChildren(
      ...(filter.item === null
        ? []
        : [
            el("span", { class: "cut", title: filter.item.title }, filter.item.title),
            iconButton("close", text("auditAllItems"), () => set({ item: null })),
          ]),
    );
    if (last === null) return;
    verified.hidden = false;
    verified.replaceChildren(icon("check"), plural("auditVerified", last.total));
    count.textContent = plural("auditEntries", last.matching);
    const { after } = last;
    const more = el(
      "button",
      { type: "button", class: "btn", "data-key": "more", onclick: () => void load(after) },
      text("auditMore"),
    );
    redraw(
      list,
      shown.length === 0 ? el("p", { class: "empty muted" }, text("auditNothing")) : table(),
      ...(after === undefined ? [] : [el("div", { class: "more" }, more)]),
    );
  }

  function table(): HTMLElement {
    const heads = [text("auditTime"), text("auditWho"), text("auditWhat"), text("auditAbout")];
    const body = byDay(shown, dayOf).flatMap(([day, events]) => [
      el("tr", { class: "day" }, el("th", { scope: "rowgroup", colspan: heads.length }, day)),
      ...events.map((event) => row(event)),
    ]);
    return tableOf(heads, el("tbody", {}, ...body));
  }

  function row(event: AuditEvent): HTMLElement {
    const { item } = event;
    const about = aboutOf(event);
    const subject =
      item === undefined || event.title === undefined
        ? el("span", { class: "muted" }, about)
        : el(
            "button",
            {
              type: "button",
              class: "link plain",
              title: text("auditOnlyItem"),
              onclick: () => set({ item: { id: item, title: about } }),
            },
            about,
          );
    return el(
      "tr",
      {},
      el("td", { class: "time" }, clockOf(event.time)),
      el(
        "td",
        {},
        event.name === undefined
          ? el("span", { class: "muted" }, text("auditServer"))
          : el("span", { class: "h" }, avatar(event.name), el("span", { class: "cut", title: event.name }, event.name)),
      ),
      el("td", {}, el("span", { class: "h" }, icon(drawings[event.kind]), el("span", {}, whatOf(event)))),
      el("td", {}, subject),
    );
  }

  async function exportAll(): Promise<void> {
    const rows: (readonly string[])[] = [
      [text("auditTime"), text("auditWho"), text("auditWhat"), text("auditAbout"), text("auditItemId")],
    ];
    let after: string | undefined;
    do {
      const request = requestOf(office.office, filter, rowsPerExport, after, Date.now());
      const answer = await page.asking(() => ask("audit", request), "");
      say(answer.is === "failed" ? answer.failure : null);
      if (answer.is !== "done") return;
      for (const event of answer.answer.entries)
        rows.push([event.time, event.name ?? "", whatOf(event), aboutOf(event), event.item ?? ""]);
      ({ after } = answer.answer);
    } while (after !== undefined);
    saveCsv("latchkey-audit.csv", rows);
  }

  async function loadMembers(): Promise<void> {
    const answer = await page.asking(() => ask("people", { office: office.office }), "");
    if (answer.is !== "done") return;
    members.replaceChildren(
      el("option", { value: "" }, text("auditEverybody")),
      ...answer.answer.members.map(({ member, name }) => el("option", { value: member }, name)),
    );
    members.value = filter.member;
  }

  return {
    node,
    focus: () => title.focus(),
    update: (now) => {
      office = now;
      const isTheirs = now.role !== "member";
      bar.hidden = foot.hidden = save.hidden = !isTheirs;
      if (!isTheirs) redraw(list, el("p", { class: "empty muted" }, text("auditNotYours")));
      else if (last === null) {
        void loadMembers();
        void load();
      }
    },
  };
};

function whatOf({ kind, entry, about, role, number }: AuditEvent): string {
  if (kind === "revision" && number === 1) return text("auditAdded");
  return kind === "log" && entry !== undefined ? entryWords(entry, about, role) : text(`audit_${kind}`);
}

function aboutOf({ kind, title, item, about, number }: AuditEvent): string {
  if (kind === "log") return number === undefined ? "" : text("auditLogEntry", number);
  if (item === undefined) return about ?? "";
  const name = title ?? text("auditItemNotYours");
  return kind === "revision" && number !== undefined && number > 1 ? text("auditRevision", name, number) : name;
}

function clockOf(time: string): string {
  return new Date(time).toLocaleTimeString(document.documentElement.lang);
}
