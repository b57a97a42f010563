/** A dialog with a few fields: Esc and Cancel close it, the focus returns to what opened it. */

import { text } from "../shared/browser.ts";
import { el, icon } from "../shared/ui/dom.ts";

/**
 * Opens a dialog.
 * @param submit Called by its button and by Enter; returns false to keep it open.
 */
export function openDialog(
  title: string,
  label: string,
  parts: readonly Node[],
  submit: () => boolean | Promise<boolean>,
): HTMLDialogElement {
  const opener = document.activeElement;
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
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "dialog-title" }, form);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (opener instanceof HTMLElement) opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Makes a labelled field of a dialog. */
export function field(id: string, label: string, input: HTMLElement, hint?: string): HTMLElement {
  input.id = id;
  const box =
    input.localName === "select"
      ? el("span", { class: "select-box" }, input, icon("down"))
      : el("div", { class: "input" }, input);
  return el(
    "div",
    { class: "field" },
    el("label", { for: id }, label),
    box,
    hint === undefined ? null : el("p", { class: "hint" }, hint),
  );
}
