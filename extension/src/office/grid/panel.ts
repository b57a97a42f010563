/** "Who can open this, and why": of the item or folder that has the focus, now and once the draft is applied. */

import { text } from "../../shared/browser.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import { avatar } from "../rows.ts";
import { isFromFolder } from "./cells.ts";
import { draftedFolder, draftedGrants } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { effectiveOf, isSame, levelOf } from "./model.ts";
import type { Grant, Grants, GridItem, Group, Office } from "./model.ts";
import { rightWord, timesOf } from "./words.ts";

export interface PanelActions {
  readonly give: (item: GridItem) => void;
  readonly move: (item: GridItem) => void;
  readonly rename: (folder: GridItem) => void;
  readonly remove: (folder: GridItem) => void;
}

export class Panel {
  readonly node = el("section", { class: "side", "aria-label": text("gridWho"), tabindex: -1, id: "who" });
  readonly #actions: PanelActions;
  readonly #unfolded = new Set<string>();
  #shown: readonly unknown[] = [];

  constructor(actions: PanelActions) {
    this.#actions = actions;
  }

  show(office: Office, draft: Draft, item: GridItem | null): void {
    const now = [office, draft, item?.item];
    if (now.every((each, index) => each === this.#shown[index]) && this.#shown.length > 0) return;
    this.#shown = now;
    this.#draw(office, draft, item);
  }

  #draw(office: Office, draft: Draft, item: GridItem | null): void {
    if (item === null) {
      this.node.replaceChildren(el("section", {}, el("p", { class: "muted" }, text("gridChooseItem"))));
      return;
    }
    const hadFocus = this.node.contains(document.activeElement) ? document.activeElement?.id : undefined;
    const before = office.given.get(item.item) ?? new Map<string, Grant>();
    const after = draftedGrants(office, draft, item.item);
    const principals = [...new Set([...after.keys(), ...before.keys()])];
    const order = (id: string) => -levelOf(after.get(id)?.right ?? "none");
    principals.sort(
      (one, other) => order(one) - order(other) || nameOf(office, one).localeCompare(nameOf(office, other)),
    );
    const folder = office.items.get(draftedFolder(office, draft, item))?.title;
    const [today, then] = [before, after].map((grants) => openersOf(office, grants));
    const counts = today === then ? plural("gridOpeners", today ?? 0) : text("gridOpenersThen", today ?? 0, then ?? 0);
    const manages = item.right === "manage";
    const button = (name: string, drawing: "plus" | "folder" | "edit" | "trash", onclick: () => void) =>
      el("button", { type: "button", class: "btn wide", onclick }, icon(drawing), name);
    this.node.replaceChildren(
      el(
        "section",
        {},
        el("p", { class: "label" }, text("gridWho")),
        el("h2", { class: "long" }, item.title === "" ? text("gridNoTitle") : item.title),
        item.removed === true && el("p", { class: "small muted" }, text("isRemoved")),
        el("p", { class: "small muted" }, folder === undefined ? counts : `${folder} · ${counts}`),
      ),
      el(
        "section",
        {},
        el("ul", {}, ...principals.flatMap((each) => this.#lines(office, draft, item, each, before, after))),
      ),
      el(
        "section",
        { class: "flow-s" },
        manages && button(text("gridGive"), "plus", () => this.#actions.give(item)),
        manages && button(text("gridMove"), "folder", () => this.#actions.move(item)),
        item.kind === "folder" &&
          levelOf(item.right) >= levelOf("write") &&
          button(text("gridRename"), "edit", () => this.#actions.rename(item)),
        item.kind === "folder" &&
          manages &&
          (isEmpty(office, item)
            ? button(text("gridRemove"), "trash", () => this.#actions.remove(item))
            : el("p", { class: "small muted" }, text("gridRemoveLater"))),
        !manages && el("p", { class: "small muted" }, text("gridNotYours", rightWord(item.right))),
      ),
      el(
        "section",
        { class: "small muted flow-s" },
        note("fill", text("gridUseDeters")),
        item.kind === "folder" && note("folder", text("gridFolderAbout")),
        el(
          "p",
          { class: "h top checked" },
          icon("check", "s"),
          el("span", {}, text("gridChecked", item.version, nameOf(office, item.author))),
        ),
      ),
    );
    if (hadFocus !== undefined) (document.getElementById(hadFocus) ?? this.node).focus();
  }

  #lines(
    office: Office,
    draft: Draft,
    item: GridItem,
    principal: string,
    before: Grants,
    after: Grants,
  ): readonly Node[] {
    const group = office.groups.find((each) => each.group === principal);
    const was = before.get(principal);
    const is = after.get(principal);
    const rest = is === undefined && group === undefined ? effectiveOf(office, after, principal) : null;
    const fromFolder =
      is !== undefined && isFromFolder(office, draft, item, principal, { right: is.right, grant: is, through: null });
    const given = is?.by ?? (isSame(is, was) ? was?.by : undefined);
    const why: string[] = [];
    if (is !== undefined) {
      const base = fromFolder ? [text("whyFolder")] : group === undefined ? [text("whyName")] : [];
      if (group !== undefined) why.push(plural("whyGroupOf", group.members.length));
      const how = [...base, ...timesOf(is)].join(", ");
      if (how !== "") why.push(how);
    }
    if (given !== undefined) why.push(text("whyBy", nameOf(office, given)));
    if (rest?.right === "none") {
      const couldRead = levelOf(was?.right ?? "none") >= levelOf("read");
      why.push(couldRead ? text("whyLostRead") : text("whyLost"));
    } else if (rest?.through != null) why.push(text("whyKeeps", rightWord(rest.right), nameOf(office, rest.through)));
    const unfolded = group !== undefined && this.#unfolded.has(principal);
    const fold = () => {
      if (unfolded) this.#unfolded.delete(principal);
      else this.#unfolded.add(principal);
      this.#draw(office, draft, item);
    };
    const people = unfolded ? office.members.filter(({ member }) => group.members.includes(member)) : [];
    return [
      el(
        "li",
        { class: "who" },
        group === undefined ? avatar(nameOf(office, principal)) : sizeOf(group),
        el("span", { class: "cut", title: nameOf(office, principal) }, nameOf(office, principal)),
        el(
          "span",
          { class: "h chips" },
          was === undefined && el("span", { class: "chip warn" }, text("gridNew")),
          was !== undefined &&
            is === undefined &&
            el("span", { class: "chip danger" }, text("gridLosesRight", rightWord(was.right))),
          was !== undefined &&
            is !== undefined &&
            was.right !== is.right &&
            el("span", { class: "chip warn" }, text("gridWas", rightWord(was.right))),
          el("span", { class: "chip" }, rightWord(is?.right ?? rest?.right ?? "none")),
        ),
        el(
          "span",
          { class: "why" },
          `${why.join(". ")}. `,
          group !== undefined &&
            el(
              "button",
              {
                type: "button",
                class: "link small",
                id: `fold-${principal}`,
                "aria-expanded": String(unfolded),
                onclick: fold,
              },
              unfolded ? text("gridHidePeople") : text("gridShowPeople"),
            ),
        ),
      ),
      ...people.map(({ name }) =>
        el("li", { class: "who in" }, avatar(name), el("span", { class: "cut", title: name }, name)),
      ),
    ];
  }
}

function note(drawing: "fill" | "folder", words: string): HTMLElement {
  return el("p", { class: "h top" }, icon(drawing, "s"), el("span", {}, words));
}

const isEmpty = (office: Office, folder: GridItem) => (office.children.get(folder.item) ?? []).length === 0;

const nameOf = (office: Office, principal: string) => office.names.get(principal) ?? principal;

/** How many people can open an item by these grants. */
function openersOf(office: Office, grants: Grants): number {
  return office.members.filter(({ member }) => effectiveOf(office, grants, member).right !== "none").length;
}

/** A group by how many are in it, beside the people by their letters. */
function sizeOf(group: Group): HTMLElement {
  return el("span", { class: "avatar square", "aria-hidden": "true" }, String(group.members.length));
}
