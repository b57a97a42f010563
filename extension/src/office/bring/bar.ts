/** The bar below the folders: what comes of it, bringing them with progress and a way to stop, and how it ended. */

import { text } from "../../shared/browser.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import { sentenceOf } from "../grid/words.ts";
import { knownProgress } from "../rows.ts";
import type { Outcome } from "./state.ts";

/** More sentences than these are cut. */
const sentencesAtMost = 4;
/** More titles than these are a number. */
const titlesAtMost = 3;

/** What the bar says. */
export type BarState =
  | { readonly is: "nothing" }
  /** `staying`: titles of items with attached files. */
  | { readonly is: "chosen"; readonly outcome: Outcome; readonly staying: readonly string[]; readonly history: boolean }
  | { readonly is: "moving"; readonly done: number; readonly total: number; readonly stops: boolean }
  | { readonly is: "ended"; readonly done: number; readonly left: number; readonly tooLarge: readonly string[] };

export interface BarActions {
  readonly setHistory: (on: boolean) => void;
  readonly go: () => void;
  readonly stop: () => void;
}

/** @param office The office's name. @param names What members and groups are called. */
export function bringBar(
  state: BarState,
  office: string,
  names: ReadonlyMap<string, string>,
  actions: BarActions,
): readonly HTMLElement[] {
  if (state.is === "chosen") return chosenBar(state, office, names, actions);
  if (state.is === "moving") return movingBar(state, office, actions);
  if (state.is === "ended") return endedBar(state, office);
  return [];
}

function chosenBar(
  { outcome, staying, history }: BarState & { readonly is: "chosen" },
  office: string,
  names: ReadonlyMap<string, string>,
  { setHistory, go }: BarActions,
): readonly HTMLElement[] {
  const { items, alone, sentences } = outcome;
  const words = [
    plural("bringMoves", items, office),
    ...sentences.slice(0, sentencesAtMost).map((sentence) => sentenceOf({ names }, sentence)),
    ...(sentences.length > sentencesAtMost ? [text("gridAndMore")] : []),
  ];
  const below = [
    ...(alone > 0 && alone < items ? [plural("bringAlone", alone)] : []),
    ...(alone === items ? [text("bringAloneAll")] : []),
    ...(staying.length > 0 ? [plural("bringStaying", staying.length, titles(staying))] : []),
    text("bringBin"),
  ];
  const box = el("input", {
    type: "checkbox",
    id: "bring-history",
    "data-key": "bring-history",
    checked: history,
    onchange: () => setHistory(box.checked),
  });
  return [
    el(
      "div",
      { class: "flow-s" },
      el("p", { role: "status" }, el("b", { class: "strong", id: "bring-words" }, words.join(" "))),
      el("p", { class: "small muted" }, below.join(" ")),
      el("div", { class: "check small" }, box, el("label", { for: "bring-history" }, text("bringHistory"))),
    ),
    el(
      "div",
      { class: "actions" },
      el(
        "button",
        { type: "button", class: "btn primary", id: "bring", "data-key": "bring", onclick: go },
        plural("bringGo", items),
      ),
    ),
  ];
}

function movingBar(
  { done, total, stops }: BarState & { readonly is: "moving" },
  office: string,
  { stop }: BarActions,
): readonly HTMLElement[] {
  const words = stops ? text("bringStopping") : text("bringMoving", done, total, office);
  return [
    el(
      "div",
      { class: "flow-s" },
      el("p", { role: "status" }, el("b", { class: "strong" }, words)),
      knownProgress(words, done, total),
    ),
    el(
      "div",
      { class: "actions" },
      el(
        "button",
        { type: "button", class: "btn", "data-key": "bring-stop", disabled: stops, onclick: stop },
        text("gridStop"),
      ),
    ),
  ];
}

function endedBar(
  { done, left, tooLarge }: BarState & { readonly is: "ended" },
  office: string,
): readonly HTMLElement[] {
  const below = [
    ...(left > 0 ? [plural("bringLeft", left)] : []),
    ...(tooLarge.length > 0 ? [plural("bringTooLarge", tooLarge.length, titles(tooLarge))] : []),
    ...(done > 0 ? [text("bringBinDone")] : []),
  ];
  return [
    el(
      "div",
      { class: "h top" },
      icon(left > 0 || tooLarge.length > 0 ? "warning" : "check", "l"),
      el(
        "div",
        {},
        el("p", { role: "status" }, el("b", { class: "strong", id: "bring-ended" }, plural("bringDone", done, office))),
        el("p", { class: "small muted" }, below.join(" ")),
      ),
    ),
    el(
      "div",
      { class: "actions" },
      el("a", { class: "btn", href: "#access", "data-key": "bring-access" }, text("bringLook")),
    ),
  ];
}

function titles(all: readonly string[]): string {
  const named = all.slice(0, titlesAtMost).map((title) => `“${title}”`);
  const more = all.length > titlesAtMost ? [plural("bringMore", all.length - titlesAtMost)] : [];
  return new Intl.ListFormat(document.documentElement.lang).format([...named, ...more]);
}
