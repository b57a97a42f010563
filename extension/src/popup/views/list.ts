/** The list: this site's items on top, search as you type, the focus in the search field throughout. */

import { browser, text } from "../../shared/browser.ts";
import { fold } from "../../shared/fold.ts";
import { el, icon, iconButton, plural } from "../../shared/ui/dom.ts";
import { menuButton } from "../menu.ts";
import type { MenuEntry } from "../menu.ts";
import { mayAlwaysFill, rowsOf, start } from "../state.ts";
import type { Row, State } from "../state.ts";
import { bannersFor } from "./banners.ts";
import { rowId, titleOf } from "./row.ts";
import { place, Rows } from "./rows.ts";
import { vaultOf } from "../../shared/ui/failure.ts";
import { hasOffice } from "../../shared/vaults.ts";
import { closePopup, openTab } from "../window.ts";
import type { Actions, Shown } from "./view.ts";

/** As many as are seen at first: the others are made once these are painted. */
const rowsAtFirst = 10;

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
    iconButton("lock", text("lockNow"), actions.lock, { id: "lock" }),
    menuButton("menu", text("more"), () => menuFor(now, actions)),
  ];
  let now: State = start;
  const main = el("main", { tabindex: -1 });
  const vault = el("span", { class: "cut" });
  const hints = el("span", { class: "h footnote" });
  const options = iconButton(
    "settings",
    text("options"),
    () => void browser.runtime.openOptionsPage().then(closePopup),
  );
  const footer = el("footer", {}, vault, hints, options);

  const site = new Rows(actions);
  const rest = new Rows(actions);
  let shown: readonly Row[] = [];
  let shownFor: readonly unknown[] = [];
  let drawn = 0;
  let draws = 0;
  const sentinel = new IntersectionObserver(
    (entries) => entries.some(({ isIntersecting }) => isIntersecting) && actions.more(),
    { root: main, rootMargin: "600px" },
  );

  /** @param limit How many rows at most: what is not seen at once can wait. */
  const draw = (state: State, limit: number) => {
    const rows = rowsOf(state);
    const look = { words: wordsOf(state.foundFor), vaults: state.known?.vaults ?? [] };
    const ofSite = state.found === null ? rows.filter((row) => row.site !== null).length : 0;
    site.show(rows.slice(0, Math.min(ofSite, limit)), 0, look);
    rest.show(rows.slice(ofSite, Math.max(ofSite, limit)), ofSite, look);
    drawn = Math.min(rows.length, limit);
    sentinel.disconnect();
    const last = rest.last ?? site.last;
    const mine = ++draws;
    if (drawn < rows.length) afterPaint(() => mine === draws && finish());
    else if (moreOf(state) && last !== null) sentinel.observe(last);
    return ofSite;
  };
  const finish = () => {
    if (drawn === shown.length) return;
    draw(now, Infinity);
    select(now);
  };

  const rebuild = (state: State) => {
    const { scrollTop } = main;
    const hadFocus = main.contains(document.activeElement);
    const sameQuery = shownFor[0] === state.foundFor;
    shown = rowsOf(state);
    shownFor = basisOf(state);
    const ofSite = draw(state, sameQuery ? Infinity : rowsAtFirst);
    place(main, [...bannersFor(state, actions), ...sections(state, { site, rest, ofSite }, clearQuery, actions)]);
    // What lies under the scrollbar can be scrolled to sideways, by a focus as well.
    main.scrollTo({ left: 0, top: sameQuery ? scrollTop : 0 });
    // What had the focus is gone: the search field goes on with it.
    if (hadFocus && !main.contains(document.activeElement)) search.focus();
  };

  const select = (state: State) => {
    if (state.selected >= drawn) finish();
    for (const [index, node] of [...main.querySelectorAll<HTMLElement>(".row")].entries()) {
      const chosen = index === state.selected;
      if ((node.getAttribute("aria-selected") === "true") === chosen) continue;
      node.setAttribute("aria-selected", String(chosen));
      for (const button of node.querySelectorAll("button")) button.tabIndex = chosen ? 0 : -1;
      if (chosen) node.scrollIntoView({ block: "nearest", inline: "start" });
    }
    if (shown.length > 0) search.setAttribute("aria-activedescendant", rowId(state.selected));
    else search.removeAttribute("aria-activedescendant");
  };

  let hintsShown = "";
  /** Touches nothing that stays as it is: what is written anew is laid out anew. */
  const writeFooter = (state: State) => {
    const more = (state.known?.vaults ?? []).filter((each) => !each.own && each.state === "open").length;
    const name = more === 0 ? vaultOf(state.known) : plural("andVaults", more, vaultOf(state.known));
    if (vault.title !== name) vault.textContent = vault.title = name;
    const next = hintsFor(state);
    const words = next.map(({ textContent }) => textContent).join();
    if (words !== hintsShown) hints.replaceChildren(...next);
    hintsShown = words;
  };

  const update = (state: State) => {
    now = state;
    if (search.value !== state.query) search.value = state.query;
    const [end, other] = state.query === "" ? [keys, clear] : [clear, keys];
    if (end.parentNode !== box) other.replaceWith(end);
    const rows = rowsOf(state);
    const same = rows.length === shown.length && rows.every((row, index) => row.item === shown[index]?.item);
    if (!same || basisOf(state).some((each, index) => each !== shownFor[index])) rebuild(state);
    select(state);
    writeFooter(state);
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

/** Rows out of sight are made when nobody types on. */
const unseenAfterMs = 60;

/** Calls back when the next picture is out and the person has had time for the next key. */
function afterPaint(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then, unseenAfterMs));
}

