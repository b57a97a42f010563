/** How Latchkey looks: colours. */

import { text } from "../../shared/browser.ts";
import { el } from "../../shared/ui/dom.ts";
import { chosenTheme, themes } from "../../shared/ui/theme.ts";
import type { Theme } from "../../shared/ui/theme.ts";
import { segments } from "../../shared/ui/segments.ts";
import type { Actions, Part } from "./view.ts";

export function lookPart(actions: Actions): Part {
  const labels = { "aria-labelledby": "theme-name", "aria-describedby": "theme-about" };
  const reset = el(
    "button",
    { type: "button", class: "link", "aria-label": text("resetSetting", text("theme")) },
    text("reset"),
  );
  const show = (theme: Theme) => {
    shown.show(theme);
    reset.hidden = theme === "system";
  };
  const choose = (theme: Theme) => {
    actions.chooseTheme(theme);
    show(theme);
  };
  const choices = themes.map((theme) => [theme, text(`theme_${theme}`)] as const);
  const shown = segments<Theme>(labels, choices, choose);
  reset.addEventListener("click", () => {
    choose("system");
    shown.node.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  });
  const node = el(
    "div",
    { class: "setting", id: "setting-theme" },
    el("h3", { id: "theme-name" }, text("theme")),
    el(
      "p",
      { class: "small muted", id: "theme-about" },
      `${text("themeAbout")} `,
      el("span", { class: "faint" }, text("atFirst", text("theme_system")), " ", reset),
    ),
    el("div", { class: "control" }, shown.node),
  );
  void chosenTheme().then(show);
  return { node, update: () => {} };
}
