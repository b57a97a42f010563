/** Who may do what: people and groups across, items and folders down, a right in each cell. */

import { text } from "../../shared/browser.ts";
import { fold } from "../../shared/fold.ts";
import { rights } from "../../shared/officeProtocol.ts";
import type { AccessToSet, Right } from "../../shared/officeProtocol.ts";
import { ask, AskFailed } from "../../shared/ui/ask.ts";
import { saveCsv } from "../../shared/csv.ts";
import { openDialog } from "../../shared/ui/dialog.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import { wordsFor } from "../../shared/ui/failure.ts";
import { segments } from "../../shared/ui/segments.ts";
import { PreviewBar } from "../grid/bar.ts";
import type { BarState } from "../grid/bar.ts";
import { cellOf, isShown, shows } from "../grid/cells.ts";
import type { Show } from "../grid/cells.ts";
import { csvRows } from "../grid/csv.ts";
import { countOf, emptyDraft, inverseOf, isEmpty, moveInto, rebased, requestOf, setRight } from "../grid/draft.ts";
import type { CellToSet, Draft, TimeLimits } from "../grid/draft.ts";
import { readGrid, runChanges } from "../grid/host.ts";
import type { Progress, Run } from "../grid/host.ts";
import { columnsOf, levelOf, rowsOf } from "../grid/model.ts";
import type { Column, GridItem, Office, Row } from "../grid/model.ts";
import { Panel } from "../grid/panel.ts";
import { previewOf } from "../grid/preview.ts";
import { askFolder, askGrant, askName, askTimes } from "../grid/questions.ts";
import { choose, edgesOf, start } from "../grid/selection.ts";
import type { Selection } from "../grid/selection.ts";
import { GridTable } from "../grid/table.ts";
import { filterField, toolBar } from "../grid/tools.ts";
import { previewWords, readWords } from "../grid/words.ts";
import { hashOf } from "../route.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

