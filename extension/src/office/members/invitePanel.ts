/** An invitation: what for, and then its code, which is shown once. */

import { text } from "../../shared/browser.ts";
import { holdOf } from "../../shared/clipboard.ts";
import { roles } from "../../shared/officeProtocol.ts";
import type { Role } from "../../shared/officeProtocol.ts";
import type { Reply } from "../../shared/protocol.ts";
import { timeOf } from "../../shared/time.ts";
import { ask } from "../../shared/ui/ask.ts";
import { el, icon, iconButton, plural } from "../../shared/ui/dom.ts";
import { withProgress } from "../../shared/ui/passphrase.ts";
import type { Actions } from "./actions.ts";
import { leaveButton, panelHead } from "./parts.ts";
import { qrCode } from "./qr.ts";
import { invitationHours } from "./state.ts";

/** A code on the clipboard is good for letting somebody in: time enough to paste it, and no more. */
const clipboardSeconds = 60;
const usualHours = 24;

/** @param member Whose keys are renewed; null for a newcomer. @param shown Makes the panel of the code. */
export function invitePanel(
  actions: Actions,
  member: string | null,
  shown: (actions: Actions, invited: Reply<"invite">, name: string | null) => HTMLElement,
): HTMLElement {
  const name = actions.people()?.members.find((each) => each.member === member)?.name ?? null;
  const offered = roles.filter((role) => actions.office().role === "owner" || role === "member");
  const role = el(
    "select",
    { id: "invite-role", "aria-describedby": "invite-role-may", onchange: () => sayWhat() },
    ...offered.map((each) => el("option", { value: each }, text(`member_${each}`))),
  );
  const may = el("p", { class: "hint", id: "invite-role-may" });
  const sayWhat = () => {
    may.textContent = text(`member_${role.value as Role}_may`);
  };
  sayWhat();
  const hours = el(
    "select",
    { id: "invite-hours" },
    ...invitationHours.map((each) => el("option", { value: each, selected: each === usualHours }, lastsOf(each))),
  );
  const make = el("button", { type: "button", class: "btn primary" }, text("inviteMake"));
  make.addEventListener(
    "click",
    () =>
      void withProgress(make, text("opening"), async () => {
        const { office } = actions.office();
        const asked = await actions.page.asking(
          () =>
            ask("invite", {
              office,
              role: role.value as Role,
              hours: Number(hours.value),
              ...(member === null ? {} : { member }),
            }),
          text("inviteWhy"),
        );
        actions.say(asked.is === "failed" ? asked.failure : null);
        if (asked.is === "done") actions.invited(shown(actions, asked.answer, name));
      }),
  );
  const field = (id: string, label: string, control: Node, ...below: readonly Node[]) =>
    el(
      "div",
      { class: "field" },
      el("label", { for: id }, label),
      el("span", { class: "select-box grow" }, control, icon("down")),
      ...below,
    );
  return el(
    "div",
    {},
    panelHead(
      text("inviteLabel"),
      name === null ? text("inviteTitle") : text("inviteTitleKeys", name),
      name === null ? text("inviteBody") : text("inviteBodyKeys", name),
    ),
    el(
      "section",
      { class: "flow" },
      ...(member === null ? [field("invite-role", text("inviteRole"), role, may)] : []),
      field("invite-hours", text("inviteHours"), hours),
      el("div", { class: "actions" }, make, leaveButton(actions)),
    ),
  );
}

/** The code of an invitation that was just made. */
export function invitedPanel(actions: Actions, invited: Reply<"invite">, name: string | null): HTMLElement {
  const { address, code, expiresAt } = invited;
  const copied = el("p", { class: "hint", role: "status" }, text("inviteNotByMail"));
  const copy = iconButton("copy", text("inviteCopy"), () => {
    void (async () => {
      await navigator.clipboard.writeText(code);
      await ask("copied", await holdOf(code, Date.now() + clipboardSeconds * 1000));
      copied.textContent = plural("inviteCopied", clipboardSeconds);
    })();
  });
  return el(
    "div",
    {},
    panelHead(
      text("inviteLabel"),
      name === null ? text("invitedTitle") : text("inviteTitleKeys", name),
      text("invitedBody", timeOf(expiresAt)),
    ),
    el(
      "section",
      { class: "flow" },
      qrCode(`${address} ${code}`, text("inviteQr")),
      el(
        "div",
        { class: "field" },
        el("span", { class: "label" }, text("inviteCode")),
        el("div", { class: "cmd top" }, el("code", { class: "code-shown" }, code), copy),
        copied,
      ),
      el(
        "div",
        { class: "field" },
        el("span", { class: "label" }, text("inviteAddress")),
        el("div", { class: "cmd" }, el("code", {}, address)),
      ),
      el(
        "div",
        { class: "actions" },
        el(
          "button",
          { type: "button", class: "btn", onclick: () => actions.choose({ is: "none" }) },
          text("inviteHandedOver"),
        ),
      ),
    ),
    el("section", {}, el("p", { class: "hint" }, text("invitedThen"))),
  );
}

function lastsOf(hours: number): string {
  return hours < 48 ? plural("inviteForHours", hours) : plural("inviteForDays", hours / 24);
}
