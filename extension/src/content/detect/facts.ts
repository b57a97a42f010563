/**
 * Reads one group of fields into plain facts. The only file, with dom.ts, groups.ts and roots.ts, that sees elements;
 * it writes nothing, and what it reads is bounded whatever the size of the page.
 */
import { attribute, byId, closest, contains, isVisible, localName, parentElement, textOf, title } from "./dom.ts";
import type { FieldFacts, FormFacts, FormText, TextPlace } from "./fieldFacts.ts";
import type { FieldGroup } from "./groups.ts";

const MaxAttributeLength = 100;
const MaxLabelLength = 120;
// Longer texts are prose; what a form says about itself is short.
const MaxFormTextLength = 90;
// Nodes looked at before the first field, between the fields, and after the last.
const NodesBefore = 40;
const NodesBetween = 1200;
const NodesAfter = 70;
const MaxTexts = 120;
const notAscii = /[^\x00-\x7f]/;

/** Facts about one group; what other groups ask for is not its business. */
export function readGroup(root: Document | ShadowRoot, group: FieldGroup): Omit<FormFacts, "passwordElsewhere"> {
  const surroundings = readSurroundings(root, group);
  return {
    fields: group.fields.map((field, index) => readField(root, field, surroundings, index)),
    texts: surroundings.texts,
    attributes: group.form === null ? [] : formAttributes(group.form),
    textareas: surroundings.textareas,
    page: [title(document).slice(0, MaxLabelLength), endOfPath(location.pathname)],
  };
}

interface Surroundings {
  readonly texts: readonly FormText[];
  /** Texts of `<label for>` by the id that they name. */
  readonly labels: ReadonlyMap<string, string>;
  /** The text right before each field, by the field's index. */
  readonly nearby: readonly string[];
  readonly textareas: number;
}

function readField(
  root: Document | ShadowRoot,
  field: HTMLInputElement,
  { labels, nearby }: Surroundings,
  index: number,
): FieldFacts {
  const id = attribute(field, "id", MaxAttributeLength);
  const wrapping = closest(field, "label");
  const labelledBy = attribute(field, "aria-labelledby", MaxAttributeLength).split(/\s+/).slice(0, 4);
  const label = [
    (id === "" ? undefined : labels.get(id)) ?? "",
    wrapping === null ? "" : textOf(wrapping, MaxLabelLength),
    attribute(field, "aria-label", MaxAttributeLength),
    ...labelledBy.map((target) => textOfId(root, target)),
  ];
  return {
    type: field.type,
    autocomplete: attribute(field, "autocomplete", MaxAttributeLength).toLowerCase().split(/\s+/).filter(Boolean),
    name: attribute(field, "name", MaxAttributeLength),
    id,
    label: [...new Set(label.filter(Boolean))].join(" / "),
    placeholder: attribute(field, "placeholder", MaxAttributeLength),
    title: attribute(field, "title", MaxAttributeLength),
    nearby: nearby[index] ?? "",
    maxLength: field.maxLength,
    inputMode: attribute(field, "inputmode", 20).toLowerCase(),
    hasPasswordRules: field.minLength > 0 || attribute(field, "passwordrules", 1) !== "",
    visible: isVisible(field),
    editable: !field.disabled && !field.readOnly,
  };
}

function textOfId(root: Document | ShadowRoot, id: string): string {
  const element = id === "" ? null : byId(root, id);
  return element === null ? "" : textOf(element, MaxLabelLength);
}

