/**
 * The icon in the field that the person is in: a way to the popup for those who look at the page and not at the toolbar. It comes with
 * the person's own action, stands in a closed shadow root in the top layer, and releases nothing: a click asks the background for the popup.
 */

import { text } from "../shared/browser.ts";
import type { IconAnswer } from "../shared/contentMessages.ts";
import type { IconAnchor } from "./forms.ts";
import { boxOf, closest, contains, documentElement, localName, rootOf, shownParent } from "./detect/dom.ts";
import { focused } from "./focus.ts";
import { placeOf } from "./iconPlace.ts";
import type { Place } from "./iconPlace.ts";
import { isSeen } from "./visible.ts";

const ink = "#13201c";
const paper = "#ffffff";
const mark = "#0b6b5f";
const svgNamespace = "http://www.w3.org/2000/svg";
/** What might be pressed, beside the field. */
const pressable = "a, button, input, select, textarea, summary, label, [role=button], [tabindex]";

export interface FieldIconParts {
  /** Returns where the icon of a field stands, or null if nothing of ours goes into that field. */
  readonly anchorOf: (field: HTMLInputElement) => IconAnchor | null;
  /** Whether the person, the vault and the site want it. */
  readonly mayShow: () => Promise<boolean>;
  /** Opens the popup. */
  readonly open: () => Promise<IconAnswer | null>;
}

export interface FieldIcon {
  /** Looks where the person is now: after the page has changed. */
  readonly look: () => void;
  readonly stop: () => void;
}

/** Shows an icon in each field that the person goes to and that something of theirs goes into. */
export function showFieldIcon(parts: FieldIconParts): FieldIcon {
  let shown: Shown | null = null;
  /** The field that was last asked about. */
  let asked: Element | null = null;

  const hide = () => {
    shown?.remove();
    shown = null;
    asked = null;
  };
  const look = () => {
    const field = focused();
    if (asked !== null && asked !== field) hide();
    shown?.place();
  };
  const come = async () => {
    const field = focused();
    if (field === asked) return shown?.place();
    hide();
    if (!(field instanceof HTMLInputElement)) return;
    const anchor = parts.anchorOf(field);
    if (anchor === null) return;
    asked = field;
    if (!(await parts.mayShow()) || focused() !== field || asked !== field) return;
    shown = new Shown(field, anchor, parts.open, hide);
  };
  // A page that moves the focus by itself, and one that nobody has touched yet, gets nothing to see.
  const onFocus = () => (navigator.userActivation.isActive ? void come() : look());
  const onPress = (event: Event) => void (event.isTrusted && come());

  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", look);
  document.addEventListener("pointerup", onPress, true);
  return {
    look,
    stop: () => {
      hide();
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", look);
      document.removeEventListener("pointerup", onPress, true);
    },
  };
}

class Shown {
  readonly #field: HTMLInputElement;
  readonly #anchor: IconAnchor;
  readonly #host = document.createElement("div");
  readonly #button = document.createElement("button");
  readonly #events = new AbortController();
  readonly #sizes: ResizeObserver;
  readonly #gone: () => void;
  #isAsked = false;

  constructor(field: HTMLInputElement, anchor: IconAnchor, open: () => Promise<IconAnswer | null>, gone: () => void) {
    this.#field = field;
    this.#anchor = anchor;
    this.#gone = gone;
    const root = this.#host.attachShadow({ mode: "closed" });
    const button = this.#button;
    button.type = "button";
    button.tabIndex = -1;
    button.title = text("iconTitle");
    button.ariaLabel = text("iconTitle");
    style(button, {
      all: "initial",
      display: "block",
      width: "100%",
      height: "100%",
      cursor: "pointer",
      "border-radius": "22%",
      "box-shadow": `0 0 0 1px ${paper}`,
    });
    button.append(markOf());
    // The focus stays in the field: the popup is about the field that has it.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      if (event.isTrusted) void open().then((answer) => this.#tell(root, answer));
    });
    root.append(button);
    // In a modal dialog all that is outside of it cannot be pressed.
    homeOf(anchor.field).append(this.#host);
    this.#host.popover = "manual";
    this.#host.showPopover();

    const { signal } = this.#events;
    const again = () => this.#placeSoon();
    addEventListener("scroll", again, { signal, passive: true, capture: true });
    addEventListener("resize", again, { signal });
    field.addEventListener("input", again, { signal });
    // Also when it is taken away or hidden: then it has no size.
    this.#sizes = new ResizeObserver(again);
    this.#sizes.observe(anchor.field);
    this.place();
  }

  /** Puts the icon where the field is now; takes it out of sight where there is no place for it. */
  place(): void {
    // What stands at a point is asked of the page as it is without us.
    style(this.#host, hiddenHost);
    if (!this.#anchor.field.isConnected) return this.#gone();
    const place = isSeen(this.#anchor.field) ? placeAt(this.#field, this.#anchor) : null;
    if (place === null) return;
    style(this.#host, {
      ...hiddenHost,
      display: "block",
      left: `${place.left}px`,
      top: `${place.top}px`,
      width: `${place.side}px`,
      height: `${place.side}px`,
    });
  }

  remove(): void {
    this.#events.abort();
    this.#sizes.disconnect();
    this.#host.remove();
  }

  #placeSoon(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      if (!this.#events.signal.aborted) this.place();
    });
  }

  /** Where the browser opens no popup, the key that does is named. */
  #tell(root: ShadowRoot, answer: IconAnswer | null): void {
    if (answer === null || answer.opened) return;
    const words = document.createElement("span");
    words.textContent = answer.key === "" ? text("iconRefused") : text("iconRefusedKey", answer.key);
    words.role = "status";
    // To the side and the height where there is room for it.
    const { left, top } = boxOf(this.#host);
    const side = left < innerWidth / 2 ? "left" : "right";
    const edge = top < minRoom ? "top" : "bottom";
    style(words, {
      all: "initial",
      position: "absolute",
      [edge]: "calc(100% + 6px)",
      [side]: "0",
      width: "max-content",
      "max-width": "280px",
      padding: "5px 9px",
      "border-radius": "6px",
      background: ink,
      color: paper,
      font: "13px/1.4 system-ui, sans-serif",
    });
    root.replaceChildren(this.#button, words);
  }
}

