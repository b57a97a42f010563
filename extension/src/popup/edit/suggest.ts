/** Suggestions below an input: arrows choose, Enter or a click takes one, Esc closes. What is typed always counts. */

import { el } from "../../shared/ui/dom.ts";

const mostShown = 6;

/**
 * Returns the suggestions for what is typed: those that contain it, those that begin with it first.
 * @param taken Words that stand there already.
 */
export function suggestionsFor(all: readonly string[], typed: string, taken: readonly string[]): readonly string[] {
  const query = typed.trim().toLocaleLowerCase();
  const found = all.filter(
    (each) => each.toLocaleLowerCase().includes(query) && each.toLocaleLowerCase() !== query && !taken.includes(each),
  );
  const starts = (each: string) => (each.toLocaleLowerCase().startsWith(query) ? 0 : 1);
  return found.toSorted((one, other) => starts(one) - starts(other)).slice(0, mostShown);
}

export interface Suggestions {
  readonly node: HTMLElement;
  /** Says what is suggested from now on: somebody may be typing already. */
  readonly offer: (words: readonly string[]) => void;
}

/**
 * Gives an input suggestions.
 * @param several Words with commas between them stand in the input, and the last one is being typed.
 */
export function suggest(input: HTMLInputElement, several: boolean): Suggestions {
  let all: readonly string[] = [];
  const list = el("div", { class: "menu suggestions", role: "listbox", id: `${input.id}-list`, hidden: true });
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ] as const) {
    input.setAttribute(name, value);
  }
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  let chosen = -1;
  const parts = (): readonly [before: string, last: string] => {
    const at = several ? input.value.lastIndexOf(",") + 1 : 0;
    return [input.value.slice(0, at), input.value.slice(at)];
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (word: string) => {
    const [before] = parts();
    input.value = before === "" ? word : `${before} ${word}`;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };
  const choose = (index: number) => {
    chosen = index;
    for (const [at, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(at === index));
    if (index >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${index}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const open = () => {
    const [before, last] = parts();
    const found = suggestionsFor(
      all,
      last,
      before.split(",").map((word) => word.trim()),
    );
    list.replaceChildren(
      ...found.map((word, index) =>
        el(
          "div",
          {
            role: "option",
            id: `${list.id}-${index}`,
            "aria-selected": "false",
            // The input keeps the focus.
            onmousedown: (event: MouseEvent) => {
              event.preventDefault();
              take(word);
            },
          },
          el("span", { class: "cut", title: word }, word),
        ),
      ),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    choose(-1);
  };
  const offer = (words: readonly string[]) => {
    all = words;
    if (document.activeElement === input && parts()[1].trim() !== "") open();
  };
  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (list.hidden && event.key === "ArrowDown") open();
    const count = list.children.length;
    if (count === 0 || list.hidden) return;
    if (event.key === "ArrowDown") choose((chosen + 1) % count);
    else if (event.key === "ArrowUp") choose((chosen + count - (chosen < 0 ? 0 : 1)) % count);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]?.textContent ?? "");
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { node: list, offer };
}
