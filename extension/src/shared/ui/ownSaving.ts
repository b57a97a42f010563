/** Whether the browser offers to save passwords itself, beside us: a switch for the options and the first steps. */

import { browser, text } from "../browser.ts";
import { el } from "./dom.ts";

export function ownSavingPart(): HTMLElement {
  const setting = browser.privacy.services.passwordSavingEnabled;
  const button = el("button", {
    type: "button",
    class: "switch",
    "aria-pressed": "true",
    "aria-labelledby": "own-saving-name",
    "aria-describedby": "own-saving-about",
    onclick: () => void turn(),
  });
  const fixed = el("p", { class: "small muted below", hidden: true }, text("ownSavingFixed"));
  let asked = 0;
  const show = async () => {
    const mine = ++asked;
    const { value, levelOfControl } = await setting.get({});
    // An answer that a later one has overtaken says how it was.
    if (mine !== asked) return;
    const isOurs = /^controll(ed|able)_by_this_extension$/.test(levelOfControl);
    button.setAttribute("aria-pressed", String(value));
    button.disabled = !isOurs;
    fixed.hidden = isOurs;
  };
  const turn = async () => {
    const wanted = button.getAttribute("aria-pressed") !== "true";
    // What the browser does without us may be what is wanted: then nothing of ours stays in it.
    await setting.clear({});
    if ((await setting.get({})).value !== wanted) await setting.set({ value: wanted });
    await show();
  };
  setting.onChange.addListener(() => void show());
  void show();
  return el(
    "div",
    { class: "setting", id: "setting-own-saving" },
    el("h3", { id: "own-saving-name" }, text("ownSaving")),
    el("p", { class: "small muted", id: "own-saving-about" }, text("ownSavingAbout")),
    el("div", { class: "control" }, button),
    fixed,
  );
}
