/**
 * What is known about page fields and forms, as plain data. Read from the DOM by facts.ts, judged by roles.ts and
 * forms.ts, written by hand in tests. Texts come from the page: untrusted, cut to a few hundred units by the reader.
 */

export interface FieldFacts {
  /** The `type` property: lower case, never empty. */
  readonly type: string;
  /** The tokens of the `autocomplete` attribute, lower case. */
  readonly autocomplete: readonly string[];
  readonly name: string;
  readonly id: string;
  /** Texts of its labels, its `aria-label` and what `aria-labelledby` points to. */
  readonly label: string;
  readonly placeholder: string;
  readonly title: string;
  /** The text right before the field. Counts only where nothing labels the field. */
  readonly nearby: string;
  /** The `maxlength`, or -1 without one. */
  readonly maxLength: number;
  readonly inputMode: string;
  /** A rule for making passwords is attached: `passwordrules` or a `minlength`. */
  readonly hasPasswordRules: boolean;
  /** Rendered, of a size that one can click, and inside the page. */
  readonly visible: boolean;
  /** Neither disabled nor read-only. */
  readonly editable: boolean;
}

/** Where a text of a form stands. `submit` is a button that sends the form; links and other buttons lead elsewhere. */
export type TextPlace = "submit" | "button" | "heading" | "link" | "text";

export interface FormText {
  readonly place: TextPlace;
  readonly text: string;
  /** How many of the form's fields stand before it. */
  readonly after: number;
  /** Inside the `<form>`; true for all texts of a form without one. */
  readonly inside: boolean;
}

export interface FormFacts {
  /** In document order, only fields that take text. */
  readonly fields: readonly FieldFacts[];
  /** In document order: what stands around and between the fields. */
  readonly texts: readonly FormText[];
  /** The id, name and class of the `<form>` and the last parts of its action's path. */
  readonly attributes: readonly string[];
  /** How many `<textarea>` stand among the fields. */
  readonly textareas: number;
  /** Another group on the page has a visible password field. */
  readonly passwordElsewhere: boolean;
  /** The title of the page and the last parts of its path. */
  readonly page: readonly string[];
}
