/** Whether an icon is shown in login fields. */

import { text } from "../../shared/browser.ts";
import { chooseIcon, isIconChosen } from "../../shared/fieldIcon.ts";
import { el } from "../../shared/ui/dom.ts";
import type { Part } from "./view.ts";

export function fieldIconPart(): Part {
  const button = el("button", {
    type: "button",
    class: "switch",
    "aria-pressed": "true",
    "aria-labelledby": "field-icon-name",
    "aria-describedby": "field-icon-about",
    onclick: () => choose(button.getAttribute("aria-pressed") !== "true"),
  });
  const reset = el(
    "button",
    { type: "button", class: "link", "aria-label": text("resetSetting", text("fieldIcon")) },
    text("reset"),
  );
  const show = (on: boolean) => {
    button.setAttribute("aria-pressed", String(on));
    reset.hidden = on;
  };
  const choose = (on: boolean) => {
    show(on);
    void chooseIcon(on);
  };
  reset.addEventListener("click", () => {
    choose(true);
    button.focus();
  });
  void isIconChosen().then(show);
  const node = el(
    "div",
    { class: "setting", id: "setting-field-icon" },
    el("h3", { id: "field-icon-name" }, text("fieldIcon")),
    el(
      "p",
      { class: "small muted", id: "field-icon-about" },
      `${text("fieldIconAbout")} `,
      el("span", { class: "faint" }, text("atFirst", text("on")), " ", reset),
    ),
    el("div", { class: "control" }, button),
  );
  return { node, update: () => {} };
}
