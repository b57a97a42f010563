/** Five bars for how hard a secret is to guess. The words beside them say it; the bars are for the eye. */

import { el } from "../shared/ui/dom.ts";

const bars = 5;
const bitsABar = 20;

/** Makes the bars. */
export function meter(): { readonly node: HTMLElement; readonly show: (bits: number) => void } {
  const all = Array.from({ length: bars }, () => el("i"));
  const node = el("div", { class: "meter", "aria-hidden": "true" }, ...all);
  const show = (bits: number) => {
    const on = Math.min(bars, Math.max(1, Math.floor(bits / bitsABar)));
    for (const [index, bar] of all.entries()) bar.classList.toggle("on", index < on);
  };
  return { node, show };
}
