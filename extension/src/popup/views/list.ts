/** The list: this site's items on top, search as you type, the focus in the search field throughout. */

import { browser, text } from "../../shared/browser.ts";
import { fold } from "../../shared/fold.ts";
import { el, icon, iconButton, plural } from "../../shared/ui/dom.ts";
import { menuButton } from "../menu.ts";
import type { MenuEntry } from "../menu.ts";
import { mayAlwaysFill, rowsOf, start } from "../state.ts";
import type { Row, State } from "../state.ts";
import { bannersFor } from "./banners.ts";
import { rowId, rowNode, titleOf } from "./row.ts";
import { vaultOf } from "../../shared/ui/failure.ts";
import type { Actions, Shown } from "./view.ts";

export function listViewOf(actions: Actions): Shown {
  const search = el("input", {
    type: "text",
    role: "combobox",
    "aria-label": text("searchItems"),
    placeholder: text("searchItems"),
    "aria-expanded": "true",
    "aria-haspopup": "grid",
    "aria-controls": "items",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    id: "search",
    oninput: () => actions.type(search.value),
  });
  const clearQuery = () => {
    actions.type("");
    search.focus();
  };
  const clear = iconButton("close", text("clearSearch"), clearQuery);
  const keys = el("kbd", { class: "hide-narrow" }, "Ctrl F");
  const box = el("div", { class: "input", role: "search" }, icon("search"), search, keys);
  const buttons = [
    iconButton("plus", text("newItem"), () => actions.items.start(""), { id: "new" }),
    iconButton("generate", text("generate"), () => actions.generator.open(false), { keys: "Ctrl+G", id: "generator" }),
    iconButton("lock", text("lockNow"), actions.lock, { keys: "Alt+L" }),
    menuButton("menu", text("more"), () => menuFor(now, actions)),
  ];
  let now: State = start;
  const main = el("main", { tabindex: -1 });
  const vault = el("span", { class: "cut" });
  const hints = el("span", { class: "h footnote" });
  const options = iconButton("settings", text("options"), () => void browser.runtime.openOptionsPage());
  const footer = el("footer", {}, vault, hints, options);

  let shown: readonly Row[] = [];
  let shownFor: readonly unknown[] = [];
  let lists: readonly HTMLElement[] = [];
  const sentinel = new IntersectionObserver(
    (entries) => entries.some(({ isIntersecting }) => isIntersecting) && actions.more(),
    { root: main, rootMargin: "600px" },
  );

  const rebuild = (state: State) => {
    const rows = rowsOf(state);
    const words = wordsOf(state.foundFor);
    const now = basisOf(state);
    const sameQuery = shownFor[0] === state.foundFor;
    // Only the pages of one list grew: what stands there keeps its place.
    const grows =
      shownFor.length > 0 && now.every((each, index) => each === shownFor[index]) && startsWith(rows, shown);
    const added = rows.slice(grows ? shown.length : 0).map((row, index) => {
      return rowNode(row, index + (grows ? shown.length : 0), actions, words, state.known?.vaults ?? []);
    });
    const hadFocus = main.contains(document.activeElement);
    if (grows && lists.length > 0) lists.at(-1)?.append(...added);
    else
      replaceKeepingScroll(
        main,
        [...bannersFor(state, actions), ...sections(state, rows, added, clearQuery, actions)],
        sameQuery,
      );
    // What had the focus is gone: the search field goes on with it.
    if (hadFocus && !main.contains(document.activeElement)) search.focus();
    lists = [...main.querySelectorAll<HTMLElement>(".rows")];
    shown = rows;
    shownFor = now;
    sentinel.disconnect();
    const last = lists.at(-1)?.lastElementChild ?? null;
    if (moreOf(state) && last !== null) sentinel.observe(last);
  };

  const select = (state: State) => {
    for (const [index, node] of [...main.querySelectorAll<HTMLElement>(".row")].entries()) {
      const chosen = index === state.selected;
      if ((node.getAttribute("aria-selected") === "true") === chosen) continue;
      node.setAttribute("aria-selected", String(chosen));
      for (const button of node.querySelectorAll("button")) button.tabIndex = chosen ? 0 : -1;
      if (chosen) node.scrollIntoView({ block: "nearest", inline: "start" });
    }
    if (rowsOf(state).length > 0) search.setAttribute("aria-activedescendant", rowId(state.selected));
    else search.removeAttribute("aria-activedescendant");
  };

  const update = (state: State) => {
    now = state;
    if (search.value !== state.query) search.value = state.query;
    const [end, other] = state.query === "" ? [keys, clear] : [clear, keys];
    if (end.parentNode !== box) other.replaceWith(end);
    const rows = rowsOf(state);
    const same = rows.length === shown.length && startsWith(rows, shown);
    if (!same || basisOf(state).some((each, index) => each !== shownFor[index])) rebuild(state);
    select(state);
    vault.textContent = vault.title = vaultOf(state.known);
    hints.replaceChildren(...hintsFor(state));
  };

  // A button that is rebuilt between press and release is never clicked: what changed waits for the release.
  let pressed = false;
  let waiting: State | null = null;
  const release = () => {
    pressed = false;
    if (waiting !== null) update(waiting);
    waiting = null;
  };
  main.addEventListener("pointerdown", () => {
    pressed = true;
    const once = new AbortController();
    for (const end of ["pointerup", "pointercancel", "blur"]) {
      const ended = () => {
        once.abort();
        setTimeout(release); // the click itself comes after the release
      };
      addEventListener(end, ended, { signal: once.signal });
    }
  });

  return {
    nodes: [el("header", {}, el("h1", { class: "sr" }, text("extensionName")), box, ...buttons), main, footer],
    update: (state) => {
      if (pressed) waiting = state;
      else update(state);
    },
    focus: () => search.focus(),
  };
}

