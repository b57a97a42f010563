/**
 * Writes a one-time code into the field or the boxes of one form, as a person would: key by key, and by pasting where the page takes
 * nothing else. Never submits, and touches no field that is not of the form.
 */

import { asThePageHas } from "../shared/browser.ts";
import type { FillResult, PageReason } from "../shared/contentMessages.ts";
import { partsOf } from "./codeParts.ts";
import type { DetectedForm } from "./detect/index.ts";
import { objectionTo } from "./target.ts";
import { isWritable, setValue } from "./write.ts";

/** Pages that draw their fields anew after each event have done so by then. */
const settledAfterMs = 50;

/** A field and the part of the code that goes into it. */
interface Part {
  readonly field: HTMLInputElement;
  readonly value: string;
}

/**
 * Writes the code into the form.
 * @param origin That the code was released for.
 * @returns that it was written, or the reason why it was not, or not taken.
 */
export async function writeCode(form: DetectedForm, code: string, origin: string): Promise<FillResult> {
  const parts = partsOf(form.fillable.oneTimeCode, code);
  if (parts === null) return refused("codeLength");
  const objection = objectionTo(form.form, origin);
  if (objection !== null) return refused(objection);
  if (!parts.every(({ field }) => isOpen(field, form))) return refused("hidden");

  for (const part of parts) {
    // The page's own handlers ran in between: some share out what they were given first.
    if (parts.every(holds)) break;
    if (!isOpen(part.field, form)) return refused("changed");
    typeInto(part);
  }
  await settled();
  if (isTaken(parts)) return { filled: ["code"] };
  const [first] = parts;
  if (first === undefined || !parts.every(({ field }) => isOpen(field, form))) return refused("changed");
  paste(first.field, code);
  await settled();
  return isTaken(parts) ? { filled: ["code"] } : refused("codeRefused");
}

/** Whether a field is still what it was found as: writable, and of this form. */
function isOpen(field: HTMLInputElement, { form }: DetectedForm): boolean {
  return field.form === form && isWritable(field);
}

function holds({ field, value }: Part): boolean {
  return field.value === value;
}

/** Whether the whole code stands there, or the page has gone on with it. */
function isTaken(parts: readonly Part[]): boolean {
  return parts.every((part) => !part.field.isConnected || holds(part));
}

function typeInto({ field, value }: Part): void {
  field.focus({ preventScroll: true });
  const single = value.length === 1;
  // Boxes look at the key; a field for the whole code gets none that a page could take for a shortcut.
  const key = single ? { key: value, code: /[0-9]/.test(value) ? `Digit${value}` : "" } : { key: "Unidentified" };
  const text = {
    bubbles: true,
    composed: true,
    inputType: single ? "insertText" : "insertReplacementText",
    data: value,
  };
  const may =
    field.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, composed: true, cancelable: true, ...key })) &&
    field.dispatchEvent(new InputEvent("beforeinput", { cancelable: true, ...text }));
  // A page that writes the character itself, or forbids it, has said so.
  if (may) {
    setValue?.call(field, value);
    field.dispatchEvent(new InputEvent("input", text));
  }
  field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, composed: true, ...key }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function paste(field: HTMLInputElement, code: string): void {
  const init = { bubbles: true, composed: true, cancelable: true, clipboardData: new DataTransfer() };
  const event = new ClipboardEvent("paste", init);
  // The event's own: it need not be the one that it was made with.
  if (event.clipboardData !== null) asThePageHas(event.clipboardData).setData("text/plain", code);
  field.focus({ preventScroll: true });
  field.dispatchEvent(event);
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, settledAfterMs));
}

function refused(reason: PageReason): FillResult {
  return { filled: [], refused: reason };
}
