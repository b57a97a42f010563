/** The sites that are never filled by themselves: the list, one more, and each away again. */

import { text } from "../../shared/browser.ts";
import { el, iconButton } from "../../shared/ui/dom.ts";
import { sentencesFor } from "../../shared/ui/failure.ts";
import { textField } from "../../shared/ui/textField.ts";
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
  const add = el("button", { type: "submit", class: "btn tall" }, text("addHostname"));
  const field = textField("new-site", text("newSite"), text("newSiteHint"), { inputmode: "url" }, [add]);
  const { input, say } = field;
  const onsubmit = async (event: Event) => {
    event.preventDefault();
    const hostname = hostnameFrom(input.value);
    say(hostname === null ? text("noHostname") : null);
    if (hostname !== null && (await actions.neverFill(hostname, true))) input.value = "";
    input.focus();
  };
  return { node: el("form", { onsubmit, novalidate: true }, field.node), input, say };
}
