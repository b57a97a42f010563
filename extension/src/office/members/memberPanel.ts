/** One member: what they may do, their groups, new keys for them, and their removal with what it would do. */

import { text } from "../../shared/browser.ts";
import type { Removal } from "../../shared/leaverProtocol.ts";
import { roles } from "../../shared/officeProtocol.ts";
import { ask } from "../../shared/ui/ask.ts";
import { el, icon, plural } from "../../shared/ui/dom.ts";
import { withProgress } from "../../shared/ui/passphrase.ts";
import { showDialog } from "../../shared/ui/dialog.ts";
import type { Actions } from "./actions.ts";
import { panelHead } from "./parts.ts";
import { groupsOf, hasOneOwner, mayChange } from "./state.ts";
import type { Member, People } from "./state.ts";

export function memberPanel(actions: Actions, people: People, member: Member): HTMLElement {
  const { office } = actions;
  const us = office().role;
  const isLastOwner = member.role === "owner" && hasOneOwner(people);
  const groups = groupsOf(people, member);
  const head = panelHead(
    text("peopleMember"),
    member.name,
    member.mail ?? false,
    groups.length === 0 ? text("peopleInNoGroup") : groups.join(", "),
  );
  const node = el("div", {}, head);
  if (us === "owner") node.append(roleSection(actions, member, isLastOwner));
  else node.append(el("section", {}, el("p", {}, text(`member_is_${member.role}`))));
  if (mayChange(us, member) && !member.you) {
    const renew = el(
      "button",
      {
        type: "button",
        class: "btn",
        "data-key": "renew",
        onclick: () => actions.choose({ is: "invite", member: member.member }),
      },
      text("peopleNewKeys"),
    );
    const remove = el(
      "button",
      { type: "button", class: "btn danger", "data-key": "remove", onclick: () => void askToRemove(actions, member) },
      text("peopleRemove", member.name),
    );
    node.append(
      el("section", { class: "flow-s" }, el("p", { class: "hint" }, text("peopleNewKeysWhy")), renew),
      el("section", { class: "flow-s" }, el("p", { class: "hint" }, text("peopleRemoveWhy")), remove),
    );
  }
  return node;
}

function roleSection(actions: Actions, member: Member, isLastOwner: boolean): HTMLElement {
  const set = async (role: Member["role"]) => {
    const { office } = actions.office();
    const what = text("peopleRoleWhy", member.name);
    const isDone = await actions.change(() => ask("setRole", { office, member: member.member, role }), what);
    if (!isDone) for (const { input, of } of choices) input.checked = of === member.role;
  };
  const choices = roles.map((role) => {
    const input = el("input", {
      type: "radio",
      name: "role",
      id: `role-${role}`,
      "data-key": `role-${role}`,
      checked: role === member.role,
      disabled: isLastOwner,
      "aria-describedby": `role-${role}-may`,
      onchange: () => void set(role),
    });
    const line = el(
      "div",
      { class: "check top" },
      input,
      el(
        "div",
        {},
        el("label", { for: `role-${role}` }, text(`member_${role}`)),
        el("p", { class: "hint", id: `role-${role}-may` }, text(`member_${role}_may`)),
      ),
    );
    return { input, line, of: role };
  });
  return el(
    "section",
    { class: "flow-s" },
    el(
      "div",
      { class: "flow-s", role: "radiogroup", "aria-label": text("peopleMay") },
      ...choices.map(({ line }) => line),
    ),
    isLastOwner && el("p", { class: "hint" }, text("peopleLastOwner")),
  );
}

/** Shows what a removal would do, and does it when the person says so. */
async function askToRemove(actions: Actions, member: Member): Promise<void> {
  const { office } = actions.office();
  const asked = await actions.page.asking(() => ask("removal", { office, member: member.member }), "");
  actions.say(asked.is === "failed" ? asked.failure : null);
  if (asked.is !== "done") return;
  const { name } = member;
  const cancel = el("button", { type: "button", class: "btn", onclick: () => dialog.close() }, text("cancel"));
  const go = el(
    "button",
    {
      type: "button",
      class: "btn danger solid",
      onclick: () =>
        void withProgress(go, text("peopleRemoving"), async () => {
          const work = () => ask("removeMember", { office, member: member.member });
          const isDone = await actions.change(work, text("peopleRemovePassphrase", name));
          dialog.close();
          if (isDone) actions.removed();
        }),
    },
    text("peopleRemove", name),
  );
  const dialog = showDialog(
    "removal-title",
    "removal-what",
    el(
      "div",
      { class: "flow" },
      el("h2", { id: "removal-title" }, text("peopleRemoveTitle", name)),
      el("div", { id: "removal-what", class: "flow-s" }, ...consequencesOf(asked.answer)),
      el("div", { class: "actions" }, cancel, !asked.answer.lastOwner && go),
    ),
  );
  cancel.focus();
}

function consequencesOf(removal: Removal): readonly HTMLElement[] {
  const { name, items, unopened, unmanaged, groups, emptied, more } = removal;
  if (removal.lastOwner) return [el("p", {}, text("removalLastOwner", name))];
  const lines: HTMLElement[] = [el("p", {}, plural("removalItems", items, name))];
  if (groups.length > 0) lines.push(el("p", { class: "muted" }, text("removalGroups", groups.join(", "))));
  if (emptied.length > 0) lines.push(alarm(text("removalEmptied", emptied.join(", "))));
  if (unopened.length > 0) lines.push(alarm(plural("removalUnopened", unopened.length, titlesOf(unopened)), "danger"));
  if (unmanaged.length > 0) lines.push(alarm(plural("removalUnmanaged", unmanaged.length, titlesOf(unmanaged))));
  if (more) lines.push(el("p", { class: "muted" }, text("removalMore")));
  lines.push(el("p", { class: "muted" }, text("removalThen", name)));
  return lines;
}

function titlesOf(items: Removal["unopened"]): string {
  const titles = items.flatMap(({ title }) => (title === undefined ? [] : [title]));
  return titles.length === 0 ? text("removalNotYours") : titles.slice(0, 5).join(", ");
}

function alarm(words: string, tone: "warn" | "danger" = "warn"): HTMLElement {
  return el("div", { class: `banner box ${tone}` }, icon("warning"), el("p", { class: "grow" }, words));
}
