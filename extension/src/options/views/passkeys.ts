/** Whether pages are offered passkeys from the vault. */

import { text } from "../../shared/browser.ts";
import { passkeysOn, turnPasskeys, whenPasskeysTurned } from "../../shared/passkeySwitch.ts";
import { el } from "../../shared/ui/dom.ts";
import type { Part } from "./view.ts";

export function passkeysPart(): Part {
  const button = el("button", {
    type: "button",
    class: "switch",
    "aria-pressed": "true",
    "aria-labelledby": "passkeys-name",
    "aria-describedby": "passkeys-about",
    onclick: () => void turnPasskeys(button.getAttribute("aria-pressed") !== "true"),
  });
  const show = (on: boolean) => button.setAttribute("aria-pressed", String(on));
  whenPasskeysTurned(show);
  void passkeysOn().then(show);
  const node = el(
    "div",
    { class: "setting", id: "setting-passkeys" },
    el("h3", { id: "passkeys-name" }, text("passkeys")),
    el("p", { class: "small muted", id: "passkeys-about" }, text("passkeysAbout")),
    el("div", { class: "control" }, button),
  );
  return { node, update: () => {} };
}
