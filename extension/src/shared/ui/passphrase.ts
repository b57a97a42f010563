/** A field for a passphrase, with its button to show it and its hint, whose place an error takes. */

import { text } from "../browser.ts";
import { el, icon, iconButton } from "./dom.ts";
import type { Attributes } from "./dom.ts";

export interface PassphraseField {
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;
  /** Shows an error in the hint's place, or the hint again. */
  readonly say: (error: string | null) => void;
}

export function passphraseField(
  id: string,
  label: string,
  hint: string,
  autocomplete: "current-password" | "new-password",
): PassphraseField {
  const hintId = `${id}-hint`;
  const input = el("input", {
    id,
    type: "password",
    autocomplete,
    "aria-describedby": hintId,
    spellcheck: "false",
    autocapitalize: "off",
  });
  const show = iconButton(
    "reveal",
    text("showPassphrase"),
    () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      show.setAttribute("aria-pressed", String(shown));
      show.replaceChildren(icon(shown ? "hide" : "reveal"));
      input.focus();
    },
    { "aria-pressed": "false" },
  );
  // A page of ours that makes room for another one: Firefox offers to save what still stands in a password field.
  addEventListener("beforeunload", () => {
    input.value = "";
  });
  const box = el("div", { class: "input" }, input, show);
  const below = el("p", { class: "hint", id: hintId, "aria-live": "polite" }, hint);
  const say = (error: string | null) => {
    // Made anew each time: the same refusal again is seen, and read out, as a new one.
    box.classList.toggle("error", error !== null);
    below.classList.toggle("error", error !== null);
    input.setAttribute("aria-invalid", String(error !== null));
    if (error === null) below.replaceChildren(hint);
    else below.replaceChildren(icon("warning", "s"), el("span", {}, error));
  };
  return { node: el("div", { class: "field" }, el("label", { for: id }, label), box, below), input, say };
}

/**
 * Makes what a passphrase is given in: Enter in one of its fields, or its button of type `submit`, calls `submit`.
 *
 * It is no `<form>`. Firefox takes the password out of every form that is submitted, before the page hears of it, and
 * offers to save it; `autocomplete` does not keep it from that. Fields outside of forms it reads when the page is left.
 * The key that it shows in the address bar while somebody types a password stays: nothing in a page prevents that.
 */
export function passphraseForm(
  attributes: Attributes,
  submit: () => unknown,
  ...children: readonly Node[]
): HTMLElement {
  const node = el("div", attributes, ...children);
  const go = () => {
    const button = node.querySelector<HTMLButtonElement>("button[type=submit]");
    if (button?.getAttribute("aria-disabled") !== "true") submit();
  };
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    go();
  });
  node.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("button[type=submit]") !== null) go();
  });
  return node;
}

/** Progress appears only after this: a quick answer shows none. */
const progressAfterMs = 300;

/** Runs `work` with the button telling what is awaited and, if it takes longer, a bar below it. */
export async function withProgress(button: HTMLButtonElement, words: string, work: () => Promise<void>): Promise<void> {
  const name = button.textContent;
  button.setAttribute("aria-disabled", "true");
  const bar = el("div", { class: "progress", role: "progressbar", "aria-label": words }, el("i"));
  const timer = setTimeout(() => {
    button.textContent = words;
    button.after(bar);
  }, progressAfterMs);
  try {
    await work();
  } finally {
    clearTimeout(timer);
    bar.remove();
    button.textContent = name;
    button.removeAttribute("aria-disabled");
  }
}
