/** Bringing one's own items into the office: folders at the left, who gets what beside them, and below what comes of it. */

import { text } from "../../shared/browser.ts";
import type { Failure } from "../../shared/messages.ts";
import { ask } from "../../shared/ui/ask.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import { colourDot } from "../../shared/ui/vaultDot.ts";
import { bringBar } from "../bring/bar.ts";
import type { BarState } from "../bring/bar.ts";
import { bringPanel } from "../bring/panel.ts";
import {
  asAbove,
  comesAlong,
  decidedBy,
  foldersOf,
  fromOf,
  give,
  grantsOf,
  outcomeOf,
  partsOf,
  tick,
} from "../bring/state.ts";
import type { Chosen, Folder, Grants, Part } from "../bring/state.ts";
import { rightWord } from "../grid/words.ts";
import type { People } from "../members/state.ts";
import { along, redraw, stopOf, tableOf } from "../rows.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

/** How many items the host moves before it says how far it is. */
const atOnce = 50;
const nobody: People = { members: [], groups: [], invitations: [] };

export const bringView: MakeView = ({ office: id, name }, page) => {
  let people: People | null = null;
  let folders: readonly Folder[] | null = null;
  let chosen: Chosen = new Map();
  /** The key of the folder that the panel is about. */
  let about: string | null = null;
  /** Titles of items with attached files, by the parts that they are of. */
  let staying: readonly string[] = [];
  let history = false;
  let ended: (BarState & { readonly is: "ended" }) | null = null;
  let moving: { done: number; readonly total: number; stops: boolean } | null = null;
  let query = "";
  let listDrawn = "";
  let sideDrawn = "";
  let barDrawn = "";

  const list = el("div", { class: "scroll", role: "region", "aria-label": text("office_bring") });
  const side = el("section", { class: "side", "aria-label": text("bringChosen") });
  const bar = el("div", { class: "preview plain", role: "region", "aria-label": text("gridPending"), hidden: true });
  const { node, title, say } = frame("bring", name, [], el("main", { class: "beside" }, list, side), bar);
  along(list, "input[type=checkbox]");

  const parts = (): readonly Part[] => partsOf(chosen, folders ?? []);
  const names = () =>
    new Map<string, string>([
      ...(people?.members ?? []).map((each) => [each.member, each.name] as const),
      ...(people?.groups ?? []).map((each) => [each.group, each.name] as const),
    ]);

  async function load(): Promise<void> {
    const asked = await page.asking(async () => {
      const everybody = await ask("people", { office: id });
      const vaults = (await ask("page", {})).choices?.vaults ?? [];
      const open = vaults.filter(
        (each) => each.state === "open" && each.office === undefined && each.readOnly !== true,
      );
      const told = [];
      for (const { vault, own, name: called, path, colour } of open) {
        const at = own ? {} : { vault };
        const paths = ["", ...(await ask("folders", at)).folders.map((folder) => folder.path)];
        const from = paths.map((folder) => ({ folder, ...at, grants: [] }));
        const { counts } = await ask("bring", { office: id, from, limit: atOnce, preview: true });
        told.push({ vault: own ? undefined : vault, name: called === "" ? path : called, colour, paths, counts });
      }
      return { everybody, told };
    }, "");
    say(asked.is === "failed" ? asked.failure : null);
    if (asked.is !== "done") return;
    people = asked.answer.everybody;
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    folders = foldersOf(asked.answer.told, collator.compare);
    const keys = new Set(folders.map(({ key }) => key));
    chosen = new Map([...chosen].filter(([key]) => keys.has(key)));
    if (about !== null && !keys.has(about)) about = null;
    about ??= folders[0]?.key ?? null;
    await lookAtChosen();
    show();
  }

  /** Asks the host which of what is chosen has to stay. */
  async function lookAtChosen(): Promise<void> {
    const from = fromOf(parts());
    if (from.length === 0) {
      staying = [];
      return;
    }
    const asked = await page.asking(() => ask("bring", { office: id, from, limit: atOnce, preview: true }), "");
    if (asked.is === "done") staying = asked.answer.refused.map((each) => each.title);
  }

  const change = (next: Chosen) => {
    chosen = next;
    ended = null;
    show();
    void lookAtChosen().then(show);
  };

  async function go(): Promise<void> {
    const from = fromOf(parts());
    const progress = {
      done: 0,
      total: outcomeOf(parts(), people ?? nobody).items,
      stops: false,
    };
    let failure: Failure | null = null;
    let left = progress.total;
    const tooLarge = new Map<string, string>();
    moving = progress;
    say(null);
    show();
    for (;;) {
      const request = { office: id, from, limit: atOnce, ...(history ? { history } : {}) } as const;
      const asked = await page.asking(() => ask("bring", request), plural("bringWhy", progress.total, name));
      if (asked.is !== "done") {
        if (asked.is === "failed") ({ failure } = asked);
        break;
      }
      const { answer } = asked;
      progress.done += answer.items.length;
      left = answer.left;
      for (const each of answer.refused) if (each.reason === "tooLarge") tooLarge.set(each.item, each.title);
      show();
      if (answer.items.length === 0 || left === 0 || progress.stops) break;
    }
    moving = null;
    if (progress.done > 0 || tooLarge.size > 0) {
      ended = { is: "ended", done: progress.done, left, tooLarge: [...tooLarge.values()] };
      if (left === 0) chosen = new Map();
    }
    await load();
    // What the host refused is said after the list was asked for again.
    say(failure);
    if (ended !== null) bar.querySelector<HTMLElement>("a")?.focus();
    page.refresh();
  }

  function barState(): BarState {
    if (moving !== null) return { is: "moving", ...moving };
    if (ended !== null) return ended;
    const outcome = outcomeOf(parts(), people ?? nobody);
    return outcome.items === 0 ? { is: "nothing" } : { is: "chosen", outcome, staying, history };
  }

  function show(): void {
    if (folders === null || people === null) return;
    const state = barState();
    const called = names();
    const now = JSON.stringify([folders, people, [...chosen].map(([key, grants]) => [key, [...grants]])]);
    if (now !== listDrawn) {
      const rows = folders.map((folder, index) => row(folder, index, called));
      const heads = [text("gridFolder"), text("bringItems"), text("bringWho")];
      if (rows.length === 0) redraw(list, emptyPart());
      else redraw(list, tableOf(heads, el("tbody", {}, ...rows)));
    }
    listDrawn = now;
    showPanel();
    for (const each of [list, side]) each.inert = moving !== null;
    const said = JSON.stringify([state, [...called]]);
    if (said === barDrawn) return;
    barDrawn = said;
    bar.hidden = state.is === "nothing";
    const actions = {
      setHistory: (on: boolean) => {
        history = on;
        show();
      },
      go: () => void go(),
      stop: () => {
        if (moving !== null) moving.stops = true;
        show();
      },
    };
    redraw(bar, ...bringBar(state, name, called, actions));
  }

  /** The list stays as it is: what is being pressed in it must not be replaced. */
  function showPanel(): void {
    const folder = folders?.find(({ key }) => key === about);
    side.hidden = folder === undefined;
    if (folder === undefined || people === null) return;
    const now = `${listDrawn} ${about}`;
    if (now === sideDrawn) return;
    sideDrawn = now;
    redraw(side, panelOf(folder, people));
  }

  function panelOf(folder: Folder, everybody: People): HTMLElement {
    const deciding = decidedBy(chosen, folder);
    const state = {
      folder,
      grants: grantsOf(chosen, folder),
      as: deciding === folder.key ? null : (folders?.find(({ key }) => key === deciding) ?? null),
      comesAlong: comesAlong(chosen, folder),
      query,
    };
    return bringPanel(everybody, state, {
      give: (principal, right) => change(give(chosen, folder, principal, right)),
      asAbove: () => change(asAbove(chosen, folder)),
      find: (typed) => {
        query = typed;
      },
    });
  }

  function row(folder: Folder, index: number, called: ReadonlyMap<string, string>): HTMLElement {
    const isAbout = folder.key === about;
    const along = comesAlong(chosen, folder);
    const box = el("input", {
      type: "checkbox",
      id: `folder-${index}`,
      "data-key": `folder-${folder.key}`,
      checked: decidedBy(chosen, folder) !== null,
      tabindex: stopOf(isAbout, index, about !== null),
      // It comes with the folder above: leaving it there would need every other one to be chosen.
      "aria-disabled": along ? "true" : null,
      onfocus: () => {
        about = folder.key;
        for (const each of list.querySelectorAll("tr.chosen")) each.classList.remove("chosen");
        line.closest("tr")?.classList.add("chosen");
        showPanel();
      },
      onchange: () => {
        if (along) box.checked = true;
        else change(tick(chosen, folder, box.checked));
      },
    });
    const label = el("label", { for: box.id, class: "cut", title: folder.path }, folder.name);
    const line = el(
      "div",
      { class: "check folder" },
      box,
      folder.depth === 0 ? colourDot(folder.colour) : icon("folder", "s"),
      label,
    );
    line.style.paddingInlineStart = `${folder.depth * 1.25}rem`;
    return el(
      "tr",
      { class: isAbout ? "chosen" : "", onclick: () => box.focus() },
      el("td", {}, line),
      el("td", { class: "muted number" }, String(folder.items)),
      el("td", { class: "muted" }, whoWords(grantsOf(chosen, folder), called)),
    );
  }

  function emptyPart(): HTMLElement {
    return el(
      "div",
      { class: "empty" },
      el("h2", {}, text("bringEmptyTitle")),
      el("p", { class: "muted" }, text("bringEmptyBody")),
    );
  }

  return {
    node,
    focus: () => title.focus(),
    update: () => {
      if (moving === null) void load();
    },
    holds: () => moving !== null,
  };
};

function whoWords(grants: Grants | null, called: ReadonlyMap<string, string>): string {
  if (grants === null) return "–";
  const words = [...grants].map(([principal, right]) => `${called.get(principal) ?? "?"}: ${rightWord(right)}`);
  return words.length === 0 ? text("bringOnlyYou") : words.sort((one, other) => one.localeCompare(other)).join(", ");
}
