/** Why nothing was filled: what decided, what to do about it, then what the detector saw, form by form. */

import { text } from "../../shared/browser.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import type { SeenForm } from "../../shared/contentMessages.ts";
import type { WhyNot } from "../../shared/messages.ts";
import { confirmationFor } from "../state.ts";
import type { View } from "../state.ts";
import { subview } from "./subview.ts";
import type { Actions, Shown } from "./view.ts";

export function whyView({ why }: View & { readonly is: "why" }, actions: Actions): Shown {
  const seen = why.documents.filter(({ forms }) => forms.length > 0);
  return subview({
    heading: text("whyTitle"),
    content: [
      decided(why, actions),
      el("h2", { class: "group-h" }, text("whatWasSeen")),
      seen.length === 0 && el("p", { class: "empty muted" }, text("nothingSeen")),
      ...seen.flatMap(({ origin, forms }) => forms.map((form) => formNode(origin, form))),
      seen.length > 0 && reportPart(why, actions),
    ],
    back: actions.back,
  });
}

function decided(why: WhyNot, actions: Actions): HTMLElement {
  const { reason, host, top } = why;
  const buttons = buttonsFor(why, actions);
  return el(
    "div",
    { class: reason === "ready" ? "banner" : "banner warn" },
    icon(reason === "ready" ? "check" : "whyNot"),
    el(
      "div",
      { class: "grow" },
      el("b", {}, text(`why_${reason}_title`, host, top)),
      el("br"),
      text(`why_${reason}_body`, host, top),
      buttons.length > 0 && el("div", { class: "actions" }, ...buttons),
    ),
  );
}

function reportPart({ tab }: WhyNot, { site }: Actions): HTMLElement {
  const signals = el(
    "button",
    { type: "button", class: "btn sm", id: "signals", onclick: () => tab !== null && site.signals(tab) },
    text("showSignals"),
  );
  const copy = el(
    "button",
    { type: "button", class: "btn sm", id: "report", onclick: site.copyReport },
    text("copyReport"),
  );
  return el(
    "section",
    { class: "seen flow-s" },
    el("p", { class: "small muted" }, text("reportAbout")),
    el("div", { class: "actions" }, copy, signals),
  );
}

// Where a person's own click fills although nothing is filled by itself.
const filledOnRequest: readonly WhyNot["reason"][] = [
  "notChosen",
  "several",
  "subframe",
  "never",
  "paused",
  "ready",
  "code",
  "occupied",
];

function buttonsFor({ reason, host, top, item }: WhyNot, { fill, items, site }: Actions): readonly HTMLElement[] {
  const button = (words: string, onclick: () => void) =>
    el("button", { type: "button", class: "btn sm", onclick }, words);
  const asks =
    reason !== "paused" &&
    reason !== "ready" &&
    reason !== "code" &&
    confirmationFor({ kind: "refused", reason, host, top }) !== null;
  const newHere = ["noMatch", "signup"].includes(reason) ? [button(text("newLoginHere"), () => items.start(""))] : [];
  return [
    ...newHere,
    ...(item !== null && asks ? [button(text("fillAnyway"), () => fill(item, []))] : []),
    ...(item !== null && filledOnRequest.includes(reason)
      ? [button(text("fillItem", item.title), () => fill(item, []))]
      : []),
    ...(reason === "never" ? [button(text("offerAgain"), () => site.never(false))] : []),
    ...(reason === "paused" ? [button(text("goOn"), () => site.pause(false))] : []),
    ...(["noMatch", "frame"].includes(reason) ? [button(text("addToItem"), site.startAdding)] : []),
  ];
}

function formNode(origin: string, { kind, fields }: SeenForm): HTMLElement {
  const known = kind !== "notLogin" && kind !== "signup";
  return el(
    "section",
    { class: "seen" },
    el(
      "h3",
      { class: "h wrap" },
      el("span", { class: known ? "chip accent" : "chip" }, text(`form_${kind}`)),
      el("code", { class: "cut small muted", title: origin }, origin),
    ),
    el("ul", {}, ...fields.map(fieldNode)),
  );
}

function fieldNode({ name, type, autocomplete, role, visible, fills }: SeenForm["fields"][number]): HTMLElement {
  const facts = [`type="${type}"`, ...(autocomplete === "" ? [] : [`autocomplete="${autocomplete}"`])].join(" ");
  return el(
    "li",
    { class: fills ? "h top fills" : "h top" },
    icon(fills ? "check" : visible ? "more" : "close"),
    el(
      "div",
      { class: "grow" },
      el(
        "p",
        { class: "h wrap" },
        name === "" ? el("span", { class: "muted" }, text("nameless")) : el("code", { class: "long" }, name),
        el("span", { class: fills ? "chip accent" : "chip" }, text(`role_${role}`)),
        !visible && el("span", { class: "chip" }, text("notVisible")),
      ),
      el("p", { class: "small muted long mono" }, facts),
    ),
  );
}
