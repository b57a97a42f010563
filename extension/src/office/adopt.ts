/** Items that nobody manages any more: an owner gives each to somebody who can read it. */

import { text } from "../shared/browser.ts";
import type { Orphan } from "../shared/leaverProtocol.ts";
import { el, icon } from "../shared/ui/dom.ts";

/**
 * Returns the heading and the lines; nothing if every item has a manager.
 * @param mayGive Whether the person is an owner: nobody else may.
 */
export function adoptSection(
  orphans: readonly Orphan[],
  mayGive: boolean,
  give: (item: string, principal: string, name: string) => unknown,
): readonly HTMLElement[] {
  if (orphans.length === 0) return [];
  return [
    el("h2", { class: "group-h" }, text("adoptTitle")),
    el("p", { class: "about muted" }, mayGive ? text("adoptBody") : text("adoptAskOwner")),
    ...orphans.map((orphan) => line(orphan, mayGive, give)),
  ];
}

function line({ item, title, heirs }: Orphan, mayGive: boolean, give: Parameters<typeof adoptSection>[2]): HTMLElement {
  const select = el(
    "select",
    { "aria-label": text("adoptTo", title), "data-key": `heir-${item}` },
    ...heirs.map(({ principal, name, right }) =>
      el("option", { value: principal }, `${name}, ${text(`right_${right}`)}`),
    ),
  );
  const go = el(
    "button",
    { type: "button", class: "btn sm", "data-key": `adopt-${item}`, onclick: () => give(item, select.value, title) },
    text("adoptGive"),
  );
  return el(
    "div",
    { class: "h adopt" },
    el("span", { class: "strong grow" }, title),
    ...(mayGive && heirs.length > 0 ? [el("span", { class: "select-box" }, select, icon("down")), go] : []),
  );
}
