/** The parts of the form that there may be several of: URLs with how they match, and fields of one's own. */

import { text } from "../../shared/browser.ts";
import { el, icon, iconButton } from "../../shared/ui/dom.ts";
import { nameOfField } from "../names.ts";
import type { ItemUrl, OwnField } from "./form.ts";
import { fieldAround, lineInput, secretInput } from "./inputs.ts";
import type { InputField } from "./inputs.ts";

const matchKinds = ["hostname", "site", "origin", "never"] as const;

export interface Rows<T> {
  readonly node: HTMLElement;
  readonly read: () => readonly T[];
  /** Shows an error at one of them and goes there, or takes all errors away. */
  readonly say: (index: number | null, error: string) => void;
  readonly gone: () => void;
}

interface Line<T> {
  readonly node: HTMLElement;
  readonly first: HTMLElement;
  readonly read: () => T;
  readonly say: InputField["say"];
  readonly gone: () => void;
}

/** Makes the URLs, at least one. */
export function urlRows(urls: readonly ItemUrl[], fresh: ItemUrl["match"], changed: () => void): Rows<ItemUrl> {
  const lineOf = ({ url, match }: ItemUrl, number: number, remove: HTMLElement): Line<ItemUrl> => {
    const input = lineInput(`url-${number}`, url, { inputmode: "url", placeholder: "https://" });
    const kinds = el(
      "select",
      { class: "btn quiet sm", "aria-label": text("matchKind"), title: text("matchKind"), onchange: changed },
      ...matchKinds.map((kind) => el("option", { value: kind }, text(`match_${kind}`))),
    );
    kinds.value = match;
    const field = fieldAround(input, text("opensOn"), "", kinds, remove);
    return {
      node: field.node,
      first: input,
      read: () => ({ url: input.value, match: kinds.value as ItemUrl["match"] }),
      say: field.say,
      gone: () => {},
    };
  };
  const empty: ItemUrl = { url: "", match: fresh };
  return rows(urls.length === 0 ? [empty] : urls, lineOf, text("addUrl"), () => empty, changed);
}

/** Makes the fields of one's own. `load` asks for a secret one. */
export function fieldRows(
  fields: readonly OwnField[],
  load: (name: string) => Promise<string | null>,
  changed: () => void,
): Rows<OwnField> {
  const known = new Set(fields.map(({ name }) => name));
  const lineOf = (field: OwnField, number: number, remove: HTMLElement): Line<OwnField> =>
    known.has(field.name) ? valueLine(field, number, load, remove) : namedLine(field, number, changed, remove);
  return rows(fields, lineOf, text("addField"), () => ({ name: "", value: "", protected: false }), changed);
}

/** A field that has its name. */
function valueLine(
  field: OwnField,
  number: number,
  load: (name: string) => Promise<string | null>,
  remove: HTMLElement,
): Line<OwnField> {
  const { name, protected: secret } = field;
  const id = `field-${number}`;
  const label = nameOfField(name);
  if (secret) {
    const input = secretInput(id, label, field.value, () => load(name), remove);
    return {
      node: input.field.node,
      first: input.field.input,
      read: () => ({ name, value: input.value(), protected: true }),
      say: input.field.say,
      gone: () => input.set("", false),
    };
  }
  const input = lineInput(id, field.value ?? "");
  const { node, say } = fieldAround(input, label, "", remove);
  return { node, first: input, read: () => ({ name, value: input.value, protected: false }), say, gone: () => {} };
}

/** A new field, whose name is typed too. */
function namedLine(field: OwnField, number: number, changed: () => void, remove: HTMLElement): Line<OwnField> {
  const name = lineInput(`field-${number}-name`, field.name, { placeholder: text("fieldNamePlaceholder") });
  const value = lineInput(`field-${number}`, field.value ?? "", {
    type: field.protected ? "password" : "text",
    "aria-label": text("fieldValue"),
    placeholder: text("fieldValue"),
  });
  const secret = el("input", { type: "checkbox", onchange: changed });
  secret.checked = field.protected;
  const follow = () => {
    value.type = secret.checked ? "password" : "text";
  };
  secret.addEventListener("change", follow);
  const named = fieldAround(name, text("fieldName"), "", remove);
  const node = el(
    "div",
    { class: "own-field" },
    named.node,
    el("div", { class: "input" }, value),
    el("label", { class: "check" }, secret, text("fieldSecret")),
  );
  return {
    node,
    first: name,
    read: () => ({ name: name.value, value: value.value, protected: secret.checked }),
    say: named.say,
    gone: () => {
      value.value = "";
    },
  };
}

function rows<T>(
  values: readonly T[],
  lineOf: (value: T, number: number, remove: HTMLElement) => Line<T>,
  addWords: string,
  fresh: () => T,
  changed: () => void,
): Rows<T> {
  let number = 0;
  let lines: readonly Line<T>[] = [];
  const list = el("div", { class: "flow" });
  const add = (value: T): Line<T> => {
    const remove = iconButton("close", text("removeLine"), () => {
      lines = lines.filter((each) => each !== line);
      line.node.remove();
      changed();
      button.focus();
    });
    const line = lineOf(value, number++, remove);
    list.append(line.node);
    lines = [...lines, line];
    return line;
  };
  const button = el(
    "button",
    {
      type: "button",
      class: "btn quiet sm add-line",
      onclick: () => {
        add(fresh()).first.focus();
        changed();
      },
    },
    icon("plus", "s"),
    addWords,
  );
  values.forEach(add);
  return {
    node: el("div", { class: "flow-s" }, list, button),
    read: () => lines.map((line) => line.read()),
    say: (index, error) => {
      for (const [at, line] of lines.entries()) line.say(at === index ? error : null);
      if (index !== null) lines[index]?.first.focus();
    },
    gone: () => lines.forEach((line) => line.gone()),
  };
}
