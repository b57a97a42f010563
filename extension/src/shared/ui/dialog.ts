/** Dialogs: Esc and Cancel close them, the focus returns to what opened them. */

import { text } from "../browser.ts";
import { el, icon } from "./dom.ts";

/**
 * Shows a dialog.
 * @param name The id of its heading.
 * @param about The id of what describes it; null if nothing does.
 * @param closed Called when it is closed, in whatever way.
 */
export function showDialog(
  name: string,
  about: string | null,
  content: HTMLElement,
  closed: () => void = () => {},
): HTMLDialogElement {
  const opener = document.activeElement;
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": name, "aria-describedby": about }, content);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (opener instanceof HTMLElement) opener.focus();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Asks with a few fields.
 * @param submit Called by its button and by Enter; returns false to keep it open.
 */
export function openDialog(
  title: string,
  label: string,
  parts: readonly Node[],
  submit: () => boolean | Promise<boolean>,
): void {
  const go = el("button", { type: "submit", class: "btn primary" }, label);
  const cancel = el("button", { type: "button", class: "btn quiet", onclick: () => dialog.close() }, text("cancel"));
  const onsubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await submit()) dialog.close();
  };
  const form = el(
    "form",
    { class: "flow", onsubmit },
    el("h2", { id: "dialog-title" }, title),
    ...parts,
    el("div", { class: "actions" }, cancel, go),
  );
  const dialog = showDialog("dialog-title", null, form);
}

/** Makes a labelled field of a dialog. */
export function field(id: string, label: string, input: HTMLElement, hint?: string): HTMLElement {
  input.id = id;
  const box =
    input.localName === "select"
      ? el("span", { class: "select-box" }, input, icon("down"))
      : input.localName === "textarea"
        ? input // has the frame itself, as it can be made larger
        : el("div", { class: "input" }, input);
  return el(
    "div",
    { class: "field" },
    el("label", { for: id }, label),
    box,
    hint === undefined ? null : el("p", { class: "hint" }, hint),
  );
}
