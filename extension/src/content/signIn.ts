/**
 * Notices that the person sends a form that signs in, signs up or changes a password, and says what they typed: it is offered for
 * saving when that has worked. Only a person's own keys and clicks count; what a page does by itself is never captured.
 */

import { shadowRootOf } from "../shared/browser.ts";
import type { Typed } from "../shared/contentMessages.ts";
import type { CapturedForm } from "../shared/protocol.ts";
import { conceptsIn, mentions } from "./detect/concepts.ts";
import { attribute, localName, textOf } from "./detect/dom.ts";
import type { DetectedForm, FieldRole } from "./detect/index.ts";
import { formAround, formsBelow } from "./forms.ts";

/** Longer than any password that a form takes. */
const maxLength = 4096;
/** Longer than any button's words. */
const maxWords = 60;
/** A click, the key and the form's own event are one sending when they come together. */
const togetherMs = 1000;
/** Slow sites, and people who confirm on their telephone. */
const departsWithinMs = 3 * 60_000;
const lookAgainMs = 200;

const formOfKind: Readonly<Partial<Record<DetectedForm["kind"], CapturedForm>>> = {
  login: "login",
  passwordOnly: "login",
  usernameFirst: "login",
  signup: "signup",
  changePassword: "change",
};

/** A sending: what was typed, and the field whose disappearance says that the page went on. */
interface Reading {
  readonly typed: Typed;
  readonly field: HTMLInputElement;
}

export interface SignInWatch {
  /** A password was written into the field because the person asked, and whether it works is to be known: it counts as typed. */
  readonly typed: (field: HTMLInputElement) => void;
  readonly stop: () => void;
}

/**
 * Watches a document.
 * @param send Gets what was typed into a form that was sent.
 * @param left Called when the form of the last sending is gone from the page, without a new document.
 */
export function watchSignIns(send: (typed: Typed) => void, left: () => void): SignInWatch {
  const listening = new AbortController();
  let touched: Element | null = null;
  /** What stood there before the page's own handlers could change it. */
  let before: Reading | null = null;
  let sentAt = -Infinity;
  let departure: { readonly stop: () => void } | null = null;

  const sent = (reading: Reading | null): void => {
    if (reading === null) return;
    sentAt = performance.now();
    send(reading.typed);
    departure?.stop();
    departure = isSecret(reading.typed) ? awaitDeparture(reading.field, left) : null;
  };
  /** Whether the browser made the event of a key or a click, which has been read: before the page's own handlers. */
  const follows = (event: Event): boolean =>
    !(event instanceof MouseEvent && event.detail > 0) && performance.now() - sentAt < togetherMs;
  const listen = <E extends Event>(type: string, listener: (event: E) => void): void =>
    addEventListener(type, ((event: E) => listener(event)) as EventListener, {
      capture: true,
      signal: listening.signal,
    });

  listen("input", (event) => {
    const [target] = event.composedPath();
    if (event.isTrusted && target instanceof Element && takesText(target)) touched = target;
  });
  // The button loses what the page does at "blur" and "change": it is read before.
  listen("pointerdown", (event) => {
    before = event.isTrusted && touched !== null ? readingOf(touched) : null;
  });
  listen("click", (event) => {
    if (event.isTrusted && touched !== null && maySend(event) && !follows(event)) sent(before ?? readingOf(touched));
    before = null;
  });
  listen<KeyboardEvent>("keydown", (event) => {
    if (event.isTrusted && event.key === "Enter" && !event.isComposing && touched !== null) sent(readingOf(touched));
  });
  listen("submit", (event) => {
    if (touched !== null && !follows(event)) sent(readingOf(touched));
  });
  return {
    typed: (field) => {
      touched = field;
    },
    stop: () => {
      listening.abort();
      departure?.stop();
    },
  };
}

function takesText(target: Element): boolean {
  // In a closed shadow root the target is its host.
  return target instanceof HTMLInputElement || shadowRootOf(target) !== null;
}

