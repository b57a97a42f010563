/** Facts for tests: a field or a form that says nothing, with what the test is about on top. */
import type { FieldFacts, FormFacts, FormText, TextPlace } from "./fieldFacts.ts";

const silentField: FieldFacts = {
  type: "text",
  autocomplete: [],
  name: "",
  id: "",
  label: "",
  placeholder: "",
  title: "",
  nearby: "",
  maxLength: -1,
  inputMode: "",
  hasPasswordRules: false,
  visible: true,
  editable: true,
};

export function field(facts: Partial<FieldFacts> = {}): FieldFacts {
  return { ...silentField, ...facts };
}

export function password(facts: Partial<FieldFacts> = {}): FieldFacts {
  return field({ type: "password", ...facts });
}

/** A text behind all of a form's fields, inside it. */
export function text(place: TextPlace, said: string, after = 99): FormText {
  return { place, text: said, after, inside: true };
}

export function form(fields: readonly FieldFacts[], facts: Partial<Omit<FormFacts, "fields">> = {}): FormFacts {
  return { fields, texts: [], attributes: [], textareas: 0, passwordElsewhere: false, page: [], ...facts };
}
