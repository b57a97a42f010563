/**
 * Where a form would send what is written into it. Read through the prototypes' own getters, because a form answers
 * `form.action` with its field of that name.
 */

import type { PageReason } from "../shared/contentMessages.ts";

const actionOf = getterOf(HTMLFormElement.prototype, "action");
const formActionOf = getterOf(HTMLButtonElement.prototype, "formAction");
const inputActionOf = getterOf(HTMLInputElement.prototype, "formAction");
const elementsOf = getterOf(HTMLFormElement.prototype, "elements");

/**
 * Returns why a password may not go into the form, or null if nothing speaks against it: it would travel in the
 * address (`method="get"` spelled out; a form without a method is usually sent by script), or to another origin.
 */
export function objectionTo(form: HTMLFormElement | null, origin: string): PageReason | null {
  if (form === null) return null;
  const submitters = [...(elementsOf.call(form) as HTMLFormControlsCollection)].filter(isSubmitter);
  const methods = [attribute(form, "method"), ...submitters.map((each) => attribute(each, "formmethod"))];
  if (methods.some((method) => method?.trim().toLowerCase() === "get")) return "getForm";

  const targets = submitters.filter((each) => attribute(each, "formaction") !== null).map(actionOfSubmitter);
  if (attribute(form, "action") !== null) targets.push(actionOf.call(form) as string);
  return targets.every((target) => staysOn(origin, target)) ? null : "formTarget";
}

function staysOn(origin: string, target: string): boolean {
  if (!URL.canParse(target)) return false;
  const url = new URL(target);
  // A script of the page itself: the page could read the fields anyway.
  return url.protocol === "javascript:" || url.origin === origin;
}

function isSubmitter(element: Element): element is HTMLButtonElement | HTMLInputElement {
  return element instanceof HTMLButtonElement || element instanceof HTMLInputElement;
}

function actionOfSubmitter(element: HTMLButtonElement | HTMLInputElement): string {
  return (element instanceof HTMLButtonElement ? formActionOf : inputActionOf).call(element) as string;
}

function attribute(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name);
}

function getterOf(prototype: object, property: string): (this: Element) => unknown {
  const getter = Object.getOwnPropertyDescriptor(prototype, property)?.get;
  if (getter === undefined) throw new TypeError(`the platform has no getter for ${property}`);
  return getter as (this: Element) => unknown;
}
