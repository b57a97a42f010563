/** The fields of the form: a label above, what can be done inside, a hint or an error below. */

import { text } from "../../shared/browser.ts";
import { el, icon, iconButton } from "../../shared/ui/dom.ts";
import type { Attributes } from "../../shared/ui/dom.ts";

export interface InputField {
  readonly node: HTMLElement;
  readonly input: HTMLInputElement | HTMLTextAreaElement;
  /** Shows an error in the hint's place, or the hint again. */
  readonly say: (error: string | null) => void;
  /** Shows another hint. */
  readonly hint: (words: string) => void;
}

/** Makes a field around an input. `inside` comes after the input, in its frame. */
export function fieldAround(
  input: HTMLInputElement | HTMLTextAreaElement,
  label: string,
  hint: string,
  ...inside: readonly Node[]
): InputField {
  const below = el("p", { class: "hint", id: `${input.id}-hint`, "aria-live": "polite" }, hint);
  input.setAttribute("aria-describedby", below.id);
  const box = input instanceof HTMLTextAreaElement ? input : el("div", { class: "input" }, input, ...inside);
  let words = hint;
  const show = (error: string | null) => {
    box.classList.toggle("error", error !== null);
    below.classList.toggle("error", error !== null);
    input.setAttribute("aria-invalid", String(error !== null));
    below.hidden = error === null && words === "";
    if (error === null) below.replaceChildren(words);
    else below.replaceChildren(icon("warning", "s"), el("span", {}, error));
  };
  show(null);
  return {
    node: el("div", { class: "field" }, el("label", { for: input.id }, label), box, below),
    input,
    say: show,
    hint: (next) => {
      words = next;
      show(null);
    },
  };
}

/** Makes an input of one line. */
export function lineInput(id: string, value: string, more: Attributes = {}): HTMLInputElement {
  const input = el("input", {
    id,
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    autocapitalize: "off",
    ...more,
  });
  input.value = value;
  return input;
}

/** An input for a secret. */
export interface SecretInput {
  readonly field: InputField;
  /** What stands there; null if nobody touched what the item has. */
  readonly value: () => string | null;
  readonly set: (value: string, shown: boolean) => void;
  /** Hides what is shown. */
  readonly hide: () => void;
}

const dots = "••••••••••••";

/**
 * Makes an input for a secret.
 * @param value What stands there; null if the item has one that stays as it is until somebody shows it or types.
 * @param load Asks for the item's secret, to be shown; null if it cannot be had.
 */
export function secretInput(
  id: string,
  label: string,
  value: string | null,
  load: () => Promise<string | null>,
  ...inside: readonly Node[]
): SecretInput {
  // Empty, and not loaded: the item's secret stays. Empty after it was loaded: it is to be taken away.
  let untouched = value === null;
  const input = lineInput(id, value ?? "", {
    type: "password",
    // Not "new-password": the browser's own offer would lie over ours.
    autocomplete: "off",
    placeholder: untouched ? dots : "",
    class: "mono",
  });
  const show = (shown: boolean) => {
    input.type = shown ? "text" : "password";
    reveal.setAttribute("aria-pressed", String(shown));
    reveal.replaceChildren(icon(shown ? "hide" : "reveal"));
  };
  const reveal = iconButton(
    "reveal",
    text("revealField", label),
    async () => {
      if (input.type === "text") return show(false);
      if (untouched && input.value === "") {
        const found = await load();
        if (found === null) return;
        set(found, true);
      } else show(true);
    },
    { "aria-pressed": "false", "data-reveals": true },
  );
  const set = (next: string, shown: boolean) => {
    untouched = false;
    input.placeholder = "";
    input.value = next;
    show(shown);
  };
  const field = fieldAround(input, label, "", reveal, ...inside);
  return {
    field,
    value: () => (untouched && input.value === "" ? null : input.value),
    set,
    hide: () => show(false),
  };
}
