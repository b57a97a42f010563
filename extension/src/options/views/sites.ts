/** The sites that are never filled by themselves: the list, one more, and each away again. */

import { text } from "../../shared/browser.ts";
import { el, icon, iconButton } from "../../shared/ui/dom.ts";
import { sentencesFor } from "../../shared/ui/failure.ts";
import { hostnameFrom } from "../state.ts";
import type { State } from "../state.ts";
import type { Actions, Part } from "./view.ts";

export function sitesPart(actions: Actions): Part {
  const list = el("ul", { class: "lines", "aria-labelledby": "sites-name" });
  const none = el("p", { class: "small faint" }, text("sitesNone"));
  const adding = addForm(actions);
  const node = el(
    "div",
    { class: "setting", id: "setting-sites" },
    el("h3", { id: "sites-name" }, text("sites")),
    el("p", { class: "small muted" }, text("sitesAbout")),
    el("div", { class: "below flow-s" }, list, none, adding.node),
  );
  let shown: readonly string[] | null = null;
  const update = ({ known, sitesFailure }: State) => {
    adding.say(sitesFailure === null ? null : sentencesFor(sitesFailure, text("yourVault")));
    const never = known?.choices?.never ?? null;
    if (never === null || never === shown) return;
    const focused = [...list.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
    shown = never;
    none.hidden = never.length > 0;
    list.hidden = never.length === 0;
    list.replaceChildren(...never.map((hostname) => lineOf(hostname, actions)));
    // The line that had the focus has gone: the next one has it, or the field.
    if (focused === -1) return;
    const buttons = list.querySelectorAll("button");
    (buttons[Math.min(focused, buttons.length - 1)] ?? adding.input).focus();
  };
  return { node, update };
}

function lineOf(hostname: string, actions: Actions): HTMLElement {
  const remove = iconButton("close", text("removeSite", hostname), () => void actions.neverFill(hostname, false));
  return el("li", { class: "h" }, el("span", { class: "grow cut mono", title: hostname }, hostname), remove);
}

function addForm(actions: Actions) {
  const input = el("input", {
    id: "new-site",
    type: "text",
    inputmode: "url",
    autocomplete: "off",
    spellcheck: "false",
    autocapitalize: "off",
    "aria-describedby": "new-site-hint",
  });
  const box = el("div", { class: "input" }, input);
  const hint = el("p", { class: "hint", id: "new-site-hint", "aria-live": "polite" }, text("newSiteHint"));
  let said: string | null = null;
  const say = (error: string | null) => {
    if (error === said) return;
    said = error;
    box.classList.toggle("error", error !== null);
    hint.classList.toggle("error", error !== null);
    input.setAttribute("aria-invalid", String(error !== null));
    if (error === null) hint.replaceChildren(text("newSiteHint"));
    else hint.replaceChildren(icon("warning", "s"), el("span", {}, error));
  };
  const onsubmit = async (event: Event) => {
    event.preventDefault();
    const hostname = hostnameFrom(input.value);
    if (hostname === null) {
      say(text("noHostname"));
      return input.focus();
    }
    say(null);
    if (await actions.neverFill(hostname, true)) input.value = "";
    input.focus();
  };
  const add = el("button", { type: "submit", class: "btn tall" }, text("addHostname"));
  const line = el("div", { class: "h top wrap" }, el("div", { class: "grow least" }, box), add);
  const label = el("label", { for: "new-site" }, text("newSite"));
  return { node: el("form", { class: "field", onsubmit, novalidate: true }, label, line, hint), input, say };
}
