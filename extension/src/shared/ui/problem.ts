/** Shows the face of a failure: what happened, what it means, one button that mends it, a command to copy. */

import { text } from "../browser.ts";
import { el, icon, iconButton } from "./dom.ts";
import { problemFace } from "./faces.ts";
import type { Face } from "./faces.ts";

export interface Panel {
  readonly node: HTMLElement;
  /** The button that mends it. */
  readonly fix: HTMLElement;
}

/** Makes the panel for a face, filling a view of its own. */
export function problemPanel(face: Face, retry: () => void): Panel {
  const node = el("div", { class: face.broke ? "centre upper problem danger" : "centre upper problem" });
  const { nodes, fix } = problemParts(face, retry, (other) =>
    node.replaceChildren(...problemPanel(other, retry).node.childNodes),
  );
  node.append(icon("warning", "l"), el("h1", { tabindex: -1 }, face.title), ...nodes);
  return { node, fix };
}

/** Makes what stands below the title. `replace` is called with another face that the person says it is. */
export function problemParts(
  face: Face,
  retry: () => void,
  replace: (face: Face) => void,
): { readonly nodes: readonly Node[]; readonly fix: HTMLElement } {
  const fix =
    face.button === "tryAgain"
      ? el("button", { type: "button", class: "btn primary tall", onclick: retry }, text("tryAgain"))
      : el("a", { class: "btn primary tall", href: "firstRun.html#vault", target: "_blank" }, text("chooseFile"));
  const nodes = [
    el("p", { class: "muted" }, face.body),
    ...(face.hint === null ? [] : [el("p", { class: "small muted long" }, face.hint)]),
    el("div", { class: "actions" }, fix, face.name === "notInstalled" && sandboxButton(replace)),
    commandField(face.label, face.command),
  ];
  return { nodes, fix };
}

/** Nobody but the person can tell a browser in a sandbox from a missing program. */
function sandboxButton(replace: (face: Face) => void): HTMLElement {
  const onclick = () => replace(problemFace("sandboxed"));
  return el("button", { type: "button", class: "btn quiet tall", onclick }, text("fromFlatpak"));
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
