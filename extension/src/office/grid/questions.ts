/** What the grid asks in dialogs: a time, a person and a right, a folder, a name. */

import { text } from "../../shared/browser.ts";
import { rights } from "../../shared/officeProtocol.ts";
import type { Right } from "../../shared/officeProtocol.ts";
import { el } from "../../shared/ui/dom.ts";
import { field, openDialog } from "../../shared/ui/dialog.ts";
import { draftedFolder } from "./draft.ts";
import type { Draft, TimeLimits } from "./draft.ts";
import type { GridItem, Office } from "./model.ts";
import { timeFields } from "./times.ts";
import { rightWord } from "./words.ts";

/** Asks for a right that holds for a time. */
export function askTimes(set: (right: Right, limits: TimeLimits) => void): void {
  const times = timeFields({});
  const which = rightSelect(["use", "read"]);
  openDialog(text("gridForTime"), text("gridSet"), [field("limit-right", text("gridRight"), which), times.node], () => {
    const limits = times.read();
    if (limits === null) return false;
    set(which.value as Right, limits);
    return true;
  });
}

/** Asks who is to have which right to an item. */
export function askGrant(
  { groups, members }: Office,
  item: GridItem,
  set: (principal: string, right: Right, limits: TimeLimits) => void,
): void {
  const who = el(
    "select",
    {},
    ...groups.map(({ group, name }) => el("option", { value: group }, text("gridGroup", name))),
    ...members.map(({ member, name }) => el("option", { value: member }, name)),
  );
  const which = rightSelect(rights.filter((right) => right !== "none"));
  const times = timeFields({});
  const parts = [
    field("give-who", text("gridWhom"), who),
    field("give-right", text("gridRight"), which, text("gridUseDeters")),
    times.node,
  ];
  openDialog(text("gridGiveTitle", item.title), text("gridSet"), parts, () => {
    const limits = times.read();
    if (limits === null) return false;
    set(who.value, which.value as Right, limits);
    return true;
  });
}

/** Asks where an item or folder is to lie; the empty folder is the top. */
export function askFolder(office: Office, draft: Draft, item: GridItem, move: (folder: string) => void): void {
  const folders = [...office.items.values()].filter((each) => each.kind === "folder" && each.item !== item.item);
  const where = el(
    "select",
    {},
    el("option", { value: "" }, text("gridLoose")),
    ...folders.map((folder) => el("option", { value: folder.item }, folder.title)),
  );
  where.value = draftedFolder(office, draft, item);
  const parts = [field("move-to", text("gridFolder"), where, text("gridMoveHint"))];
  openDialog(text("gridMoveTitle", item.title), text("gridSet"), parts, () => {
    move(where.value);
    return true;
  });
}

/** Asks for the name of a new folder, or another one of `folder`. @param name Returns whether the dialog may close. */
export function askName(folder: GridItem | null, name: (name: string) => Promise<boolean>): void {
  const input = el("input", {
    type: "text",
    required: true,
    maxlength: 200,
    autocomplete: "off",
    value: folder?.title ?? "",
  });
  const title = folder === null ? text("gridNewFolder") : text("gridRename");
  const parts = [field("folder-name", text("gridFolderName"), input)];
  openDialog(title, title, parts, async () => input.value.trim() !== "" && (await name(input.value.trim())));
}

function rightSelect(words: readonly Right[]): HTMLSelectElement {
  const select = el("select", {}, ...words.map((right) => el("option", { value: right }, rightWord(right))));
  select.value = "read";
  return select;
}