function replaceKeepingScroll(main: HTMLElement, nodes: readonly Node[], keep: boolean): void {
  const { scrollTop } = main;
  main.replaceChildren(...nodes);
  main.scrollTop = keep ? scrollTop : 0;
}

/** What the list is built from, besides its rows. */
function basisOf({ foundFor, known, found, outcome, adding, failure }: State): readonly unknown[] {
  const { page, paused, all, vaults } = known ?? {};
  return [foundFor, page, paused, all?.total, found?.total, outcome, adding, failure, vaults];
}

/** What can be chosen about this page, and where else one can go. */
function menuFor(state: State, { site, items }: Actions): readonly MenuEntry[] {
  const page = state.known?.page ?? null;
  const paused = state.known?.paused === true;
  const first = page?.items[0];
  const here: MenuEntry[] =
    page === null
      ? []
      : [
          { label: text("whyTitle"), drawing: "whyNot", choose: site.why },
          {
            label: text("neverOn", page.host),
            drawing: "hide",
            on: page.never,
            choose: () => site.never(!page.never),
          },
          ...(first !== undefined && mayAlwaysFill(page)
            ? [
                {
                  label: text("alwaysFillWith", titleOf(first)),
                  drawing: "fill" as const,
                  on: first.alwaysFill,
                  choose: () => site.alwaysFill(first, !first.alwaysFill),
                },
              ]
            : []),
        ];
  return [
    ...here,
    { label: text("pause"), drawing: "pause", on: paused, choose: () => site.pause(!paused) },
    { label: text("recycleBin"), drawing: "trash", choose: items.trash },
  ];
}

