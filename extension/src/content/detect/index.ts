/**
 * The detector's front door: finds the forms of a page that a login, or a part of one, belongs to.
 *
 * It reads and never writes, keeps nothing between two calls, uses no browser API of extensions, and leaves it to the
 * caller what is filled and when. See extension/docs/detector.md.
 */
import { rootOf } from "./dom.ts";
import type { FieldFacts, FormFacts } from "./fieldFacts.ts";
import { readGroup } from "./facts.ts";
import { judge, type FormKind, type Judgement } from "./forms.ts";
import { groupsOf, type FieldGroup } from "./groups.ts";
import { pageOf } from "./report.ts";
import type { FieldRole } from "./roles.ts";
import { rootsBelow, type OpenShadowRoot } from "./roots.ts";

export type { FieldRole, FormKind, OpenShadowRoot };

export interface DetectedField {
  readonly element: HTMLInputElement;
  readonly role: FieldRole;
  /** The signals that decided, strongest first; never for the page. */
  readonly because: readonly string[];
  /** Whether a person could see it when it was looked at. */
  readonly visible: boolean;
}

export interface DetectedForm {
  readonly kind: FormKind;
  /** The signals that decided, strongest first; never for the page. */
  readonly because: readonly string[];
  /** `null` for fields that stand together without a `<form>`. */
  readonly form: HTMLFormElement | null;
  /** All fields that take text, in document order. */
  readonly fields: readonly DetectedField[];
  /**
   * Where the parts of a login would go. Each was visible and editable, and a password's field had `type=password`,
   * when it was looked at: whoever fills checks both again.
   */
  readonly fillable: {
    readonly username: HTMLInputElement | null;
    readonly currentPassword: HTMLInputElement | null;
    /** More than one where each takes a part of the code. */
    readonly oneTimeCode: readonly HTMLInputElement[];
  };
}

export interface DetectOptions {
  /** How to open shadow roots; open ones only, if absent. */
  readonly openShadowRoot?: OpenShadowRoot;
  /** Looks for shadow roots everywhere: after a person's action, when some milliseconds do not matter. */
  readonly thorough?: boolean;
}

/**
 * Looks at a document, or at one shadow root, and at the shadow roots below it; subframes have their own document.
 *
 * @returns the groups of visible text fields with their kind, `notLogin` among them so that the reasons can be shown;
 *   search boxes and tables of inputs are left out; empty if there is nothing else
 */
export function detect(root: Document | ShadowRoot, options: DetectOptions = {}): readonly DetectedForm[] {
  return rootsBelow(root, options.openShadowRoot ?? openOnly, options.thorough ?? false).flatMap(formsIn);
}

/**
 * The form that an element belongs to, for a key or a menu on the focused field; its root is looked at afresh.
 *
 * @returns `null` if the element is no text field or is not in a page
 */
export function formOf(element: Element): DetectedForm | null {
  const root = rootOf(element);
  if (root === null) return null;
  return formsIn(root).find(({ fields }) => fields.some((field) => field.element === element)) ?? null;
}

/** What is seen of a page, as a page for somebody who may not see it: see report.ts. Looks everywhere. */
export function report(page: Document, { openShadowRoot = openOnly }: DetectOptions = {}): string {
  const seen = rootsBelow(page, openShadowRoot, true).flatMap(judgedIn);
  return pageOf(seen.map(({ group, ...judged }) => ({ ...judged, hasForm: group.form !== null })));
}

interface JudgedGroup {
  readonly group: FieldGroup;
  readonly facts: FormFacts;
  readonly judgement: Judgement;
}

function judgedIn(root: Document | ShadowRoot): readonly JudgedGroup[] {
  const groups = groupsOf(root)
    .map((group) => ({ group, read: readGroup(root, group) }))
    .filter(({ read }) => read.fields.some(({ visible }) => visible));
  const withPassword = groups.filter(({ read }) => read.fields.some(isVisiblePassword));
  return groups.map(({ group, read }) => {
    const facts = { ...read, passwordElsewhere: withPassword.some((other) => other.group !== group) };
    return { group, facts, judgement: judge(facts) };
  });
}

function formsIn(root: Document | ShadowRoot): readonly DetectedForm[] {
  return judgedIn(root).map(({ group, facts, judgement: { kind, because, fields, fill } }) => {
    const at = (index: number | null): HTMLInputElement | null => group.fields[index ?? -1] ?? null;
    return {
      kind,
      because,
      form: group.form,
      fields: group.fields.map((element, index) => ({
        element,
        role: fields[index]?.role ?? "other",
        because: fields[index]?.because ?? [],
        visible: facts.fields[index]?.visible ?? false,
      })),
      fillable: {
        username: at(fill.username),
        currentPassword: at(fill.currentPassword),
        oneTimeCode: fill.oneTimeCode.flatMap((index) => group.fields[index] ?? []),
      },
    };
  });
}

function openOnly(host: HTMLElement): ShadowRoot | null {
  return host.shadowRoot;
}

function isVisiblePassword({ type, visible }: FieldFacts): boolean {
  return type === "password" && visible;
}
