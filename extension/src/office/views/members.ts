/** Members, groups and invitations: lists at the left, and beside them what is chosen. */

import { text } from "../../shared/browser.ts";
import { ask } from "../../shared/ui/ask.ts";
import { el, icon, iconButton, plural } from "../../shared/ui/dom.ts";
import { groupLines, invitationLines, memberLines } from "../members/lists.ts";
import { groupPanel, newGroupPanel } from "../members/groupPanel.ts";
import { invitedPanel, invitePanel } from "../members/invitePanel.ts";
import { memberPanel } from "../members/memberPanel.ts";
import { foundIn, hasOneOwner, keptChoice } from "../members/state.ts";
import type { Choice, Invitation, People } from "../members/state.ts";
import { along, redraw } from "../rows.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

export const membersView: MakeView = (first, page) => {
  let office = first;
  let people: People | null = null;
  let words: readonly string[] = [];
  let choice: Choice = { is: "none" };
  /** What the panel shows; null before anything was known. */
  let panelOf: Choice | null = null;
  let query = "";
  let drawn = "";

  const count = el("span", { class: "muted small" });
  const find = el("input", {
    type: "text",
    "aria-label": text("peopleFind"),
    placeholder: text("peopleFind"),
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      query = find.value;
      show();
    },
  });
  const clear = iconButton("close", text("clearSearch"), () => {
    find.value = query = "";
    show();
    find.focus();
  });
  const search = el("div", { class: "input end find" }, icon("search"), find, clear);
  const invite = el(
    "button",
    { type: "button", class: "btn primary", onclick: () => choose({ is: "invite", member: null }) },
    icon("plus"),
    text("peopleInvite"),
  );
  const lists = el("div", { class: "scroll" });
  const side = el("section", { class: "side", "aria-label": text("peopleChosen") });
  const { node, title, say } = frame(
    "members",
    office.name,
    [count, search, invite],
    el("main", { class: "beside" }, lists, side),
  );
  along(lists, "[data-row]");

  const choose = (next: Choice) => {
    choice = next;
    show();
    drawPanel();
    // Along the lists the focus stays where it is: the panel comes next.
    if (next.is === "invite" || next.is === "newGroup") side.querySelector<HTMLElement>("h2")?.focus();
    else if (document.activeElement === document.body) (invite.hidden ? title : invite).focus();
  };
  const changed = (next: People) => {
    people = next;
    choice = keptChoice(choice, next);
    page.count("members", next.members.length);
    show();
    drawPanel();
  };
  /** Asks for a change that needs the passphrase. Returns whether it was made. */
  const change = async (work: () => Promise<People>, what: string): Promise<boolean> => {
    const asked = await page.asking(work, what);
    say(asked.is === "failed" ? asked.failure : null);
    if (asked.is === "done") changed(asked.answer);
    return asked.is === "done";
  };
  const withdraw = async ({ invitation }: Invitation) => {
    const asked = await page.asking(
      () => ask("uninvite", { office: office.office, invitation }),
      text("peopleWithdrawWhy"),
    );
    say(asked.is === "failed" ? asked.failure : null);
    if (asked.is === "done") await load();
  };
  const actions = {
    office: () => office,
    people: () => people,
    choose,
    change,
    page,
    say,
    removed: () => {
      location.hash = location.hash.replace(/^#?[a-z]*/, "#leavers");
    },
    invited: (panel: HTMLElement) => {
      side.replaceChildren(panel);
      side.querySelector<HTMLElement>("h2")?.focus();
      void load();
    },
  };

  function drawPanel(): void {
    if (people === null) return;
    const here = choice;
    panelOf = here;
    const member = here.is === "member" ? people.members.find((each) => each.member === here.id) : undefined;
    const group = here.is === "group" ? people.groups.find((each) => each.group === here.id) : undefined;
    if (here.is === "invite") side.replaceChildren(invitePanel(actions, here.member, invitedPanel));
    else if (here.is === "newGroup") side.replaceChildren(newGroupPanel(actions, people));
    else if (member !== undefined) redraw(side, memberPanel(actions, people, member));
    else if (group !== undefined) redraw(side, groupPanel(actions, people, group));
    else side.replaceChildren(aboutPanel());
  }

  /** What stands at the side while nobody is chosen: the words by which people find out whether all see the same members. */
  function aboutPanel(): HTMLElement {
    return el(
      "div",
      {},
      el("section", {}, el("p", { class: "muted" }, text("peopleChooseOne"))),
      words.length > 0 &&
        el(
          "section",
          { class: "flow-s" },
          el("h2", {}, text("logWords")),
          el("ol", { class: "words small" }, ...words.map((word) => el("li", {}, word))),
          el("p", { class: "hint" }, text("logWordsWhy")),
        ),
    );
  }

  function show(): void {
    clear.hidden = query === "";
    invite.hidden = office.role === "member" || office.role === undefined;
    if (people === null) return;
    const now = JSON.stringify([people, choice, query, office.role]);
    if (now === drawn) return;
    drawn = now;
    const found = foundIn(people, query);
    count.textContent = [
      plural("peopleMembers", people.members.length),
      plural("peopleGroups", people.groups.length),
      plural("peopleInvitations", people.invitations.length),
    ].join(", ");
    redraw(
      lists,
      ...(hasOneOwner(people) && office.role === "owner" ? [secondOwner()] : []),
      memberLines(found.members, people, choice, choose),
      ...invitationLines(found.invitations, people, withdraw),
      ...groupLines(found.groups, choice, choose, office.role !== "member"),
    );
  }

  function secondOwner(): HTMLElement {
    return el(
      "div",
      { class: "banner warn" },
      icon("warning"),
      el("div", { class: "grow" }, el("b", {}, text("peopleOneOwner")), " ", text("peopleOneOwnerWhy")),
    );
  }

  async function load(): Promise<void> {
    const asked = await page.asking(async () => {
      const all = await ask("people", { office: office.office });
      return { all, log: await ask("officeLog", { office: office.office }) };
    }, "");
    say(asked.is === "failed" ? asked.failure : null);
    if (asked.is !== "done") return;
    ({
      all: people,
      log: { words },
    } = asked.answer);
    page.count("members", people.members.length);
    const kept = keptChoice(choice, people);
    const isForm = kept.is === "invite" || kept.is === "newGroup";
    choice = kept;
    show();
    // What somebody is typing, and a code that is shown once, stay.
    if (!isForm || panelOf !== choice) drawPanel();
  }

  return {
    node,
    focus: () => title.focus(),
    update: (now) => {
      office = now;
      show();
      void load();
    },
  };
};
