/** What is beside the list of folders: whether the chosen one is brought, and who gets which right to its items. */

import { text } from "../../shared/browser.ts";
import { fold } from "../../shared/fold.ts";
import { rights } from "../../shared/officeProtocol.ts";
import type { Right } from "../../shared/officeProtocol.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import { rightWord } from "../grid/words.ts";
import { filterField } from "../grid/tools.ts";
import type { People } from "../members/state.ts";
import { panelHead } from "../members/parts.ts";
import { avatar } from "../rows.ts";
import type { Folder, Grants } from "./state.ts";

/** With more members and groups, one finds them by typing. */
const foundAtSight = 12;

/** What the panel is about. */
export interface PanelState {
  readonly folder: Folder;
  /** Null: the folder stays where it is. */
  readonly grants: Grants | null;
  /** The folder above whose grants these are; null if they are its own. */
  readonly as: Folder | null;
  /** Whether there is a folder above that comes too. */
  readonly comesAlong: boolean;
  /** What was typed to find people. */
  readonly query: string;
}

export interface PanelActions {
  readonly give: (principal: string, right: Right) => void;
  readonly asAbove: () => void;
  readonly find: (query: string) => void;
}

/** Draws the panel. */
export function bringPanel({ members, groups }: People, state: PanelState, actions: PanelActions): HTMLElement {
  const { folder, grants, as, comesAlong } = state;
  const head = panelHead(
    folder.path === "" ? text("bringVault") : text("gridFolder"),
    folder.name,
    plural("gridItems", folder.items),
  );
  if (grants === null)
    return el("div", {}, head, el("section", {}, el("p", { class: "muted" }, text("bringTickFirst"))));
  const byName = (one: { readonly name: string }, other: { readonly name: string }) =>
    one.name.localeCompare(other.name);
  const lines = [
    ...[...groups].sort(byName).map(({ group, name }) => line(group, name, true, grants.get(group) ?? "none", actions)),
    ...[...members]
      .sort(byName)
      .filter(({ you }) => !you)
      .map(({ member, name }) => line(member, name, false, grants.get(member) ?? "none", actions)),
  ];
  const filter = () => {
    const wanted = fold(query.value());
    for (const each of lines) each.node.hidden = !each.words.includes(wanted);
    actions.find(query.value());
  };
  const query = filterField("bring-people", text("peopleFind"), filter, state.query);
  filter();
  const alone = el("p", { class: "muted" }, text("bringNobodyElse"));
  return el(
    "div",
    {},
    head,
    el(
      "section",
      { class: "flow" },
      el("h3", { id: "bring-who" }, text("bringWho")),
      as === null ? null : el("p", { class: "hint" }, text("bringAs", as.name)),
      as === null && comesAlong
        ? el(
            "button",
            { type: "button", class: "link", "data-key": "as-above", onclick: actions.asAbove },
            text("bringAsAbove"),
          )
        : null,
      lines.length === 0 ? alone : null,
      lines.length > foundAtSight ? query.node : null,
      el("div", { class: "boxes", role: "group", "aria-labelledby": "bring-who" }, ...lines.map(({ node }) => node)),
      el("p", { class: "hint" }, text("gridUseDeters")),
    ),
  );
}

function line(principal: string, name: string, isGroup: boolean, right: Right, { give }: PanelActions) {
  const id = `bring-${principal}`;
  const select = el(
    "select",
    { id, "data-key": id, onchange: () => give(principal, select.value as Right) },
    ...rights.map((each) => el("option", { value: each }, rightWord(each))),
  );
  select.value = right;
  const node = el(
    "div",
    { class: "h give" },
    isGroup ? el("span", { class: "avatar square", "aria-hidden": "true" }, icon("group", "s")) : avatar(name),
    el("label", { for: id, class: "grow cut", title: name }, name),
    el("span", { class: "select-box" }, select, icon("down")),
  );
  return { node, words: fold(name) };
}
