/** A switch of this browser: its name, what it does, what it is at first. */

import { text } from "../../shared/browser.ts";
import { isOn, turn, whenTurned } from "../../shared/switches.ts";
import type { SwitchName } from "../../shared/switches.ts";
import { el } from "../../shared/ui/dom.ts";
import type { Part } from "./view.ts";

export function switchPart(name: SwitchName, title: string, about: string): Part {
  const button = el("button", {
    type: "button",
    class: "switch",
    "aria-pressed": "true",
    "aria-labelledby": `${name}-name`,
    "aria-describedby": `${name}-about`,
    onclick: () => void turn(name, button.getAttribute("aria-pressed") !== "true"),
  });
  const reset = el(
    "button",
    {
      type: "button",
      class: "link",
      hidden: true,
      "aria-label": text("resetSetting", title),
      onclick: () => {
        void turn(name, true);
        button.focus();
      },
    },
    text("reset"),
  );
  const show = (on: boolean) => {
    button.setAttribute("aria-pressed", String(on));
    reset.hidden = on;
  };
  whenTurned(name, show);
  void isOn(name).then(show);
  const initial = el("span", { class: "faint" }, text("atFirst", text("on")), " ", reset);
  const node = el(
    "div",
    { class: "setting", id: `setting-${name}` },
    el("h3", { id: `${name}-name` }, title),
    el("p", { class: "small muted", id: `${name}-about` }, `${about} `, initial),
    el("div", { class: "control" }, button),
  );
  return { node, update: () => {} };
}
