/** The browsers that gave the vault's passphrase once and so may see it; each can be forgotten. */

import { text } from "../../shared/browser.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { sentencesFor } from "../../shared/ui/failure.ts";
import type { Profile } from "../../shared/pageMessages.ts";
import type { State } from "../state.ts";
import type { Actions, Part } from "./view.ts";

const names: Readonly<Record<string, string>> = { chromium: "Chromium", firefox: "Firefox" };

export function browsersPart(actions: Actions): Part {
  const node = el("div", { class: "contents" });
  let shown: readonly unknown[] = [];
  const update = ({ known, forgetting, profilesFailure }: State) => {
    const profiles = known?.choices?.profiles ?? [];
    const now = [profiles, forgetting, profilesFailure];
    if (now.every((each, index) => each === shown[index])) return;
    const hadFocus = node.contains(document.activeElement);
    shown = now;
    node.replaceChildren(...profiles.map((profile) => browserLine(profile, forgetting === profile.id, actions)));
    if (profilesFailure !== null) {
      const words = sentencesFor(profilesFailure, text("yourVault"));
      const banner = el("div", { class: "banner danger box grow", role: "alert" }, icon("warning"), words);
      node.append(el("div", { class: "setting" }, el("div", { class: "below h" }, banner)));
    }
    if (hadFocus) node.querySelector<HTMLElement>("[data-safe], button")?.focus();
  };
  return { node, update };
}

function browserLine(profile: Profile, asks: boolean, actions: Actions): HTMLElement {
  const { id, current } = profile;
  const name = names[profile.browser] ?? profile.browser;
  const when = new Date(profile.addedAt).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  const title = el("h3", {}, name, " ", current && el("span", { class: "chip accent" }, text("thisOne")));
  const forget = el(
    "button",
    { type: "button", class: "btn", "aria-label": text("forgetBrowser", name), onclick: () => actions.askToForget(id) },
    text("forget"),
  );
  const line = el("div", { class: "setting" }, title, el("p", { class: "small muted" }, text("browserSince", when)));
  if (!asks) return (line.append(el("div", { class: "control" }, forget)), line);
  const buttons = el(
    "div",
    { class: "actions" },
    el(
      "button",
      { type: "button", class: "btn", "data-safe": true, onclick: () => actions.askToForget(null) },
      text("keepIt"),
    ),
    el(
      "button",
      { type: "button", class: "btn danger", onclick: () => void actions.forget(id) },
      text("forgetBrowser", name),
    ),
  );
  const words = current ? text("forgetThisBody") : text("forgetBody");
  line.append(el("div", { class: "below flow-s", role: "group", "aria-label": words }, el("p", {}, words), buttons));
  return line;
}
