/** The lists of the members view. Each row is a button that chooses what it names; they are one tab stop. */

import { text } from "../../shared/browser.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import { avatar, stopOf, tableOf } from "../rows.ts";
import { groupsOf, hoursUntil } from "./state.ts";
import type { Choice, Group, Invitation, Member, People } from "./state.ts";

type Choose = (choice: Choice) => void;

/** The table of members. */
export function memberLines(members: readonly Member[], people: People, choice: Choice, choose: Choose): HTMLElement {
  const hasChosen = choice.is === "member" && members.some(({ member }) => member === choice.id);
  const rows = members.map((member, index) => {
    const isChosen = choice.is === "member" && choice.id === member.member;
    const name = el(
      "button",
      {
        type: "button",
        class: "row-name",
        "data-row": true,
        "data-key": `member-${member.member}`,
        "aria-pressed": String(isChosen),
        tabindex: stopOf(isChosen, index, hasChosen),
        onclick: () => choose({ is: "member", id: member.member }),
      },
      avatar(member.name),
      el("span", { class: "cut", title: member.name }, member.name),
      member.you && el("span", { class: "chip" }, text("peopleYou")),
    );
    return el(
      "tr",
      { class: isChosen ? "chosen" : "" },
      el("td", {}, name),
      el("td", { class: "muted" }, groupsOf(people, member).join(", ") || "–"),
      el("td", {}, text(`member_is_${member.role}`)),
      el("td", { class: "muted" }, member.mail ?? "–"),
    );
  });
  if (rows.length === 0) return el("p", { class: "empty muted" }, text("peopleNobodyFound"));
  return tableOf(
    [text("peopleName"), text("peopleGroupsHead"), text("peopleMay"), text("peopleMail")],
    el("tbody", {}, ...rows),
  );
}

/** The invitations that are open; nothing if there are none. */
export function invitationLines(
  invitations: readonly Invitation[],
  people: People,
  withdraw: (invitation: Invitation) => void,
): readonly HTMLElement[] {
  if (invitations.length === 0) return [];
  const rows = invitations.map((open) => {
    const hours = hoursUntil(open.expiresAt, Date.now());
    const by = people.members.find(({ member }) => member === open.author)?.name ?? "";
    const state =
      open.answers > 0
        ? el("span", { class: "chip accent" }, icon("check"), text("peopleAnswered"))
        : el("span", { class: "chip warn" }, icon("history"), plural("peopleHoursLeft", hours));
    const take = el(
      "button",
      {
        type: "button",
        class: "btn sm quiet",
        "data-key": `invitation-${open.invitation}`,
        "aria-label": text("peopleWithdrawOf", by),
        onclick: () => withdraw(open),
      },
      text("peopleWithdraw"),
    );
    return el(
      "tr",
      {},
      el("td", {}, text(`member_${open.role}`)),
      el("td", { class: "muted" }, text("peopleBy", by)),
      el("td", {}, state),
      el("td", { class: "last" }, take),
    );
  });
  return [el("h2", { class: "group-h" }, text("peopleOpenInvitations")), tableOf([], el("tbody", {}, ...rows))];
}

/** The groups, and the way to a new one. */
export function groupLines(
  groups: readonly Group[],
  choice: Choice,
  choose: Choose,
  mayMake: boolean,
): readonly HTMLElement[] {
  const make = el(
    "button",
    { type: "button", class: "btn sm", "data-key": "new-group", onclick: () => choose({ is: "newGroup" }) },
    icon("plus", "s"),
    text("peopleNewGroup"),
  );
  const hasChosen = choice.is === "group" && groups.some(({ group }) => group === choice.id);
  const rows = groups.map((group, index) => {
    const isChosen = choice.is === "group" && choice.id === group.group;
    const name = el(
      "button",
      {
        type: "button",
        class: "row-name",
        "data-row": true,
        "data-key": `group-${group.group}`,
        "aria-pressed": String(isChosen),
        tabindex: stopOf(isChosen, index, hasChosen),
        onclick: () => choose({ is: "group", id: group.group }),
      },
      el("span", { class: "avatar square", "aria-hidden": "true" }, icon("group", "s")),
      el("span", { class: "cut", title: group.name }, group.name),
    );
    return el(
      "tr",
      { class: isChosen ? "chosen" : "" },
      el("td", {}, name),
      el("td", { class: "muted" }, plural("peopleMembers", group.members.length)),
    );
  });
  const head = el("div", { class: "h group-line" }, el("h2", { class: "group-h grow" }, text("peopleGroupsHead")));
  if (mayMake) head.append(make);
  return rows.length === 0
    ? [head, el("p", { class: "empty muted" }, text("peopleNoGroups"))]
    : [head, tableOf([], el("tbody", {}, ...rows))];
}
