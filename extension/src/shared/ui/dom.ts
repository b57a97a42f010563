/** Makes elements. Text is only ever set as text, so nothing that an item carries can become markup. */

import { icons } from "./icons.ts";
import type { IconName } from "./icons.ts";
import { text } from "../browser.ts";

type Child = Node | string | null | false;
/** Attributes by name (true: present without a value; false, null: absent), and listeners as `on…`. */
export interface Attributes {
  readonly [name: string]: string | number | boolean | null | ((event: never) => void);
}

const svgNamespace = "http://www.w3.org/2000/svg";

/** Makes an element with attributes, listeners and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** Drawings that were made once: a copy costs a fraction of making one. */
const drawings = new Map<string, SVGSVGElement>();

/** Makes one of the drawings. `size` is a class of tokens.css: small, large, or as it is. */
export function icon(name: IconName, size: "" | "s" | "l" = ""): SVGSVGElement {
  const key = `${name} ${size}`;
  let drawing = drawings.get(key);
  if (drawing === undefined) {
    drawing = svg("svg", { class: `i ${size}`.trim(), viewBox: "0 0 20 20", "aria-hidden": "true" }) as SVGSVGElement;
    for (const [tag, attributes] of icons[name]) drawing.append(svg(tag, attributes));
    drawings.set(key, drawing);
  }
  return drawing.cloneNode(true) as SVGSVGElement;
}

/** Makes the mark: a key that is an L. */
export function mark(): SVGElement {
  const lines = { fill: "none", stroke: "var(--on-accent)", "stroke-width": "3", "stroke-linejoin": "round" };
  const key = svg("g", lines);
  key.append(
    svg("circle", { cx: "13", cy: "11", r: "4" }),
    svg("path", { d: "M13 15v9.5h8.5M18 24.5v-4", "stroke-linecap": "butt" }),
  );
  const drawing = svg("svg", { class: "mark", width: "40", height: "40", viewBox: "0 0 32 32", "aria-hidden": "true" });
  drawing.append(svg("rect", { x: "1", y: "1", width: "30", height: "30", rx: "7", fill: "var(--accent)" }), key);
  return drawing;
}

/** Makes a button that is a drawing, with its name as tooltip too. `keys` is shown in the tooltip. */
export function iconButton(
  name: IconName,
  label: string,
  onclick: () => void,
  more: Attributes & { readonly keys?: string } = {},
) {
  const { keys, ...attributes } = more;
  const title = keys === undefined ? label : `${label} (${keys})`;
  return el(
    "button",
    { type: "button", class: "btn icon quiet", "aria-label": label, title, onclick, ...attributes },
    icon(name),
  );
}

/** Makes a switch with its label; `onchange` gets the new state. */
export function switchLine(id: string, label: string, on: boolean, onchange: (on: boolean) => void): HTMLElement {
  const button = el("button", {
    type: "button",
    class: "switch",
    id,
    "aria-pressed": String(on),
    "aria-labelledby": `${id}-label`,
    onclick: () => {
      const next = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(next));
      onchange(next);
    },
  });
  const name = el("label", { id: `${id}-label`, for: id, class: "grow" }, label);
  return el("div", { class: "switch-line" }, name, button);
}

/** Returns the message of a number's plural form: `key` followed by `One` or `Other`. */
export function plural(key: string, count: number, ...values: readonly (string | number)[]): string {
  const form = new Intl.PluralRules(document.documentElement.lang).select(count);
  return text(`${key}${form === "one" ? "One" : "Other"}`, count, ...values);
}

function svg(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
