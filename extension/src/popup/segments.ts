/** One of a few, side by side: arrows and Space choose. */

import { el } from "../shared/ui/dom.ts";

export function segments<T extends string>(
  label: string,
  options: readonly { readonly value: T; readonly label: string }[],
  chosen: T,
  choose: (value: T) => void,
): HTMLElement {
  const buttons = options.map(({ value, label: words }) =>
    el(
      "button",
      {
        type: "button",
        "aria-pressed": String(value === chosen),
        tabindex: value === chosen ? 0 : -1,
        onclick: () => take(options.findIndex((option) => option.value === value)),
      },
      words,
    ),
  );
  const take = (index: number) => {
    const option = options[index];
    if (option === undefined) return;
    for (const [at, button] of buttons.entries()) {
      button.setAttribute("aria-pressed", String(at === index));
      button.tabIndex = at === index ? 0 : -1;
    }
    buttons[index]?.focus();
    choose(option.value);
  };
  return el(
    "div",
    {
      class: "seg",
      role: "group",
      "aria-label": label,
      onkeydown: (event: KeyboardEvent) => {
        const forwards = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
        take((now + (event.key === forwards ? 1 : buttons.length - 1)) % buttons.length);
        event.preventDefault();
      },
    },
    ...buttons,
  );
}
