/** One group, its members set by boxes; and a new one. */

import { text } from "../../shared/browser.ts";
import { ask } from "../../shared/ui/ask.ts";
import { el, plural } from "../../shared/ui/dom.ts";
import { withProgress } from "../../shared/ui/passphrase.ts";
import { textField } from "../../shared/ui/textField.ts";
import type { Actions } from "./actions.ts";
import { leaveButton, panelHead } from "./parts.ts";
import type { Group, Member, People } from "./state.ts";

export function groupPanel(actions: Actions, people: People, group: Group): HTMLElement {
  const mayChange = actions.office().role !== "member";
  const lines = sorted(people.members).map((member) => {
    const isIn = group.members.includes(member.member);
    const line = box(member, isIn, async (joins) => {
      const { office } = actions.office();
      const why = joins
        ? text("peopleJoinWhy", member.name, group.name)
        : text("peopleLeaveWhy", member.name, group.name);
      const isDone = await actions.change(
        () => ask("setGroupMember", { office, group: group.group, member: member.member, joins }),
        why,
      );
      if (!isDone) line.input.checked = isIn;
    });
    line.input.disabled = !mayChange;
    return line.node;
  });
  return el(
    "div",
    {},
    panelHead(text("peopleGroup"), group.name, plural("peopleMembers", group.members.length)),
    el("section", { class: "boxes", role: "group", "aria-label": text("peopleInGroup", group.name) }, ...lines),
    el("section", {}, el("p", { class: "hint" }, text("peopleGroupKeys"))),
  );
}

export function newGroupPanel(actions: Actions, people: People): HTMLElement {
  const chosen = new Set<string>();
  const name = textField("group-name", text("peopleGroupName"), text("peopleGroupNameHint"), { maxlength: 200 });
  const lines = sorted(people.members).map(
    (member) =>
      box(member, false, (joins) => {
        if (joins) chosen.add(member.member);
        else chosen.delete(member.member);
      }).node,
  );
  const make = el("button", { type: "button", class: "btn primary" }, text("peopleMakeGroup"));
  const go = async () => {
    const value = name.input.value.trim();
    name.say(value === "" ? text("peopleGroupNameMissing") : null);
    if (value === "") return name.input.focus();
    await withProgress(make, text("opening"), async () => {
      const { office } = actions.office();
      const work = () => ask("addGroup", { office, name: value, members: [...chosen] });
      if (await actions.change(work, text("peopleNewGroupWhy"))) choosePlaceOf(value);
    });
  };
  const choosePlaceOf = (value: string) => {
    const made = actions.people()?.groups.find((group) => group.name === value);
    actions.choose(made === undefined ? { is: "none" } : { is: "group", id: made.group });
  };
  make.addEventListener("click", () => void go());
  name.input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) void go();
  });
  return el(
    "div",
    {},
    el("section", { class: "flow" }, el("h2", { tabindex: -1 }, text("peopleNewGroup")), name.node),
    el("section", { class: "boxes", role: "group", "aria-label": text("peopleMembersHead") }, ...lines),
    el("section", { class: "actions" }, make, leaveButton(actions)),
  );
}

function box(member: Member, checked: boolean, set: (checked: boolean) => unknown) {
  const id = `in-${member.member}`;
  const input = el("input", {
    type: "checkbox",
    id,
    "data-key": id,
    checked,
    onchange: () => void set(input.checked),
  });
  return {
    input,
    node: el("div", { class: "check" }, input, el("label", { for: id, class: "cut", title: member.name }, member.name)),
  };
}

function sorted(members: readonly Member[]): readonly Member[] {
  return [...members].sort((one, other) => one.name.localeCompare(other.name));
}
