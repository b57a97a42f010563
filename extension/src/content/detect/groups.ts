/**
 * Puts the fields of one root into groups that may be a form: those of one `<form>`, or those without one that stand
 * close together. Reads structure only; what a group is for is decided in forms.ts.
 */
import { attribute, contains, parentElement, select } from "./dom.ts";

export interface FieldGroup {
  readonly form: HTMLFormElement | null;
  /** In document order, never empty. */
  readonly fields: readonly HTMLInputElement[];
}

/** Fields of one root that are looked at; what stands behind them is not a login form that a person would find. */
export const MaxFields = 300;

// In a page without forms, two fields further apart than this many levels of nesting belong to different forms.
const MaxLevelsApart = 8;

const notText = new Set("hidden checkbox radio submit button image file range color reset".split(" "));

/** The groups that may take a login, in document order; a root without inputs costs one native look-up. */
export function groupsOf(root: Document | ShadowRoot): readonly FieldGroup[] {
  const inputs = inputsOf(root);
  const groups: { form: HTMLFormElement | null; fields: HTMLInputElement[] }[] = [];
  const byForm = new Map<HTMLFormElement, HTMLInputElement[]>();
  let previous: HTMLInputElement | undefined;
  for (let index = 0, found = 0; index < inputs.length && found < MaxFields; index++) {
    const field = inputs[index] as HTMLInputElement;
    if (notText.has(field.type)) continue;
    found++;
    const form = field.form;
    const open = form === null ? openGroup(groups.at(-1), previous, field) : byForm.get(form);
    previous = field;
    if (open !== undefined) {
      open.push(field);
      continue;
    }
    const fields = [field];
    groups.push({ form, fields });
    if (form !== null) byForm.set(form, fields);
  }
  return groups.filter(mayBeLogin);
}

/** All inputs. The browser keeps a document's list by name; a selector would walk the page, 10 ms at 100,000 elements. */
function inputsOf(root: Document | ShadowRoot): ArrayLike<HTMLInputElement> {
  return root instanceof Document
    ? (Document.prototype.getElementsByTagName.call(root, "input") as HTMLCollectionOf<HTMLInputElement>)
    : select<HTMLInputElement>(root, "input");
}

// A form of more fields than this and no password is an application, a survey or a table.
const MaxFieldsWithoutPassword = 25;

/** Sorts out, before anything is read, what cannot take a login: search boxes, and tables of many inputs. */
function mayBeLogin({ form, fields }: FieldGroup): boolean {
  if (fields.some(({ type }) => type === "password")) return true;
  if (fields.length > MaxFieldsWithoutPassword || fields.every(({ type }) => type === "search")) return false;
  return form === null || attribute(form, "role", 10) !== "search";
}

function openGroup(
  group: { form: HTMLFormElement | null; fields: HTMLInputElement[] } | undefined,
  previous: HTMLInputElement | undefined,
  field: HTMLInputElement,
): HTMLInputElement[] | undefined {
  if (group === undefined || group.form !== null || previous === undefined) return undefined;
  let ancestor = parentElement(field);
  for (let levels = 1; levels <= MaxLevelsApart; levels++) {
    // At the top of a shadow root there is no parent element, and the root holds both fields.
    if (ancestor === null || contains(ancestor, previous)) return group.fields;
    ancestor = parentElement(ancestor);
  }
  return undefined;
}
