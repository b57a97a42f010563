/** One setting of the vault: its name, what it does, what it is at first, its control, and what went wrong with it. */

import { text } from "../../shared/browser.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { choicesWith } from "../settings.ts";
import type { Setting, SettingValue } from "../settings.ts";
import { valueOf } from "../state.ts";
import type { State } from "../state.ts";
import { segments } from "../../shared/ui/segments.ts";
import { troublePart } from "./trouble.ts";
import { wordsOf } from "./words.ts";
import type { Actions, Part } from "./view.ts";

/** A control shows a value and tells when the person chose another one. */
interface Control {
  readonly node: HTMLElement;
  readonly show: (value: SettingValue) => void;
}

export function settingPart(setting: Setting, actions: Actions): Part {
  const { name, initial } = setting;
  const heading = el("h3", { id: `${name}-name` }, text(`setting_${name}`));
  const reset = el(
    "button",
    { type: "button", class: "link", "aria-label": text("resetSetting", text(`setting_${name}`)) },
    text("reset"),
  );
  const control = controlFor(setting, (value) => actions.choose(name, value));
  // A button that goes away leaves the focus with its setting.
  const focus = () => control.node.querySelector<HTMLElement>("select, button:not([tabindex='-1'])")?.focus();
  reset.addEventListener("click", () => {
    actions.choose(name, initial);
    focus();
  });
  const about = el(
    "p",
    { class: "small muted", id: `${name}-about` },
    `${text(`setting_${name}_about`)} `,
    el("span", { class: "faint" }, text("atFirst", wordsOf(setting, initial)), " ", reset),
  );
  const trouble = troublePart(setting, actions, focus);
  const update = (state: State) => {
    const value = valueOf(state, name);
    if (value === null) return;
    control.show(value);
    reset.hidden = value === initial;
    trouble.show(state.edits[name] ?? null);
  };
  const node = el("div", { class: "setting", id: `setting-${name}` }, heading, about, control.node, trouble.node);
  return { node, update };
}

function controlFor(setting: Setting, choose: (value: SettingValue) => void): Control {
  const labels = { "aria-labelledby": `${setting.name}-name`, "aria-describedby": `${setting.name}-about` };
  if (setting.control === "switch") return switchControl(labels, choose);
  if (setting.control === "list") return listControl(setting, labels, choose);
  const shown = segments(
    labels,
    setting.choices.map((value) => [value, wordsOf(setting, value)] as const),
    choose,
  );
  return { node: el("div", { class: "control" }, shown.node), show: shown.show };
}

function switchControl(labels: Readonly<Record<string, string>>, choose: (value: SettingValue) => void): Control {
  const button = el("button", { type: "button", class: "switch", "aria-pressed": "false", ...labels });
  button.addEventListener("click", () => choose(button.getAttribute("aria-pressed") !== "true"));
  const show = (value: SettingValue) => button.setAttribute("aria-pressed", String(value));
  return { node: el("div", { class: "control" }, button), show };
}

function listControl(
  setting: Setting,
  labels: Readonly<Record<string, string>>,
  choose: (value: SettingValue) => void,
): Control {
  let choices: readonly SettingValue[] = [];
  const list = el("select", { ...labels, onchange: () => choose(choices[list.selectedIndex] ?? setting.initial) });
  const show = (value: SettingValue) => {
    const now = choicesWith(setting, value);
    if (now.length !== choices.length || now.some((each, index) => each !== choices[index])) {
      choices = now;
      list.replaceChildren(...now.map((each) => el("option", {}, wordsOf(setting, each))));
    }
    list.selectedIndex = choices.indexOf(value);
  };
  return { node: el("div", { class: "control select-box" }, list, icon("down", "s")), show };
}
