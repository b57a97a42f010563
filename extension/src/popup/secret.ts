/** A secret that is shown on request and hides again by itself. Only the page's text ever holds it. */

import { text } from "../shared/browser.ts";
import { el, icon, iconButton } from "../shared/ui/dom.ts";

const revealForSeconds = 30;
const hidden = "••••••••••";
const hiddenCode = "••• •••";

/** A one-time code, and how long it is still valid. */
export interface CodeNow {
  readonly code: string;
  readonly remainingSeconds: number;
}

export interface HiddenSecret {
  readonly value: HTMLElement;
  readonly button: HTMLButtonElement;
}

/**
 * Makes the place of a secret and the button that shows it.
 * @param status Counts the seconds that it is shown.
 * @param load Asks for it; null if it cannot be had.
 */
export function hiddenSecret(name: string, status: HTMLElement, load: () => Promise<string | null>): HiddenSecret {
  const value = el("span", { class: "dots" }, hidden);
  const before = status.textContent;
  let timer: ReturnType<typeof setInterval> | undefined;
  const hide = () => {
    clearInterval(timer);
    timer = undefined;
    value.className = "dots";
    value.replaceChildren(hidden);
    status.textContent = before;
    button.setAttribute("aria-pressed", "false");
    button.replaceChildren(icon("reveal"));
  };
  const show = async () => {
    const secret = await load();
    if (secret === null) return;
    value.className = "secret";
    value.replaceChildren(...coloured(secret));
    button.setAttribute("aria-pressed", "true");
    button.replaceChildren(icon("hide"));
    let left = revealForSeconds;
    status.textContent = text("hidesIn", left);
    timer = setInterval(() => {
      left--;
      status.textContent = text("hidesIn", left);
      if (left <= 0) hide();
    }, 1000);
  };
  const button = iconButton("reveal", text("revealField", name), () => (timer === undefined ? void show() : hide()), {
    "aria-pressed": "false",
    "data-reveals": true,
  });
  return { value, button };
}

export interface ShownCode extends HiddenSecret {
  /** Shows it as its button does. */
  readonly show: () => Promise<void>;
}

/**
 * Makes the place of a one-time code and the button that shows it: with the seconds that it is still valid, and the next
 * one after them, until it is hidden again.
 */
export function shownCode(name: string, load: () => Promise<CodeNow | null>): ShownCode {
  const code = el("span", { class: "dots" }, hiddenCode);
  const left = el("span", { class: "small muted", role: "timer" });
  const value = el("span", { class: "h" }, code, left);
  let timer: ReturnType<typeof setInterval> | undefined;
  const hide = () => {
    clearInterval(timer);
    timer = undefined;
    code.className = "dots";
    code.textContent = hiddenCode;
    left.textContent = "";
    button.setAttribute("aria-pressed", "false");
    button.replaceChildren(icon("reveal"));
  };
  const show = async () => {
    const found = await load();
    clearInterval(timer);
    if (found === null || (timer !== undefined && !code.isConnected)) return hide();
    const half = Math.ceil(found.code.length / 2);
    code.className = "secret";
    code.textContent = `${found.code.slice(0, half)} ${found.code.slice(half)}`;
    button.setAttribute("aria-pressed", "true");
    button.replaceChildren(icon("hide"));
    const endsAt = Date.now() + found.remainingSeconds * 1000;
    const tick = () => {
      const seconds = Math.ceil((endsAt - Date.now()) / 1000);
      left.textContent = text("secondsLeft", Math.max(0, seconds));
      if (!code.isConnected) hide();
      else if (seconds <= 0) void show();
    };
    timer = setInterval(tick, 1000);
    tick();
  };
  const button = iconButton("reveal", text("revealField", name), () => (timer === undefined ? void show() : hide()), {
    "aria-pressed": "false",
    "data-reveals": true,
  });
  return { value, button, show };
}

/** Returns the characters, digits and symbols in colours of their own. */
export function coloured(secret: string): readonly Node[] {
  return [...secret].map((character) => {
    const kind = /\p{N}/u.test(character) ? "d" : /\p{L}/u.test(character) ? "" : "y";
    return el("span", { class: kind }, character);
  });
}
