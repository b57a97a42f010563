/** Asks somebody who manages an item of an office for a higher right to it, and says why. */

import { text } from "../../shared/browser.ts";
import { rights } from "../../shared/officeProtocol.ts";
import type { Right } from "../../shared/officeProtocol.ts";
import { el } from "../../shared/ui/dom.ts";
import { segments } from "../../shared/ui/segments.ts";
import { fieldAround, lineInput } from "../edit/inputs.ts";
import type { View } from "../state.ts";
import { titleOf } from "./row.ts";
import { subview } from "./subview.ts";
import type { Actions, Shown } from "./view.ts";

/** As many as the office takes. */
const maxReason = 200;

export function askAccessView({ item, right }: View & { readonly is: "askAccess" }, actions: Actions): Shown {
  const higher = rights.slice(rights.indexOf(right) + 1);
  let wanted: Right = higher[0] ?? "manage";
  const choose = (next: Right) => chooser.show((wanted = next));
  const words = higher.map((each) => [each, text(`askRight_${each}`)] as const);
  const chooser = segments<Right>({ "aria-label": text("askAccessRight") }, words, choose);
  const reason = fieldAround(lineInput("reason", ""), text("askAccessReason"), text("askAccessSealed"));
  reason.input.setAttribute("maxlength", String(maxReason));
  const submit = (event: Event) => {
    event.preventDefault();
    actions.items.askAccess(item, wanted, reason.input.value.trim());
  };
  chooser.show(wanted);
  const send = el("button", { type: "submit", class: "btn primary tall" }, text("askAccessSend"));
  const form = el(
    "form",
    { class: "flow pad", novalidate: true, onsubmit: submit },
    el("p", { class: "muted" }, text("askAccessBody", titleOf(item))),
    chooser.node,
    reason.node,
    send,
  );
  return {
    ...subview({ heading: text("askAccess"), content: [form], back: actions.back }),
    focus: () => reason.input.focus(),
  };
}
