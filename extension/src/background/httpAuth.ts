/**
 * The dialog of HTTP itself (Basic and Digest, RFC 7617 and 7616): a page that asks for user name and password before there is a page. It
 * is answered from the vault once the person chose in the popup; whatever is not for us, and a second question for the same page, is the
 * browser's own dialog.
 */

import { onAuthRequired } from "../shared/browser.ts";
import type { AuthAnswer, AuthQuestion } from "../shared/browser.ts";
import type { Outcome, PageContext } from "../shared/messages.ts";
import { hostOf, originOf } from "../shared/origin.ts";
import type { Confirmation } from "../shared/protocol.ts";
import type { Pause } from "./pause.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal, whyRefused } from "./problem.ts";

/** The browser shows its own dialog. */
const own: AuthAnswer = {};
const schemes = ["basic", "digest"];
/** A program that does not answer must not keep the person from the browser's dialog. */
const answersWithinMs = 800;
/** A page is not held up for ever by a popup that nobody looks at. */
const chosenWithinMs = 2 * 60_000;

export interface HttpAuthParts {
  readonly host: Pick<HostConnection, "request" | "unlocked">;
  readonly pause: Pick<Pause, "on">;
  /** Opens the popup over the active tab. Returns whether it is open. */
  readonly openPopup: () => Promise<boolean>;
}

interface Waiting {
  readonly origin: string;
  readonly answer: (answer: AuthAnswer) => void;
}

export class HttpAuth {
  readonly #parts: HttpAuthParts;
  /** The pages that wait, by tab. */
  readonly #waiting = new Map<number, Waiting>();
  /** The last request of each tab that was answered from the vault: asked again, what was given was wrong. */
  readonly #answered = new Map<number, string>();

  constructor(parts: HttpAuthParts) {
    this.#parts = parts;
  }

  /** Registers with the browser: in the first turn of the background. */
  listen(): void {
    onAuthRequired((question) => this.ask(question));
  }

  /** Resolves with what the person chose, or with nothing, for the browser's own dialog. */
  async ask({ requestId, tabId, type, url, isProxy, scheme }: AuthQuestion): Promise<AuthAnswer> {
    const origin = originOf(url);
    const again = this.#answered.get(tabId) === requestId;
    // Pictures and scripts of others may ask too: a person would not know for whom they answer.
    if (again || isProxy || tabId < 0 || type !== "main_frame" || origin === null) return own;
    if (!schemes.includes(scheme.toLowerCase()) || !(await this.#isWanted(origin))) return own;
    return await new Promise((resolve) => {
      this.#settle(tabId, own);
      const timer = setTimeout(() => this.#settle(tabId, own), chosenWithinMs);
      const answer = (given: AuthAnswer) => {
        clearTimeout(timer);
        if (given.authCredentials !== undefined) this.#answered.set(tabId, requestId);
        resolve(given);
      };
      this.#waiting.set(tabId, { origin, answer });
      void this.#parts.openPopup().then((isOpen) => isOpen || this.#settle(tabId, own));
    });
  }

  /** Whether the page of a tab waits. */
  isAsking(tabId: number): boolean {
    return this.#waiting.has(tabId);
  }

  /** Returns the page that waits as the popup shows it, or null if none does in that tab. Throws HostRefusal, HostProblem. */
  async pageContext(tabId: number): Promise<PageContext | null> {
    const waiting = this.#waiting.get(tabId);
    if (waiting === undefined) return null;
    const host = hostOf(waiting.origin);
    const page = {
      origin: waiting.origin,
      host,
      top: host,
      never: false,
      newForm: null,
      outgrown: [],
      byHttp: true,
    } as const;
    if (!this.#parts.host.unlocked) return { ...page, insecure: false, items: [] };
    const { items, insecure } = await this.#parts.host.request("match", { origin: waiting.origin, ancestors: [] });
    return { ...page, insecure, items };
  }

  /** Gives the waiting page an item's user name and password. Throws HostRefusal of any kind but `refused`, HostProblem. */
  async fill(tabId: number, item: string, confirmed: readonly Confirmation[]): Promise<Outcome> {
    const waiting = this.#waiting.get(tabId);
    const host = waiting === undefined ? "" : hostOf(waiting.origin);
    if (waiting === undefined) return { kind: "refused", reason: "navigated", host, top: host, item };
    try {
      const body = { item, origin: waiting.origin, ancestors: [], cause: "person", confirmed } as const;
      const released = await this.#parts.host.request("fill", { ...body, fields: ["username", "password"] });
      const { username = "", password = "" } = released;
      this.#settle(tabId, { authCredentials: { username, password } });
      return { kind: "filled", item, title: released.item.title, host };
    } catch (error) {
      if (!(error instanceof HostRefusal) || error.kind !== "refused") throw error;
      return { kind: "refused", reason: whyRefused(error), host, top: host, item };
    }
  }

  /** The person would rather have the browser's dialog. */
  leave(tabId: number): void {
    this.#settle(tabId, own);
  }

  /** The popup that asked was closed. */
  leaveAll(): void {
    for (const tabId of [...this.#waiting.keys()]) this.#settle(tabId, own);
  }

  /** A tab was closed. */
  forget(tabId: number): void {
    this.#settle(tabId, own);
    this.#answered.delete(tabId);
  }

  #settle(tabId: number, answer: AuthAnswer): void {
    const waiting = this.#waiting.get(tabId);
    this.#waiting.delete(tabId);
    waiting?.answer(answer);
  }

  async #isWanted(origin: string): Promise<boolean> {
    const { host, pause } = this.#parts;
    if (await pause.on) return false;
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), answersWithinMs));
    try {
      const found = await Promise.race([host.request("match", { origin, ancestors: [] }), late]);
      return found !== null && !found.never && found.items.length > 0;
    } catch (error) {
      if (error instanceof HostProblem) return false;
      // A locked vault can be unlocked in the popup, and may have something.
      if (error instanceof HostRefusal) return error.kind === "locked";
      throw error;
    }
  }
}
