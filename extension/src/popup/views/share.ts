/**
 * Sharing one item with one person in three clicks: this panel, the person, the right. An item of one's own moves into
 * the office; of one that is there already a right is given, and can be taken back at once.
 */

import { text } from "../../shared/browser.ts";
import { rights } from "../../shared/officeProtocol.ts";
import type { Right } from "../../shared/officeProtocol.ts";
import type { Item, Reply, Vault } from "../../shared/protocol.ts";
import { asking } from "../../shared/ui/asking.ts";
import { ask } from "../../shared/ui/ask.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { sentencesFor } from "../../shared/ui/failure.ts";
import { isOffice } from "../../shared/vaults.ts";

interface Place {
  readonly office: string;
  readonly name: string;
}
interface Known {
  readonly people: Reply<"people">;
  /** What each member may do already. */
  readonly access: ReadonlyMap<string, Right>;
}
interface Person {
  readonly principal: string;
  readonly name: string;
}

/** Returns the offices that an item can be shared in: its own if it is in one, else all. */
export function placesToShare(item: Item, vaults: readonly Vault[]): readonly Place[] {
  return vaults.flatMap(({ vault, office, name }) =>
    office !== undefined && (item.vault === vault || !isOffice(item.vault, vaults)) ? [{ office, name }] : [],
  );
}

/** Makes the panel. @param gone Called when the item lies in the office from now on: what is shown of it is old. */
export function sharePanel(item: Item, vaults: readonly Vault[], gone: () => void): HTMLElement {
  const [first, ...others] = placesToShare(item, vaults);
  const moves = !isOffice(item.vault, vaults);
  const said = el("p", { class: "small", role: "status" });
  const list = el("div", { class: "flow-s", id: "share-people" });
  const node = el("section", { class: "share flow-s", id: "share", "aria-label": text("shareTitle") });
  if (first === undefined) return node;
  let place = first;

  const load = async () => {
    list.replaceChildren(el("p", { class: "muted small" }, text("officeLoading")));
    const asked = await asking(() => read(place.office), text("gridWhyPassphrase"));
    if (asked.is === "failed") return say(sentencesFor(asked.failure, text("yourVault")));
    if (asked.is === "done") show(asked.answer);
  };
  const read = async (office: string): Promise<Known> => {
    const [people, access] = await Promise.all([
      ask("people", { office }),
      moves ? { access: [] } : ask("access", { item: item.id }),
    ]);
    return { people, access: new Map(access.access.map(({ member, right }) => [member, right])) };
  };
  const say = (...words: readonly (string | Node)[]) => said.replaceChildren(...words);
  const show = ({ people, access }: Known) => {
    const all: readonly (Person & { readonly group: boolean })[] = [
      ...people.groups.map(({ group, name }) => ({ principal: group, name, group: true })),
      ...people.members
        .filter(({ you }) => !you)
        .map(({ member, name }) => ({ principal: member, name, group: false })),
    ];
    const lines = all.map((person) => personLine(person, access.get(person.principal), person.group));
    list.replaceChildren(...(lines.length === 0 ? [el("p", { class: "muted small" }, text("shareNobody"))] : lines));
    list.querySelector("button")?.focus();
  };
  const personLine = (person: Person, has: Right | undefined, isGroup: boolean) => {
    const choices = el("div", { class: "actions", role: "group", "aria-label": person.name, hidden: true });
    for (const right of rights)
      if (right !== "none") {
        const onclick = () => void give(person, right, !isGroup && has === undefined);
        choices.append(
          el("button", { type: "button", class: "btn sm", "data-right": right, onclick }, text(`right_${right}`)),
        );
      }
    const open = () => {
      for (const other of list.querySelectorAll<HTMLElement>("[role=group]")) other.hidden = other !== choices;
      for (const each of list.querySelectorAll("[aria-expanded]")) each.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-expanded", "true");
      choices.querySelector("button")?.focus();
    };
    const button = el(
      "button",
      { type: "button", class: "btn wide person", "aria-expanded": "false", onclick: open },
      icon(isGroup ? "group" : "person"),
      el("span", { class: "grow cut", title: person.name }, person.name),
      has === undefined ? null : el("span", { class: "chip" }, text(`right_${has}`)),
    );
    return el("div", { class: "flow-s" }, button, choices);
  };
  const give = async (person: Person, right: Right, hadNothing: boolean) => {
    const grant = { principal: person.principal, right };
    const asked = await asking<unknown>(
      () =>
        moves
          ? ask("share", { office: place.office, items: [item.id], grants: [grant] })
          : ask("grant", { item: item.id, grant }),
      text("gridWhyPassphrase"),
    );
    if (asked.is === "failed") return say(sentencesFor(asked.failure, text("yourVault")));
    if (asked.is !== "done") return;
    const words = text("shareDone", person.name, text(`right_${right}`));
    if (moves) {
      list.replaceChildren();
      say(`${words} ${text("shareMoved", place.name)}`);
      return gone();
    }
    await load();
    // What there was before is known only where that is nothing: a group's right and limits of time are not told here.
    if (!hadNothing) return say(words);
    const undo = el(
      "button",
      { type: "button", class: "link small", onclick: () => void takeBack(person) },
      text("undo"),
    );
    say(words, " ", undo);
  };
  const takeBack = async ({ principal }: Person) => {
    const work = () => ask("grant", { item: item.id, grant: { principal, right: "none" as const } });
    const asked = await asking(work, text("gridWhyPassphrase"));
    if (asked.is === "failed") return say(sentencesFor(asked.failure, text("yourVault")));
    if (asked.is !== "done") return;
    await load();
    say("");
  };

  const choose = el(
    "select",
    {
      "aria-label": text("officeChoose"),
      onchange: () => {
        place = [first, ...others].find(({ office }) => office === choose.value) ?? first;
        void load();
      },
    },
    ...[first, ...others].map(({ office, name }) => el("option", { value: office }, name)),
  );
  node.append(
    el("h2", {}, text("shareTitle")),
    ...(others.length > 0 ? [el("span", { class: "select-box" }, choose, icon("down"))] : []),
    el("p", { class: "small muted" }, moves ? text("shareMoves", first.name) : text("gridUseDeters")),
    list,
    said,
  );
  void load();
  return node;
}
