/** What comes after the ticks: the toolbar, the keys, the first login, the browser's own saving, the options. */

import { isOnToolbar, isFirefox, openShortcuts, text } from "../../shared/browser.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { keyList } from "../../shared/ui/keyList.ts";
import { ownSavingPart } from "../../shared/ui/ownSaving.ts";
import { commandField } from "../../shared/ui/problem.ts";
import type { State } from "../state.ts";

/** An item by its name and its site: with less the command would ask for more. */
const addCommand = "latchkey add --title Example --url https://example.com";

export function nextSteps(): { readonly node: HTMLElement; readonly update: (state: State) => void } {
  const pinned = el("span", { class: "chip accent", hidden: true }, icon("check"), text("pinned"));
  const showPinned = async () => {
    pinned.hidden = !(await isOnToolbar());
  };
  void showPinned();
  addEventListener("focus", () => void showPinned());
  const pin = isFirefox ? text("pinInFirefox") : text("pinInChromium");
  const change = el("button", { type: "button", class: "btn", onclick: openShortcuts }, text("changeKeys"));
  const login = step(text("firstLogin"), text("firstLoginBody"), null, commandField(text("orInTerminal"), addCommand));
  const heading = login.querySelector("h3");
  const update = ({ known }: State) => {
    const words = (known?.status?.items ?? 0) > 0 ? text("addLogin") : text("firstLogin");
    if (heading !== null && heading.textContent !== words) heading.textContent = words;
  };
  const node = el(
    "section",
    { "aria-labelledby": "next" },
    el("h2", { id: "next" }, text("next")),
    el(
      "div",
      { class: "card" },
      step(text("pin"), pin, pinned),
      step(text("keys"), text("keysAbout"), change, keyList()),
      login,
      ownSavingPart(),
      step(text("options"), text("optionsBody"), el("a", { class: "btn", href: "options.html" }, text("openOptions"))),
    ),
  );
  return { node, update };
}

function step(title: string, body: string, control: Node | null, below: Node | null = null): HTMLElement {
  return el(
    "div",
    { class: "setting" },
    el("h3", {}, title),
    el("p", { class: "small muted" }, body),
    control !== null && el("div", { class: "control" }, control),
    below !== null && el("div", { class: "below" }, below),
  );
}
