/** The host cannot be reached: what happened, what it means for the vault, one fix, a command to copy. */

import { text } from "../browser.ts";
import type { Problem } from "../messages.ts";
import { el, icon, iconButton } from "./dom.ts";

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

/** Makes the panel for a problem; `fix` is the button to focus. */
export function problemPanel(
  problem: Problem,
  retry: () => void,
): { readonly node: HTMLElement; readonly fix: HTMLButtonElement } {
  const fix = el("button", { type: "button", class: "btn primary tall", onclick: retry }, text("tryAgain"));
  const node = el(
    "div",
    { class: broke.includes(problem) ? "centre upper problem danger" : "centre upper problem" },
    icon("warning", "l"),
    el("h1", { tabindex: -1 }, text(`problem_${problem}_title`)),
    el("p", { class: "muted" }, text(`problem_${problem}_body`)),
    el("div", { class: "actions" }, fix),
    commandField(text(`problem_${problem}_command`), commands[problem]),
  );
  return { node, fix };
}

/** Makes a command for a terminal, with a button that copies it. */
export function commandField(label: string, command: string): HTMLElement {
  const copied = el("span", { class: "sr", role: "status" });
  const copy = () => {
    void navigator.clipboard.writeText(command);
    copied.textContent = text("commandCopied");
  };
  return el(
    "div",
    { class: "field" },
    el("span", { class: "label" }, label),
    el("div", { class: "cmd" }, el("code", {}, command), iconButton("copy", text("copyCommand"), copy)),
    copied,
  );
}
