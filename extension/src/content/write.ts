/** Writes values into the fields of one form, after the last checks, in a way that scripted pages notice. */

import type { DetectedForm } from "./detect/index.ts";
import type { FillOrder, FillResult, PageReason } from "../shared/contentMessages.ts";
import type { FillField } from "../shared/protocol.ts";
import { objectionTo } from "./target.ts";
import { isSeen } from "./visible.ts";

// The platform's own setter: a page that redefined `value` on its fields does not see the write.
export const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;

/** What is written, field by field, the user name first. */
interface Step {
  readonly name: FillField | "newPassword";
  readonly field: HTMLInputElement;
  readonly value: string;
}

/**
 * Writes what the order carries into the form. Never submits. Unless a person asked for just this, only empty fields
 * are written and the focus stays where it is.
 * @param newFields Take the new password that the order carries.
 * @returns what was written, or the reason why nothing was.
 */
export function write(form: DetectedForm, order: FillOrder, newFields: readonly HTMLInputElement[] = []): FillResult {
  const steps = stepsOf(form, order, newFields);
  if (steps.length === 0) return refused("noForm");
  const objection = objectionTo(form.form, order.origin);
  const reason = objection ?? steps.map((step) => reasonAgainst(step, order)).find((each) => each !== null);
  if (reason) return refused(reason);

  for (const step of steps) {
    // The page's own handlers ran in between: they may have swapped the next field's type, hidden it, or moved it elsewhere.
    if (step.field.form !== form.form) return refused("changed");
    const late = objectionTo(form.form, order.origin) ?? reasonAgainst(step, order);
    if (late !== null) return refused(late);
    type(step, order.cause === "person");
    if (!step.field.isConnected) return refused("changed");
  }
  return { filled: steps.map(({ name }) => name) };
}

function stepsOf(
  { fillable }: DetectedForm,
  order: FillOrder,
  newFields: readonly HTMLInputElement[],
): readonly Step[] {
  const steps: Step[] = [];
  const { username, currentPassword } = fillable;
  if (username !== null && order.username !== undefined) {
    steps.push({ name: "username", field: username, value: order.username });
  }
  if (currentPassword !== null && order.password !== undefined) {
    steps.push({ name: "password", field: currentPassword, value: order.password });
  }
  const { newPassword } = order;
  if (newPassword === undefined) return steps;
  return [...steps, ...newFields.map((field) => ({ name: "newPassword" as const, field, value: newPassword }))];
}

function reasonAgainst({ name, field, value }: Step, order: FillOrder): PageReason | null {
  if (name !== "username" && field.type !== "password") return "notPassword";
  if (!isWritable(field)) return "hidden";
  // A remembered user name may stand there; another one means another account.
  if (order.cause !== "person" && field.value !== "" && field.value !== value) return "occupied";
  return null;
}

/** Whether a person could write into the field now. */
export function isWritable(field: HTMLInputElement): boolean {
  return !field.disabled && !field.readOnly && isSeen(field);
}

function type({ field, value }: Step, withFocus: boolean): void {
  if (withFocus) field.focus({ preventScroll: true });
  // Pages that enable their button on a key get one; it names no key, so no page can take it for a shortcut.
  field.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, composed: true, key: "Unidentified" }));
  setValue?.call(field, value);
  const input = { bubbles: true, composed: true, inputType: "insertReplacementText", data: null };
  field.dispatchEvent(new InputEvent("input", input));
  field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, composed: true, key: "Unidentified" }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function refused(reason: PageReason): FillResult {
  return { filled: [], refused: reason };
}
