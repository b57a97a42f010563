/** The popup's keys. Letters work with Ctrl (or Cmd) and with Alt: browsers keep some of them for themselves. */

import type { Item } from "../shared/protocol.ts";
import { isEntered, layerOf, rowsOf } from "./state.ts";
import type { State } from "./state.ts";
import type { Actions } from "./views/view.ts";

export interface KeyContext {
  readonly state: () => State;
  readonly actions: Actions;
  readonly focusSearch: () => void;
  readonly focusToast: () => boolean;
  /** Leaves the innermost layer; closes the popup when none is left. */
  readonly leave: (layer: ReturnType<typeof layerOf>) => void;
}

/** Handles a key anywhere in the popup. */
export function onKey(event: KeyboardEvent, context: KeyContext): void {
  // A dialog has its own Escape, and nothing else happens below it.
  const handled =
    event.isComposing || document.querySelector("dialog[open]") !== null
      ? false
      : event.key === "Escape"
        ? escape(context)
        : event.key === "F6"
          ? context.focusToast()
          : letter(event, context) || inList(event, context);
  if (handled) event.preventDefault();
}

function escape({ state, leave, focusSearch }: KeyContext): boolean {
  // A secret that is shown is the innermost layer, then the row whose buttons have the focus.
  const revealed = document.querySelector<HTMLElement>('[data-reveals][aria-pressed="true"]');
  if (revealed !== null) return (revealed.click(), true);
  if (state().view.is === "list" && document.activeElement?.closest(".row, .toast")) return (focusSearch(), true);
  const layer = layerOf(state());
  leave(layer);
  return layer !== "popup";
}

function letter(event: KeyboardEvent, { state, actions, focusSearch }: KeyContext): boolean {
  if (!(event.ctrlKey || event.metaKey || event.altKey) || event.shiftKey) return false;
  const now = state();
  if (now.view.is !== "list" && !isEntered(now.view)) return false;
  // With Alt some layouts type another letter: the key's place decides then.
  const key = event.altKey ? event.code.replace("Key", "").toLowerCase() : event.key.toLowerCase();
  if (key === "s" && now.view.is === "edit")
    return (document.querySelector<HTMLFormElement>("#edit")?.requestSubmit(), true);
  if (key === "f" && now.view.is === "list") return (focusSearch(), true);
  if (key === "g") return generate(now, actions);
  const item = itemOf(now);
  if (item === undefined) return false;
  if (key === "e") return (actions.items.edit(item), true);
  if (key === "b" && item.username !== "") return (actions.copy("username", item), true);
  if (key === "c" && item.hasPassword && !hasSelection()) return (actions.copy("password", item), true);
  if (key === "t" && item.hasCode) return (actions.copy("code", item), true);
  return false;
}

/** Generates into the form, for the page that asks for a new password, or for nothing yet. */
function generate({ view, known }: State, actions: Actions): boolean {
  if (view.is === "edit") return (document.querySelector<HTMLElement>("#generate")?.click(), true);
  if (view.is !== "list" && view.is !== "details") return false;
  const page = view.is === "list" ? (known?.page?.newForm ?? null) : null;
  if (page !== null) return (actions.generator.openFor(page), true);
  return (actions.generator.open(false), true);
}

/** The item that a letter is about: the one whose details are shown, or the chosen row's. */
function itemOf(now: State): Item | undefined {
  if (now.view.is === "details") return now.view.removed ? undefined : now.view.details.item;
  return now.view.is === "list" ? rowsOf(now)[now.selected]?.item : undefined;
}

function inList(event: KeyboardEvent, context: KeyContext): boolean {
  const { state, actions, focusSearch } = context;
  if (state().view.is !== "list" || event.ctrlKey || event.metaKey || event.altKey) return false;
  const search = document.querySelector<HTMLInputElement>("#search");
  const inSearch = document.activeElement === search;
  const inRow =
    document.activeElement?.closest(".row") !== null && document.activeElement?.closest(".row") !== undefined;
  if (!inSearch && !inRow) return false;
  switch (event.key) {
    case "ArrowDown":
    case "ArrowUp":
      if (inRow) focusSearch();
      actions.move(event.key === "ArrowDown" ? 1 : -1);
      return true;
    case "PageDown":
    case "PageUp":
      actions.move(event.key === "PageDown" ? rowsOfAPage : -rowsOfAPage);
      return true;
    case "Enter":
      if (inSearch) actions.chooseSelected();
      return inSearch;
    case "Tab":
      return inSearch && !event.shiftKey && focusButton(0);
    case "ArrowRight":
    case "ArrowLeft":
      return sideways(event.key === "ArrowRight", inSearch ? search : null, focusSearch);
    default:
      return false;
  }
}

const rowsOfAPage = 8;

function sideways(right: boolean, search: HTMLInputElement | null, focusSearch: () => void): boolean {
  const forwards = right !== (document.documentElement.dir === "rtl");
  if (search !== null) {
    const atEnd = search.selectionStart === search.value.length && search.selectionEnd === search.value.length;
    return forwards && atEnd && focusButton(0);
  }
  const buttons = buttonsOfRow();
  const next = buttons.indexOf(document.activeElement as HTMLButtonElement) + (forwards ? 1 : -1);
  if (next < 0) focusSearch();
  return next < 0 || focusButton(next);
}

function focusButton(index: number): boolean {
  const button = buttonsOfRow()[index];
  button?.focus();
  return button !== undefined;
}

function buttonsOfRow(): readonly HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>('.row[aria-selected="true"] button')];
}

function hasSelection(): boolean {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement) return field.selectionStart !== field.selectionEnd;
  return getSelection()?.isCollapsed === false;
}