function formAttributes(form: HTMLFormElement): readonly string[] {
  const action = attribute(form, "action", 400)
    .replace(/^[a-z]+:\/\/[^/]*/i, "")
    .replace(/[?#].*$/s, "");
  return [
    ...["id", "name", "class", "aria-label"].map((name) => attribute(form, name, MaxAttributeLength)),
    endOfPath(action),
  ].filter(Boolean);
}

/** The last three parts of a path: the parts before them name the place, not the purpose. */
function endOfPath(path: string): string {
  return path.slice(-MaxAttributeLength).split("/").slice(-3).join(" / ");
}

/** Walks from a little before the first field to a little after the last, and stops at other forms. */
function readSurroundings(root: Document | ShadowRoot, group: FieldGroup): Surroundings {
  const { form, fields } = group;
  const first = fields[0] as HTMLInputElement;
  const texts: FormText[] = [];
  const labels = new Map<string, string>();
  const nearby: string[] = [];
  let textareas = 0;
  let passed = 0;
  let sinceField = "";
  const take = (node: Node): void => {
    const inside = form === null || contains(form, node);
    if (node instanceof Text) {
      const { data } = node;
      if (data.length < 2 || texts.length >= MaxTexts) return;
      const text = data
        .slice(0, 4 * MaxFormTextLength)
        .replace(/\s+/g, " ")
        .trim();
      if (text === "") return;
      // Marks like ":" and "*" stand behind the text that they belong to.
      if (text.length > 2 || notAscii.test(text)) sinceField = text.slice(-MaxFormTextLength);
      const place = text.length > MaxFormTextLength ? null : placeOf(node, form);
      if (place !== null) texts.push({ place, text, after: passed, inside });
      return;
    }
    switch (localName(node as Element)) {
      case "input":
        takeInput(node as HTMLInputElement, inside);
        break;
      case "textarea":
        if (inside && !/captcha/i.test((node as HTMLTextAreaElement).name)) textareas++;
        break;
      case "button":
        takeName(node as HTMLButtonElement, inside);
        break;
      case "label":
        labels.set((node as HTMLLabelElement).htmlFor, textOf(node, MaxLabelLength));
        break;
    }
  };
  // A button that is an arrow has its words in an attribute.
  const takeName = (button: HTMLButtonElement, inside: boolean): void => {
    const text = attribute(button, "aria-label", MaxFormTextLength) || attribute(button, "title", MaxFormTextLength);
    if (text === "" || texts.length >= MaxTexts) return;
    texts.push({ place: isSubmit(button, form) ? "submit" : "button", text, after: passed, inside });
  };
  const takeInput = (input: HTMLInputElement, inside: boolean): void => {
    if (input === fields[passed]) {
      nearby[passed++] = sinceField;
      sinceField = "";
    } else if (/^(submit|image|button)$/.test(input.type)) {
      const said = [input.value, ...["alt", "title", "aria-label"].map((name) => attribute(input, name, 40))];
      const text = said.filter(Boolean).join(" ").slice(0, MaxFormTextLength);
      texts.push({ place: input.type === "button" ? "button" : "submit", text, after: passed, inside });
    }
  };

  for (const node of nodesBefore(root, group, first)) take(node);
  const walker = walkerOf(root);
  walker.currentNode = first;
  let node: Node | null = first;
  for (let between = 0, after = 0; node !== null && between < NodesBetween && after < NodesAfter;) {
    if (endsGroup(node, group)) break;
    take(node);
    if (passed < fields.length) between++;
    else after++;
    node = walker.nextNode();
  }
  return { texts, labels, nearby, textareas };
}

/** Up to {@link NodesBefore} nodes before the first field, in document order, back to where another form ends. */
function nodesBefore(root: Document | ShadowRoot, group: FieldGroup, first: HTMLInputElement): readonly Node[] {
  const walker = walkerOf(root);
  walker.currentNode = first;
  const nodes: Node[] = [];
  for (let node = walker.previousNode(); node !== null && nodes.length < NodesBefore; node = walker.previousNode()) {
    if (endsGroup(node, group) && !contains(node, first)) break;
    nodes.unshift(node);
  }
  return nodes;
}

function walkerOf(root: Document | ShadowRoot): TreeWalker {
  const shown = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  return Document.prototype.createTreeWalker.call(document, root, shown);
}

function endsGroup(node: Node, { form, fields }: FieldGroup): boolean {
  if (!(node instanceof Element)) return false;
  const name = localName(node);
  if (name === "form") return node !== form;
  if (name !== "input") return false;
  const input = node as HTMLInputElement;
  return input.form !== form || (form === null && isTextField(input) && !fields.includes(input));
}

function isTextField(input: HTMLInputElement): boolean {
  return !/^(hidden|checkbox|radio|submit|button|image|file|range|color|reset)$/.test(input.type);
}

/** Where the texts of elements stand that tell it by their name. */
const places = new Map<string, TextPlace | null>([
  ["a", "link"],
  ...["h1", "h2", "h3", "h4", "legend"].map((name) => [name, "heading"] as const),
  ...["script", "style", "noscript", "template", "option", "svg"].map((name) => [name, null] as const),
]);

/** Where a text stands by its nearest telling ancestor; `null` where it is no text for people. */
function placeOf(text: Node, form: HTMLFormElement | null): TextPlace | null {
  let element = parentElement(text);
  for (let levels = 0; levels < 4 && element !== null; levels++) {
    const name = localName(element);
    if (name === "button") return isSubmit(element as HTMLButtonElement, form) ? "submit" : "button";
    const place = places.get(name);
    if (place !== undefined) return place;
    const role = attribute(element, "role", 10);
    if (role === "button" || role === "link" || role === "heading") return role;
    element = parentElement(element);
  }
  return "text";
}

function isSubmit(button: HTMLButtonElement, form: HTMLFormElement | null): boolean {
  return button.type === "submit" && (form === null || button.form === form);
}
