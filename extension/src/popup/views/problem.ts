/** The host cannot be reached: what happened, what it means for the vault, one fix, a command to copy. */

import { browser, text } from "../../shared/browser.ts";
import type { Problem } from "../../shared/messages.ts";
import { el, icon, iconButton } from "../dom.ts";
import type { Actions, Shown } from "./view.ts";

// "latchkey doctor" says more than the browser tells us in each case; "install" is the fix where doctor would say so.
const commands: Record<Problem, string> = {
  notInstalled: "latchkey install",
  forbidden: "latchkey install",
  cannotStart: "latchkey doctor",
  stopped: "latchkey doctor",
  badReply: "latchkey doctor",
  versions: "latchkey doctor",
  hostFailed: "latchkey doctor",
  libraryMissing: "sudo apt-get install libargon2-1 libsodium23",
};

// What broke by itself is a loss (red); what was never set up is a problem (rust).
const broke: readonly Problem[] = ["stopped", "badReply", "hostFailed"];

export function problemView(problem: Problem, actions: Actions): Shown {
  const command = commands[problem];
  const heading = el("h1", { tabindex: -1 }, text(`problem_${problem}_title`));
  const copied = el("span", { class: "sr", role: "status" });
  const copy = () => {
    actions.copyText(command);
    copied.textContent = text("commandCopied");
  };
  const fix = el(
    "button",
    { type: "button", class: "btn primary tall", onclick: () => void actions.retry() },
    text("tryAgain"),
  );
  const nodes = [
    el(
      "main",
      {},
      el(
        "div",
        { class: broke.includes(problem) ? "centre upper problem danger" : "centre upper problem" },
        icon("warning", "l"),
        heading,
        el("p", { class: "muted" }, text(`problem_${problem}_body`)),
        el("div", { class: "actions" }, fix),
        el(
          "div",
          { class: "field" },
          el("span", { class: "label" }, text(`problem_${problem}_command`)),
          el("div", { class: "cmd" }, el("code", {}, command), iconButton("copy", text("copyCommand"), copy)),
          copied,
        ),
      ),
    ),
    el(
      "footer",
      {},
      el("span", { class: "cut" }, text("extensionVersion", browser.runtime.getManifest().version)),
      el("span", { class: "end mono" }, problem),
    ),
  ];
  return { nodes, update: () => {}, focus: () => fix.focus() };
}