/** Reads the form that the person typed into last. Null if it is none that signs in, or nothing stands in it. */
function readingOf(touched: Element): Reading | null {
  const form = touched instanceof HTMLInputElement ? formAround(touched) : formBelow(touched);
  const kind = form === null ? undefined : formOfKind[form.kind];
  if (form === null || kind === undefined) return null;
  const value = (role: FieldRole): string => {
    const field = form.fields.find(({ element, role: its }) => its === role && valueOf(element) !== "");
    return field === undefined ? "" : valueOf(field.element);
  };
  const username = value("username").trim();
  const [password, newPassword] = [value("currentPassword"), value("newPassword")];
  // The page will refuse it. What repeats the new one may be declared as a new one itself.
  const fresh = form.fields
    .filter(({ role }) => role === "newPassword" || role === "confirmPassword")
    .map(({ element }) => valueOf(element))
    .filter((each) => each !== "");
  if (newPassword !== "" && fresh.some((each) => each !== newPassword)) return null;
  const field = form.fields.find(
    ({ element, role, visible }) => visible && isPassword(role) && valueOf(element) !== "",
  );
  const last = field ?? form.fields.find(({ role }) => role === "username");
  if (last === undefined || (username === "" && field === undefined)) return null;
  const typed = {
    form: kind,
    ...(username === "" ? {} : { username }),
    ...(password === "" ? {} : { password }),
    ...(newPassword === "" ? {} : { newPassword }),
  };
  return { typed, field: last.element };
}

function formBelow(host: Element): DetectedForm | null {
  const root = shadowRootOf(host);
  if (root === null) return null;
  const forms = formsBelow(root, true);
  return (
    forms.find(({ kind, fields }) => kind in formOfKind && fields.some(({ element }) => element.value !== "")) ?? null
  );
}

function isPassword(role: FieldRole): boolean {
  return role === "currentPassword" || role === "newPassword";
}

function isSecret({ password, newPassword }: Typed): boolean {
  return password !== undefined || newPassword !== undefined;
}

const readValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.get as (
  this: HTMLInputElement,
) => string;

function valueOf(field: HTMLInputElement): string {
  const value = readValue.call(field);
  return value.length > maxLength ? "" : value;
}

/** Whether a click may send a form: on a button, or on what a page made into one; not on a field, and not on a way elsewhere. */
function maySend(event: Event): boolean {
  for (const target of event.composedPath()) {
    if (!(target instanceof Element)) break;
    const name = localName(target);
    if (/^(input|button)$/.test(name)) {
      const { type } = target as HTMLInputElement | HTMLButtonElement;
      return /^(submit|image|button)$/.test(type) && !leadsElsewhere(target);
    }
    if (/^(select|textarea|label|option|summary)$/.test(name)) return false;
    if (name === "a") return !/^https?:/.test((target as HTMLAnchorElement).href) || isSameDocument(target);
    if (attribute(target, "role", 10) === "button") return !leadsElsewhere(target);
  }
  return true;
}

function isSameDocument(link: Element): boolean {
  const { href } = link as HTMLAnchorElement;
  return href.split("#")[0] === location.href.split("#")[0] && !leadsElsewhere(link);
}

/** "Forgot password?", "No account yet?": nobody signs in by it. */
function leadsElsewhere(button: Element): boolean {
  const words = textOf(button, maxWords);
  return mentions(conceptsIn(words), "noAccount", "hasAccount") || /\?\s*$/.test(words);
}

/** Waits until a field is gone or hidden: pages that sign in without a new document take their form away. */
function awaitDeparture(field: HTMLInputElement, left: () => void): { readonly stop: () => void } {
  let asked = false;
  let timer: ReturnType<typeof setTimeout>;
  const look = (): void => {
    asked = false;
    if (field.isConnected && field.checkVisibility({ visibilityProperty: true })) return;
    stop();
    left();
  };
  const observer = new MutationObserver(() => {
    if (asked) return;
    asked = true;
    setTimeout(look, lookAgainMs);
  });
  const stop = (): void => {
    observer.disconnect();
    clearTimeout(timer);
  };
  const seen = { attributes: true, attributeFilter: ["class", "style", "hidden"], childList: true, subtree: true };
  observer.observe(document, seen);
  const root = field.getRootNode();
  if (root !== document) observer.observe(root, seen);
  timer = setTimeout(stop, departsWithinMs);
  return { stop };
}