/** What the list is built from, besides its rows. */
function basisOf({ foundFor, known, found, outcome, adding, failure }: State): readonly unknown[] {
  const { page, paused, all, vaults, passkey, passkeysOffered } = known ?? {};
  return [foundFor, page, paused, all?.total, found?.total, outcome, adding, failure, vaults, passkey, passkeysOffered];
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
    ...(hasOffice(state.known?.vaults ?? [])
      ? [{ label: text("office"), drawing: "group" as const, choose: () => void openTab("office.html") }]
      : []),
    { label: text("pause"), drawing: "pause", on: paused, choose: () => site.pause(!paused) },
    { label: text("recycleBin"), drawing: "trash", choose: items.trash },
  ];
}

/** The parts of the list; `ofSite` is how many rows are this site's. */
interface Parts {
  readonly site: Rows;
  readonly rest: Rows;
  readonly ofSite: number;
}

function sections(state: State, parts: Parts, clear: () => void, actions: Actions): readonly Node[] {
  const { known, found } = state;
  if (found !== null) return searchSection(state, parts.rest, clear, actions);
  if (known?.all?.total === 0) return [emptyVault(actions)];
  const { site, rest, ofSite } = parts;
  const shown: Rows[] = [];
  if (ofSite > 0) {
    site.name(el("b", { class: "cut" }, known?.page?.host ?? ""), plural("siteItems", ofSite));
    shown.push(site);
  }
  if (rowsOf(state).length > ofSite) {
    rest.name(text("allItems"), String(known?.all?.total ?? ""));
    shown.push(rest);
  }
  for (const { grid } of [site, rest]) grid.removeAttribute("id");
  shown.at(-1)?.grid.setAttribute("id", "items");
  return shown.flatMap(({ heading, grid }) => [heading, grid]);
}

/** What `is:` takes: native-host/Vault/Search/SearchQuery.cs. */
const properties = ["login", "note", "card", "identity", "code", "expired"];

/** Fewer results are read at a glance. */
const worthNarrowing = 3;

function searchSection(
  { foundFor, found, known, adding }: State,
  rest: Rows,
  clear: () => void,
  { items }: Actions,
): readonly Node[] {
  const count = found?.items.length ?? 0;
  if (count === 0) {
    return [
      el(
        "div",
        { class: "empty" },
        el("h2", {}, text("nothingMatches", foundFor)),
        el("p", { class: "muted" }, plural("lookedIn", known?.all?.total ?? 0)),
        operatorHint(foundFor),
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
  rest.name(plural("results", found?.total ?? count));
  rest.grid.id = "items";
  const narrow = ["user:", "url:", "tag:", "is:"].map((word) => el("code", {}, word));
  const hint = el("p", { class: "small faint" }, `${text("narrowIt")} `, ...narrow.flatMap((word) => [word, " "]));
  const worthIt = count >= worthNarrowing && found?.after === undefined;
  return [rest.heading, rest.grid, ...(worthIt ? [el("div", { class: "empty" }, hint)] : [])];
}

/** Returns what an operator that found nothing takes; null for any other query. */
function operatorHint(query: string): Node | null {
  const operator = /(?:^|\s)(is|tag):\S*$/i.exec(query)?.[1]?.toLowerCase();
  if (operator === undefined) return null;
  if (operator === "tag") return el("p", { class: "muted" }, text("tagTakes"));
  const codes = properties.flatMap((each) => [el("code", {}, `is:${each}`), " "]);
  return el("p", { class: "muted" }, `${text("isTakes")} `, ...codes);
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
