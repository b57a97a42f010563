/**
 * One row of the list: tile, title over user name, the copies, Fill where it matches the page, details. A row changes in
 * place where it can: making its parts anew at each key would cost more than everything else between key and picture.
 */

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

/** What a row looks like besides its item. */
export interface Look {
  /** What to mark. */
  readonly words: readonly string[];
  readonly vaults: readonly Vault[];
}

/** A row on the page. */
export interface RowNode {
  readonly node: HTMLElement;
  /** Shows another row in this one's place. Returns false, and changes nothing, if that needs other parts. */
  readonly show: (row: Row, index: number, look: Look) => boolean;
}

/** Makes a row. Its buttons are reached by Tab only while it is the chosen one. */
export function rowNode(first: Row, index: number, look: Look, actions: Actions): RowNode {
  let row = first;
  let shown: readonly unknown[] = [];
  const shape = shapeOf(row, look);
  const home = homeOf(row.item, look.vaults);
  const tile = tileOf(row.item);
  const title = el("span", { class: "title cut" });
  const under = el("span", { class: "cut" });
  const sub = el("span", { class: "sub" }, under);
  const stacks = row.site !== null && text("fill").length > longestFillOnOneLine;
  const node = el(
    "div",
    {
      class: stacks ? "row stack" : "row",
      role: "row",
      "aria-selected": "false",
      onclick: (event: MouseEvent) => {
        if (!(event.target as Element).closest("button")) actions.choose(row);
      },
    },
    home === null ? tile : tileWithDot(tile, home, { role: "gridcell" }),
    el("span", { class: "text", role: "gridcell" }, title, sub),
    el("span", { class: "acts", role: "gridcell" }, ...buttonsOf(row, () => row, actions)),
  );
  // What stays as it is is not touched: what is written again is laid out again.
  const write = (index: number, { words }: Look, isOther: boolean) => {
    const { item } = row;
    const name = titleOf(item);
    const more = item.username !== "" ? item.username : item.kind === "login" ? "" : text(`kind_${item.kind}`);
    if (isOther) {
      const said = [name, more, home === null ? "" : text("inVault", home.name)];
      node.ariaLabel = said.filter((part) => part !== "").join(", ");
      if (tile.firstElementChild === null) tile.textContent = monogramOf(item);
      title.title = name;
      under.title = more;
    }
    node.id = rowId(index);
    title.replaceChildren(...marked(name, words));
    under.replaceChildren(...marked(more, words));
    const tag = item.tags.find((each) => words.some((word) => fold(each).includes(word)));
    under.nextElementSibling?.remove();
    if (tag !== undefined) sub.append(el("span", { class: "chip" }, text("tagChip", tag)));
  };
  const show = (next: Row, index: number, look: Look) => {
    // The keyboard is on what stands here: it must not press the button of another item.
    const isHeld = next.item.id !== row.item.id && node.contains(document.activeElement);
    if (isHeld || shapeOf(next, look) !== shape) return false;
    const basis = [next.item, index, look.words.join(" ")];
    const isSame = basis.every((each, at) => each === shown[at]);
    row = next;
    if (!isSame) write(index, look, next.item !== shown[0]);
    shown = basis;
    return true;
  };
  show(row, index, look);
  return { node, show };
}

/** What of a row decides on its parts: rows that agree in it can take each other's place. */
function shapeOf({ item, site }: Row, { vaults }: Look): string {
  const home = homeOf(item, vaults);
  const parts = [
    item.kind,
    item.hasCode,
    item.username !== "",
    item.hasPassword,
    site !== null,
    home?.name,
    home?.colour,
  ];
  return parts.join();
}

/** Makes the item's monogram, or the drawing of its kind. */
export function tileOf(item: Item, large = false): HTMLElement {
  const drawing = iconOfKind[item.kind];
  const name = large ? "tile lg" : "tile";
  return el("span", { class: name, "aria-hidden": "true" }, drawing === undefined ? monogramOf(item) : icon(drawing));
}

function monogramOf(item: Item): string {
  return [...titleOf(item)][0]?.toLocaleUpperCase() ?? "";
}

/** Makes the item's tile with the dot of its vault; without one if `home` is null. `more`: of what is around both. */
export function tileIn(item: Item, home: Vault | null, more: Attributes = {}): HTMLElement {
  return home === null ? tileOf(item) : tileWithDot(tileOf(item), home, more);
}

/** Returns the title, or the words for an item without one. */
export function titleOf(item: Item): string {
  return item.title === "" ? text("untitled") : item.title;
}

/** @param row Returns the row that is shown when a button is pressed. */
function buttonsOf({ item, site }: Row, row: () => Row, actions: Actions): readonly (Node | false)[] {
  const off = { tabindex: -1 };
  return [
    item.hasCode &&
      iconButton("copyCode", text("copyCode"), () => actions.copy("code", row().item), { ...off, keys: "Alt+T" }),
    item.username !== "" &&
      iconButton("copyUser", text("copyUser"), () => actions.copy("username", row().item), { ...off, keys: "Ctrl+B" }),
    item.hasPassword &&
      iconButton("copyPassword", text("copyPassword"), () => actions.copy("password", row().item), {
        ...off,
        keys: "Ctrl+C",
      }),
    site !== null &&
      el(
        "button",
        { type: "button", class: "btn primary sm", ...off, onclick: () => actions.fill(row().item, []) },
        text("fill"),
      ),
    iconButton("next", text("details"), () => actions.items.details(row().item), off),
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