function sections(
  state: State,
  rows: readonly Row[],
  nodes: readonly Node[],
  clear: () => void,
  actions: Actions,
): readonly Node[] {
  const { known, found } = state;
  if (found !== null) return searchSection(state, nodes, clear, actions);
  if (known?.all?.total === 0) return [emptyVault(actions)];
  const site = rows.findIndex((row) => row.site === null);
  const count = site === -1 ? rows.length : site;
  const result: Node[] = [];
  if (count > 0) {
    const page = known?.page;
    const name = page === null || page === undefined ? "" : page.host;
    result.push(groupHeading(el("b", { class: "cut" }, name), plural("siteItems", count)), grid(nodes.slice(0, count)));
  }
  if (nodes.length > count) {
    result.push(groupHeading(text("allItems"), String(known?.all?.total ?? "")), grid(nodes.slice(count)));
  }
  result.slice(-1).forEach((last) => (last as HTMLElement).setAttribute("id", "items"));
  return result;
}

/** Fewer results are read at a glance. */
const worthNarrowing = 3;

function searchSection(
  { foundFor, found, known, adding }: State,
  nodes: readonly Node[],
  clear: () => void,
  { items }: Actions,
): readonly Node[] {
  if (nodes.length === 0) {
    return [
      el(
        "div",
        { class: "empty" },
        el("h2", {}, text("nothingMatches", foundFor)),
        el("p", { class: "muted" }, plural("lookedIn", known?.all?.total ?? 0)),
        el(
          "div",
          { class: "actions" },
          !adding &&
            el(
              "button",
              { type: "button", class: "btn", id: "new-found", onclick: () => items.start(foundFor) },
              icon("plus"),
              text("newLogin", foundFor),
            ),
          el("button", { type: "button", class: "btn quiet", onclick: clear }, text("clearSearch")),
        ),
      ),
    ];
  }
  const narrow = ["user:", "url:", "tag:", "is:"].map((word) => el("code", {}, word));
  const list = grid(nodes);
  list.id = "items";
  const hint = el("p", { class: "small faint" }, `${text("narrowIt")} `, ...narrow.flatMap((word) => [word, " "]));
  const worthIt = nodes.length >= worthNarrowing && found?.after === undefined;
  const below = worthIt ? [el("div", { class: "empty" }, hint)] : [];
  return [groupHeading(plural("results", found?.total ?? nodes.length)), list, ...below];
}

function emptyVault({ items }: Actions): Node {
  const start = el(
    "button",
    { type: "button", class: "btn primary tall", onclick: () => items.start("") },
    icon("plus"),
    text("newItem"),
  );
  return el(
    "div",
    { class: "empty" },
    el("h1", {}, text("emptyTitle")),
    el("p", { class: "muted" }, text("emptyBody")),
    el("div", { class: "actions" }, start),
  );
}

function groupHeading(name: Node | string, end?: string): HTMLElement {
  return el("h2", { class: "group-h" }, name, end !== undefined && el("span", { class: "end" }, end));
}

function grid(rows: readonly Node[]): HTMLElement {
  return el("div", { class: "rows", role: "grid", "aria-label": text("items") }, ...rows);
}

function hintsFor(state: State): readonly Node[] {
  const row = rowsOf(state)[state.selected];
  const hints: Node[] = [];
  const hint = (key: string, words: string, narrow: boolean) =>
    el("span", { class: narrow ? "hide-narrow" : "" }, el("kbd", {}, key), ` ${words}`);
  const enter = state.adding ? text("hintAdd") : row?.site === null ? text("hintDetails") : text("hintFill");
  if (row !== undefined) hints.push(hint("↵", enter, false));
  if (state.query !== "") hints.push(hint("Esc", text("hintClear"), false));
  else if (row?.item.hasPassword) hints.push(hint("Ctrl C", text("hintCopyPassword"), true));
  return hints;
}

function moreOf({ found, known }: State): boolean {
  return (found === null ? known?.all?.after : found.after) !== undefined;
}

function wordsOf(query: string): readonly string[] {
  return fold(query)
    .split(/\s+/)
    .map((word) => word.replace(/^[a-z]+:/, ""))
    .filter((word) => word !== "");
}

function startsWith(rows: readonly Row[], before: readonly Row[]): boolean {
  return before.length <= rows.length && before.every((row, index) => row.item === rows[index]?.item);
}
