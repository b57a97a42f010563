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

interface OpenGroup extends FieldGroup {
  readonly fields: HTMLInputElement[];
  readonly types: Set<string>;
}

/**
 * The groups that may take a login, in document order; a root without inputs costs one native look-up. Asks each field no
 * more than it must: in Firefox every question of a content script costs a microsecond or two.
 */
export function groupsOf(root: Document | ShadowRoot): readonly FieldGroup[] {
  const inputs = inputsOf(root);
  const groups: OpenGroup[] = [];
  const byForm = new Map<HTMLFormElement, OpenGroup>();
  let previous: Placed | undefined;
  for (let index = 0, found = 0; index < inputs.length && found < MaxFields; index++) {
    const field = inputs[index] as HTMLInputElement;
    const { type } = field;
    if (notText.has(type)) continue;
    found++;
    const form = field.form;
    const placed = { field, parent: parentElement(field) };
    const open = form === null ? openGroup(groups.at(-1), previous, placed) : byForm.get(form);
    previous = placed;
    if (open !== undefined) {
      open.fields.push(field);
      open.types.add(type);
      continue;
    }
    const group = { form, fields: [field], types: new Set([type]) };
    groups.push(group);
    if (form !== null) byForm.set(form, group);
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
function mayBeLogin({ form, fields, types }: OpenGroup): boolean {
  if (types.has("password")) return true;
  if (fields.length > MaxFieldsWithoutPassword || (types.size === 1 && types.has("search"))) return false;
  return form === null || attribute(form, "role", 10) !== "search";
}

interface Placed {
  readonly field: HTMLInputElement;
  readonly parent: Element | null;
}

function openGroup(group: OpenGroup | undefined, previous: Placed | undefined, next: Placed): OpenGroup | undefined {
  if (group === undefined || group.form !== null || previous === undefined) return undefined;
  if (next.parent === previous.parent) return group;
  let ancestor = next.parent;
  for (let levels = 1; levels <= MaxLevelsApart; levels++) {
    // At the top of a shadow root there is no parent element, and the root holds both fields.
    if (ancestor === null || contains(ancestor, previous.field)) return isApart(previous, ancestor) ? undefined : group;
    if (parts.has(ancestor.localName)) return undefined;
    ancestor = parentElement(ancestor);
  }
  return undefined;
}

// What a page is made of: nobody's form reaches from one into the other.
const parts = new Set(["header", "footer", "nav", "aside", "section", "dialog"]);

/** Whether a field stands in a part of the page that ends before `ancestor` does. */
function isApart({ parent }: Placed, ancestor: Element | null): boolean {
  let at = parent;
  for (let levels = 1; levels <= MaxLevelsApart && at !== null && at !== ancestor; levels++) {
    if (parts.has(at.localName)) return true;
    at = parentElement(at);
  }
  return false;
}