/** With more columns, groups are closed at first. */
const columnsAtFirst = 14;
/** With more items, folders are closed at first. */
const itemsAtFirst = 200;
export const accessView: MakeView = ({ office: id, name }, page) => {
  let office: Office | null = null;
  let draft = emptyDraft;
  let before: readonly Draft[] = [];
  let selection: Selection = start;
  let closed: ReadonlySet<string> = new Set();
  let openGroups: ReadonlySet<string> = new Set();
  let show: Show = "everything";
  let applying: { readonly run: Run; readonly progress: Progress | null } | null = null;
  let rows: readonly Row[] = [];
  let columns: readonly Column[] = [];

  const itemQuery = filterField("find-items", text("gridFilterItems"), () => redraw());
  const peopleQuery = filterField("find-people", text("gridFilterPeople"), () => redraw());
  const counted = el("span", { class: "small faint" });
  const choice = segments(
    { "aria-label": text("gridShow") },
    shows.map((each) => [each, text(`gridShow_${each}`)] as const),
    (next) => {
      show = next;
      redraw();
    },
  );
  const tools = toolBar(
    (right) => setCells(cellsChosen(), right),
    () => askTimes((right, limits) => setCells(cellsChosen(), right, limits)),
  );
  const table = new GridTable(el("div", { class: "corner" }, counted, itemQuery.node), {
    select: (next) => {
      selection = next;
      redraw();
    },
    set: (right) => setCells(cellsChosen(), right ?? nextRight()),
    fold: (row, open) => {
      if (!closed.has(row.key) === open) return false;
      closed = toggled(closed, row.key);
      redraw();
      return true;
    },
    foldColumn: (column) => {
      openGroups = toggled(openGroups, column.principal);
      redraw();
    },
    undo: () => undo(),
    who: () => panel.node.focus(),
  });
  const panel = new Panel({
    give: (item) => {
      if (office === null) return;
      askGrant(office, item, (principal, right, limits) => setCells([{ item: item.item, principal }], right, limits));
    },
    move: (item) => {
      if (office !== null) askFolder(office, draft, item, (folder) => move(item, folder));
    },
    rename: (folder) => nameFolder(folder),
    remove: (folder) => removeFolder(folder),
  });
  const bar = new PreviewBar({
    undo: () => undo(),
    discard: () => {
      change(emptyDraft);
      table.focus();
    },
    apply: () => void apply(),
    cancel: () => applying?.run.cancel(),
    showChanged: () => {
      show = "changed";
      redraw();
      table.focus();
    },
  });
  const empty = el(
    "div",
    { class: "empty", hidden: true },
    el("h2", {}, text("gridEmptyTitle")),
    el("p", { class: "muted" }, text("gridEmptyBody")),
    el(
      "p",
      {},
      el("a", { class: "btn", href: hashOf({ view: "bring", office: id }) }, icon("import"), text("office_bring")),
    ),
  );
  const button = (label: string, drawing: "folder" | "note", onclick: () => void) =>
    el("button", { type: "button", class: "btn", onclick }, icon(drawing), label);
  const view = frame(
    "access",
    name,
    [
      el(
        "div",
        { class: "end h wrap" },
        peopleQuery.node,
        choice.node,
        button(text("gridNewFolder"), "folder", () => nameFolder(null)),
        button(text("gridExport"), "note", () => exportTable()),
      ),
    ],
    el(
      "main",
      { class: "access" },
      tools.node,
      el("div", { class: "split" }, el("div", { class: "grid-place" }, empty, table.node), panel.node),
    ),
    bar.node,
  );

  let loading: Promise<void> | null = null;
  let again = false;
  /** Asks for the grid; where that is under way, once more after it. */
  const load = (): Promise<void> => {
    again = true;
    loading ??= loadAll().finally(() => {
      loading = null;
    });
    return loading;
  };
  const loadAll = async () => {
    while (again) {
      again = false;
      try {
        const next = await readGrid(id);
        if (office === null) begin(next);
        office = next;
        if (applying === null) draft = rebased(next, draft);
        redraw();
      } catch (error) {
        if (!(error instanceof AskFailed)) throw error;
        view.say(error.failure);
      }
    }
  };
  const begin = (known: Office) => {
    const groups = new Set(known.groups.map(({ group }) => group));
    if (columnsOf(known, groups, () => true).length <= columnsAtFirst) openGroups = groups;
    if (known.items.size > itemsAtFirst)
      closed = new Set([...known.items.values()].filter(({ kind }) => kind === "folder").map(({ item }) => item));
  };

  const redraw = () => {
    if (office === null) return;
    const known = office;
    const [row, column] = [rows[selection.to.row]?.key, columns[selection.to.column]?.key];
    const words = fold(itemQuery.value());
    const people = fold(peopleQuery.value());
    const finds = (item: GridItem) => fold(item.title).includes(words) && isShown(known, draft, show, item);
    rows = rowsOf(known, closed, words === "" && show === "everything" ? null : finds, text("gridLoose"));
    columns = columnsOf(known, openGroups, (each) => fold(each).includes(people));
    keepPlace(row, column);
    const items = [...known.items.values()].filter(({ kind }) => kind === "item").length;
    const folders = known.items.size - items;
    const inFolders = folders > 0 ? ` ${plural("gridInFolders", folders)}` : "";
    counted.replaceChildren(el("b", {}, plural("gridItems", items)), inFolders);
    choice.show(show);
    empty.hidden = known.items.size > 0;
    table.node.hidden = known.items.size === 0;
    tools.choose(cellsChosen().length);
    table.show({ office: known, draft, rows, columns, selection });
    panel.show(known, draft, rows[selection.to.row]?.item ?? null);
    showBar(known);
  };

  /** The focus stays on its row and column, wherever they are now. */
  const keepPlace = (row: string | undefined, column: string | undefined) => {
    const { to } = selection;
    const at = (index: number, found: number) => (index < 0 || found < 0 ? index : found);
    const place = {
      row: at(
        to.row,
        rows.findIndex(({ key }) => key === row),
      ),
      column: at(
        to.column,
        columns.findIndex(({ key }) => key === column),
      ),
    };
    const size = { rows: rows.length, columns: columns.length };
    const isOut = place.row >= size.rows || place.column >= size.columns;
    if (isOut || place.row !== to.row || place.column !== to.column) selection = choose(place, size);
  };

  /** What the draft comes to, reckoned once: with thousands of items it takes longer than a key may. */
  let reckoned: { readonly of: readonly [Office, Draft]; readonly state: BarState } | null = null;
  const showBar = (known: Office) => {
    if (applying !== null) return bar.show({ is: "applying", step: applying.progress });
    if (isEmpty(draft)) return bar.show({ is: "nothing" });
    if (reckoned?.of[0] !== known || reckoned.of[1] !== draft) {
      const preview = previewOf(known, draft);
      const state = {
        is: "draft",
        words: previewWords(known, preview),
        second: readWords(known, preview),
        changes: countOf(known, draft),
        items: preview.items.length,
      } as const;
      reckoned = { of: [known, draft], state };
    }
    bar.show(reckoned.state);
  };

  const change = (next: Draft) => {
    if (applying !== null) return;
    before = [...before, draft];
    draft = next;
    redraw();
  };
  const undo = () => {
    const last = before.at(-1);
    if (last === undefined || applying !== null || office === null) return;
    before = before.slice(0, -1);
    draft = rebased(office, last);
    redraw();
  };

  const cellsChosen = (): readonly CellToSet[] => {
    const edges = edgesOf(selection, { rows: rows.length, columns: columns.length });
    if (edges === null) return [];
    const across = columns.slice(edges.left, edges.right + 1);
    return rows
      .slice(edges.top, edges.bottom + 1)
      .flatMap(({ item }) => (item === null ? [] : across.map(({ principal }) => ({ item: item.item, principal }))));
  };
  const setCells = (cells: readonly CellToSet[], right: Right, limits: TimeLimits = {}) => {
    if (office === null || cells.length === 0 || applying !== null) return;
    const { draft: next, notManaged } = setRight(office, draft, cells, right, limits);
    tools.say(notManaged === 0 ? "" : plural("gridNotManaged", notManaged));
    change(next);
  };
  const move = (item: GridItem, folder: string) => {
    if (office === null) return;
    change(moveInto(office, draft, [item.item], folder).draft);
  };
  /** The right after that of the cell with the focus. */
  const nextRight = (): Right => {
    const row = rows[selection.to.row];
    const column = columns[selection.to.column];
    if (office === null || row?.item == null || column === undefined) return "none";
    const level = levelOf(cellOf(office, draft, row.item, column).right);
    return rights[(level + 1) % rights.length] ?? "none";
  };

  /** Makes a folder, or gives one another name: at once, as it opens nothing to anybody. */
  const nameFolder = (folder: GridItem | null) =>
    askName(folder, async (label) => {
      const asked = await page.asking<unknown>(
        () =>
          folder === null
            ? ask("addFolder", { office: id, name: label })
            : ask("renameFolder", { folder: folder.item, name: label }),
        text("gridWhyPassphrase"),
      );
      if (asked.is !== "givenUp") view.say(asked.is === "failed" ? asked.failure : null);
      void load();
      return asked.is !== "givenUp";
    });

  /** Removes a folder: nothing is in it, so at once too, once it was asked. */
  const removeFolder = (folder: GridItem) => {
    const words = el("p", {}, text("gridRemoveAbout"));
    openDialog(text("gridRemoveTitle", folder.title), text("gridRemove"), [words], async () => {
      const asked = await page.asking(() => ask("removeFolder", { folder: folder.item }), text("gridWhyPassphrase"));
      if (asked.is === "givenUp") return false;
      view.say(asked.is === "failed" ? asked.failure : null);
      void load();
      return true;
    });
  };

  const apply = async () => {
    if (office === null || isEmpty(draft) || applying !== null) return;
    const [known, sent] = [office, draft];
    const end = await run(requestOf(sent));
    if (end === null) return;
    const back = inverseOf(known, sent, new Set(end.refused.map(({ item }) => item)));
    // What was stopped is still about to be changed: the state that comes now tells what of it.
    draft = end.state === "cancelled" ? sent : emptyDraft;
    before = [];
    await load();
    if (back.length > 0)
      page.offerUndo(plural("gridApplied", countOf(known, sent)), () => void run(back).then(() => load()));
  };
  /** Returns how changes ended; null if that is not known, or none began. */
  const run = async (changes: readonly AccessToSet[]): Promise<Progress | null> => {
    const follow = (progress: Progress) => {
      // That the server is away is said above all views.
      if (progress.state !== applying?.progress?.state) page.refresh();
      applying = { run: running, progress };
      redraw();
    };
    const running = runChanges(page, id, changes, follow);
    const end = await running.end;
    applying = null;
    view.say(end !== null && "failure" in end ? end.failure : null);
    const progress = end === null || "failure" in end ? null : end;
    tools.say(progress === null ? "" : endWords(progress));
    redraw();
    table.focus();
    return progress;
  };

  const exportTable = () => {
    if (office === null) return;
    const columnNames = ["folder", "item", "who", "right", "inherited", "from", "until", "by"] as const;
    const heads = columnNames.map((head) => text(`csv_${head}`));
    const rows = csvRows(office, { heads, yes: text("csvYes"), no: text("csvNo") });
    saveCsv(`latchkey-${new Date().toISOString().slice(0, 10)}.csv`, rows);
  };

  return {
    node: view.node,
    focus: () => (office === null ? view.title.focus() : table.focus()),
    update: () => void load(),
    holds: () => !isEmpty(draft),
  };
};

/** Returns what is to be said of changes that did not all come about; empty if they did. */
function endWords({ refused, state, done, total }: Progress): string {
  const [first] = refused;
  const words: string[] = [];
  if (state === "cancelled") words.push(text("gridStopped", done, total));
  if (first !== undefined) {
    words.push(plural("gridRefused", refused.length), wordsFor({ kind: "office", reason: first.reason }, ""));
  }
  return words.join(" ");
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
