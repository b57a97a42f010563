/**
 * Writes what the detector saw of a page as a page of its own, for somebody who is to find out why it judged so: no value, no address,
 * and of the page's words only those that the detector knows. Pure; a labelled page as tests/pages/forms has them, whose labels are what
 * the detector said.
 */

import { redacted } from "./concepts.ts";
import type { FieldFacts, FormFacts, FormText } from "./fieldFacts.ts";
import type { Judgement } from "./forms.ts";
import { kindNames, roleNames } from "./names.ts";

export interface ReportedForm {
  readonly facts: FormFacts;
  readonly judgement: Judgement;
  /** Whether the fields stand in a `<form>`. */
  readonly hasForm: boolean;
}

/** Returns the page as HTML. */
export function pageOf(forms: readonly ReportedForm[]): string {
  const [title = ""] = forms[0]?.facts.page ?? [];
  const head = `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${said(title)}</title>\n`;
  // What a page is made of stands in parts, so that no form of it reaches into the next.
  return head + forms.map((form) => `<section>\n${formOf(form)}</section>\n`).join("");
}

function formOf({ facts, judgement, hasForm }: ReportedForm): string {
  const { fields, texts, textareas } = facts;
  const tag = hasForm ? "form" : "div";
  const isBefore = ({ inside, after }: FormText) => !inside && after === 0;
  const isBehind = (text: FormText) => !text.inside && !isBefore(text);
  const linesAt = (place: number) =>
    texts.filter((text) => text.after === place && !isBefore(text) && !isBehind(text)).map(textOf);
  const lines = [
    ...texts.filter(isBefore).map(textOf),
    `<${tag}${attributesOf({ "data-kind": kindNames[judgement.kind], ...namesOf(facts.attributes) })}>`,
    ...fields.flatMap((field, index) => [...linesAt(index), fieldOf(field, judgement, index)]),
    ...texts.filter(({ after, ...text }) => after >= fields.length && !isBehind({ after, ...text })).map(textOf),
    ...Array.from({ length: textareas }, () => "<textarea></textarea>"),
    `</${tag}>`,
    ...texts.filter(isBehind).map(textOf),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** The attributes of the form that had something to say; which was which makes no difference. */
function namesOf(attributes: readonly string[]): Readonly<Record<string, string>> {
  const [id = "", name = "", className = "", label = "", ...rest] = attributes.map(redacted);
  return { id, name, class: [className, ...rest].join(" ").trim(), "aria-label": label };
}

const elementOf: Readonly<Record<FormText["place"], readonly [before: string, after: string]>> = {
  submit: ["<button>", "</button>"],
  button: ['<button type="button">', "</button>"],
  heading: ["<h2>", "</h2>"],
  link: ['<a href="#">', "</a>"],
  text: ["<p>", "</p>"],
};

function textOf({ place, text }: FormText): string {
  const [before, after] = elementOf[place];
  return before + said(text) + after;
}

function fieldOf(facts: FieldFacts, { fields }: Judgement, index: number): string {
  const { type, visible, editable, maxLength, hasPasswordRules } = facts;
  const role = roleNames[fields[index]?.role ?? "other"];
  return `<input${attributesOf({
    type,
    name: redacted(facts.name),
    id: redacted(facts.id),
    autocomplete: facts.autocomplete.map(knownToken).join(" "),
    placeholder: redacted(facts.placeholder),
    title: redacted(facts.title),
    inputmode: facts.inputMode,
    // As one text, which is what it counts as.
    "aria-label": redacted(facts.label),
    maxlength: maxLength < 0 ? "" : String(maxLength),
    minlength: hasPasswordRules ? "1" : "",
    style: visible ? "" : "display: none",
    readonly: editable ? "" : "readonly",
    "data-role": visible ? role : "hidden",
  })}>`;
}

// The platform's words (HTML, "Autofill"), which say nothing about whoever wrote the page.
const tokens =
  /^(on|off|username|(current|new)-password|one-time-code|webauthn|email|tel(-[a-z]+)*|(given-|family-|additional-|nick)?name|organization(-title)?|street-address|address-l(ine|evel)[1-4]|country(-name)?|postal-code|cc-[a-z]+(-[a-z]+)?|bday(-[a-z]+)?|sex|url|photo|impp|language|transaction-(amount|currency)|shipping|billing|home|work|mobile|fax|pager)$/;

function knownToken(token: string): string {
  return tokens.test(token) ? token : "x";
}

function attributesOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
}

function said(text: string): string {
  return escaped(redacted(text));
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
