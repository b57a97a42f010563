/** The frame of a tick: its number or its check, its heading, a chip, a body. */

import { text } from "../../shared/browser.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import type { Tick } from "../state.ts";

export interface TickFrame {
  readonly node: HTMLElement;
  readonly body: HTMLElement;
  /** @param chip A fact about what is done, such as a version; empty for none. */
  readonly show: (tick: Tick, heading: string, chip: string) => void;
}

export function tickFrame(number: number): TickFrame {
  const sign = el("span", { class: "mark" });
  const heading = el("h2", {});
  const chip = el("span", { class: "chip accent" });
  const body = el("div", { class: "body flow-s" });
  const node = el("li", { class: "tick" }, sign, heading, chip, body);
  let shown: Tick | null = null;
  const show = (tick: Tick, words: string, fact: string) => {
    heading.textContent = words;
    chip.textContent = fact;
    chip.hidden = fact === "";
    if (tick === shown) return;
    shown = tick;
    node.className = tick === "done" ? "tick done" : tick === "later" ? "tick" : "tick now";
    if (tick === "done") sign.replaceChildren(icon("check"), el("span", { class: "sr" }, text("tickDone")));
    else sign.replaceChildren(String(number));
  };
  return { node, body, show };
}
