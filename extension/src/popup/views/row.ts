/** One row of the list: tile, title over user name, the copies, Fill where it matches the page, details. */

import { text } from "../../shared/browser.ts";
import { fold } from "../../shared/fold.ts";
import { el, icon, iconButton } from "../../shared/ui/dom.ts";
import type { Attributes } from "../../shared/ui/dom.ts";
import type { IconName } from "../../shared/ui/icons.ts";
import { tileWithDot } from "../../shared/ui/vaultDot.ts";
import { homeOf } from "../../shared/vaults.ts";
import type { Row } from "../state.ts";
import type { Actions } from "./view.ts";
import type { Item, Vault } from "../../shared/protocol.ts";

const iconOfKind: Partial<Record<Item["kind"], IconName>> = { note: "note", card: "card", identity: "identity" };

/** A longer word for Fill would leave no room for the title: the row then has two storeys. */
const longestFillOnOneLine = 6;

/** Returns the id by which the search field names the row as its active descendant. */
export function rowId(index: number): string {
  return `row-${index}`;
}

/** Makes a row. Its buttons are reached by Tab only while it is the chosen one. `words`: what to mark. */
export function rowNode(
  row: Row,
  index: number,
  actions: Actions,
  words: readonly string[],
  vaults: readonly Vault[],
): HTMLElement {
  const { item } = row;
  const home = homeOf(item, vaults);
  const sub = item.username !== "" ? item.username : item.kind === "login" ? "" : text(`kind_${item.kind}`);
  const tag = item.tags.find((each) => words.some((word) => fold(each).includes(word)));
  const stacks = row.site !== null && text("fill").length > longestFillOnOneLine;
  return el(
    "div",
    {
      class: stacks ? "row stack" : "row",
      role: "row",
      id: rowId(index),
      "aria-selected": "false",
      "aria-label": [titleOf(item), sub, home === null ? "" : text("inVault", home.name)]
        .filter((part) => part !== "")
        .join(", "),
      onclick: (event: MouseEvent) => {
        if (!(event.target as Element).closest("button")) actions.choose(row);
      },
    },
    tileIn(item, home, { role: "gridcell" }),
    el(
      "span",
      { class: "text", role: "gridcell" },
      el("span", { class: "title cut", title: titleOf(item) }, ...marked(titleOf(item), words)),
      el(
        "span",
        { class: "sub" },
        el("span", { class: "cut" }, ...marked(sub, words)),
        tag !== undefined && el("span", { class: "chip" }, text("tagChip", tag)),
      ),
    ),
    el("span", { class: "acts", role: "gridcell" }, ...buttonsOf(row, actions)),
  );
}

/** Makes the item's monogram, or the drawing of its kind. */
export function tileOf(item: Item, large = false): HTMLElement {
  const drawing = iconOfKind[item.kind];
  const letter = [...titleOf(item)][0]?.toLocaleUpperCase() ?? "";
  const name = large ? "tile lg" : "tile";
  return el("span", { class: name, "aria-hidden": "true" }, drawing === undefined ? letter : icon(drawing));
}

/** Makes the item's tile with the dot of its vault; without one if `home` is null. `more`: of what is around both. */
export function tileIn(item: Item, home: Vault | null, more: Attributes = {}): HTMLElement {
  return home === null ? tileOf(item) : tileWithDot(tileOf(item), home, more);
}

/** Returns the title, or the words for an item without one. */
export function titleOf(item: Item): string {
  return item.title === "" ? text("untitled") : item.title;
}

function buttonsOf({ item, site }: Row, actions: Actions): readonly (Node | false)[] {
  const off = { tabindex: -1 };
  return [
    item.hasCode &&
      iconButton("copyCode", text("copyCode"), () => actions.copy("code", item), { ...off, keys: "Alt+T" }),
    item.username !== "" &&
      iconButton("copyUser", text("copyUser"), () => actions.copy("username", item), { ...off, keys: "Ctrl+B" }),
    item.hasPassword &&
      iconButton("copyPassword", text("copyPassword"), () => actions.copy("password", item), {
        ...off,
        keys: "Ctrl+C",
      }),
    site !== null &&
      el(
        "button",
        { type: "button", class: "btn primary sm", ...off, onclick: () => actions.fill(item, []) },
        text("fill"),
      ),
    iconButton("next", text("details"), () => actions.items.details(item), off),
  ];
}

/** Marks the words of the search in a text. */
function marked(whole: string, words: readonly string[]): readonly (Node | string)[] {
  const folded = fold(whole);
  // Folding may change the length of a text; then nothing is marked rather than the wrong letters.
  const word = folded.length === whole.length ? words.find((each) => folded.includes(each)) : undefined;
  if (word === undefined) return [whole];
  const at = folded.indexOf(word);
  return [whole.slice(0, at), el("mark", {}, whole.slice(at, at + word.length)), whole.slice(at + word.length)];
}
