/** Light or dark by the person's choice, or as the system says. The choice is no secret: it lies in extension storage. */

import { browser } from "../browser.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const name = "theme";

/** Returns the person's choice. What was never chosen, or spoilt, is the system's. */
export async function chosenTheme(): Promise<Theme> {
  return themeFrom((await browser.storage.local.get(name))[name]);
}

/** Keeps a choice; every open page of ours follows. */
export async function chooseTheme(theme: Theme): Promise<void> {
  await browser.storage.local.set({ [name]: theme });
}

/** Shows this page as chosen, now and at every change. */
export function followTheme(): void {
  const show = (theme: Theme) => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  };
  void chosenTheme().then(show);
  browser.storage.local.onChanged.addListener((changes) => {
    if (name in changes) show(themeFrom(changes[name]?.newValue));
  });
}

function themeFrom(value: unknown): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}
