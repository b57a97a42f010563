/** The fields that the person taught, site by site; each can be forgotten. */

import { text } from "../../shared/browser.ts";
import { el, iconButton } from "../../shared/ui/dom.ts";
import { sentencesFor } from "../../shared/ui/failure.ts";
import type { TaughtField } from "../../shared/protocol.ts";
import type { State } from "../state.ts";
import type { Actions, Part } from "./view.ts";

export function taughtPart(actions: Actions): Part {
  const list = el("ul", { class: "lines", "aria-labelledby": "taught-name" });
  const none = el("p", { class: "small faint" }, text("taughtNone"));
  const failed = el("div", { class: "banner danger box", role: "alert", hidden: true });
  const heading = el("h3", { id: "taught-name", tabindex: -1 }, text("taughtFields"));
  const node = el(
    "div",
    { class: "setting", id: "setting-taught" },
    heading,
    el("p", { class: "small muted" }, text("taughtAbout")),
    el("div", { class: "below flow-s" }, list, none, failed),
  );
  let shown: readonly TaughtField[] | null = null;
  const update = ({ known, taughtFailure }: State) => {
    failed.hidden = taughtFailure === null;
    failed.textContent = taughtFailure === null ? "" : sentencesFor(taughtFailure, text("yourVault"));
    const taught = known?.choices?.taught ?? null;
    if (taught === null || taught === shown) return;
    const focused = [...list.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
    shown = taught;
    none.hidden = taught.length > 0;
    list.hidden = taught.length === 0;
    list.replaceChildren(...taught.map((field) => lineOf(field, actions)));
    // The line that had the focus has gone: the next one has it, or the heading.
    if (focused === -1) return;
    const buttons = list.querySelectorAll("button");
    (buttons[Math.min(focused, buttons.length - 1)] ?? heading).focus();
  };
  return { node, update };
}

function lineOf(field: TaughtField, actions: Actions): HTMLElement {
  const { hostname, role, page } = field;
  const place = `${hostname}${page}`;
  const name = text(`menuTeach_${role}`);
  const forget = iconButton("close", text("forgetTaught", name, place), () => void actions.forgetTaught(field));
  return el(
    "li",
    { class: "h" },
    el("span", { class: "grow cut mono", title: place }, place),
    el("span", { class: "chip" }, name),
    forget,
  );
}