/** What a line or two of words need above the icon, in pixels. */
const minRoom = 60;

const hiddenHost: Readonly<Record<string, string>> = {
  all: "initial",
  display: "none",
  position: "fixed",
  margin: "0",
  inset: "auto",
  padding: "0",
  border: "0",
  background: "transparent",
  overflow: "visible",
};

/** Sets styles past the page's own, and past a policy that forbids style attributes. */
function style(element: HTMLElement, styles: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, "important");
}

function homeOf(anchor: Element): Element {
  for (let at: Element | null = anchor; at !== null; at = shownParent(at)) {
    if (localName(at) === "dialog") return at;
  }
  return documentElement(document);
}

function placeAt(field: HTMLInputElement, { field: anchor, inside }: IconAnchor): Place | null {
  const root = rootOf(anchor);
  if (root === null) return null;
  const { direction } = getComputedStyle(anchor);
  const mirrored = direction === "rtl";
  const hit = (x: number, y: number) => root.elementFromPoint(x, y);
  return placeOf({
    field: boxOf(anchor),
    textEnd: inside ? textEndOf(anchor, mirrored) : null,
    mirrored,
    window: { width: innerWidth, height: innerHeight },
    isField: (x, y) => {
      const found = hit(x, y);
      // Words that float over an empty field are its label, or lie around it.
      return found !== null && (found === anchor || contains(found, anchor) || isLabelOf(found, field));
    },
    isEmpty: (x, y) => {
      const found = hit(x, y);
      return found === null || closest(found, pressable) === null || contains(found, anchor);
    },
  });
}

function isLabelOf(found: Element, field: HTMLInputElement): boolean {
  const label = closest(found, "label");
  return label instanceof HTMLLabelElement && label.control === field;
}

/** Where the text of a field ends, in pixels of the window; a field whose text is not at its beginning is full. */
function textEndOf(field: HTMLInputElement, mirrored: boolean): number {
  const box = boxOf(field);
  const { fontStyle, fontWeight, fontSize, fontFamily, textAlign, paddingLeft, paddingRight } = getComputedStyle(field);
  const isAtStart = ["start", mirrored ? "right" : "left", "justify", "-webkit-auto"].includes(textAlign);
  const shown =
    field.value === "" ? field.placeholder : field.type === "password" ? "●".repeat(field.value.length) : field.value;
  if (!isAtStart && shown !== "") return mirrored ? box.left : box.right;
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return mirrored ? box.left : box.right;
  context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const { width } = context.measureText(shown.slice(0, maxMeasured));
  return mirrored ? box.right - parseFloat(paddingRight) - width : box.left + parseFloat(paddingLeft) + width;
}

/** Longer than any field is wide. */
const maxMeasured = 500;

function markOf(): SVGElement {
  const svg = made("svg", { viewBox: "0 0 32 32", width: "100%", height: "100%", "aria-hidden": "true" });
  const lines = made("g", { fill: "none", stroke: paper, "stroke-width": "3", "stroke-linejoin": "round" });
  lines.append(made("circle", { cx: "13", cy: "11", r: "4" }), made("path", { d: "M13 15v9.5h8.5M18 24.5v-4" }));
  svg.append(made("rect", { width: "32", height: "32", rx: "7", fill: mark }), lines);
  style(svg as unknown as HTMLElement, { display: "block" });
  return svg;
}

function made(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(svgNamespace, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
