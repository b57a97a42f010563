/**
 * The way of a sign-in to the vault: what the person typed goes to the host at once and is kept nowhere else; when the page has gone
 * on, the host compares; what is new or different is offered in the popup.
 */

import { browser, text } from "../shared/browser.ts";
import type { Typed } from "../shared/contentMessages.ts";
import { hostOf, originOf } from "../shared/origin.ts";
import type { CapturedItem, CaptureOffer, Reply } from "../shared/protocol.ts";
import type { Documents, PageDocument } from "./documents.ts";
import { forget, keep, recall } from "./memory.ts";
import type { Pause } from "./pause.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal } from "./problem.ts";
import { stillAsks } from "./signInOver.ts";

/** As long as the host keeps a capture. */
const keptForMs = 5 * 60_000;
/** Pages that draw their form once more after they have loaded do so within this time. */
const settledAfterMs = 1000;
/** How often a page is asked again that gives no answer. */
const answerTries = 5;
const notificationId = "latchkey-sign-in";

export interface SignInParts {
  readonly host: HostConnection;
  readonly documents: Documents;
  readonly pause: Pause;
  /** Opens the popup over the active tab. Returns whether it is open. */
  readonly openPopup: () => Promise<boolean>;
  /** Draws the toolbar of a tab anew. */
  readonly show: (tabId: number) => Promise<void>;
}

export class SignIns {
  readonly #parts: SignInParts;
  /** The tabs that are being looked at, and whether their page changed meanwhile. */
  readonly #looking = new Map<number, boolean>();

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Hands what was typed to the host. It is kept by it alone, sealed, for some minutes. */
  async capture(target: PageDocument, typed: Typed): Promise<void> {
    const { host, documents, pause } = this.#parts;
    const { tabId, origin } = target;
    if (await pause.on) return;
    const ancestors = await documents.ancestors(target);
    if (ancestors === null) return;
    if (!(await attempt(() => host.request("capture", { key: keyOf(tabId), origin, ancestors, ...typed })))) return;
    // A user name alone is the first of several steps.
    if (typed.password === undefined && typed.newPassword === undefined) return;
    await this.#forgetDraft(tabId);
    const at = Date.now();
    await keep(`sign:${tabId}`, { state: "sent", form: typed.form, origin, at, until: at + keptForMs });
    // The page may have gone on while the host was asked.
    await this.look(tabId);
  }

  /**
   * Looks whether the sign-in of a tab went through, and offers it then. Called whenever its page has changed.
   * @param isNew It is a new document that shows what the sign-in came to.
   */
  async look(tabId: number, isNew = false): Promise<void> {
    if (isNew) await this.#helpIfRefused(tabId);
    if (this.#looking.has(tabId)) {
      this.#looking.set(tabId, true);
      return;
    }
    try {
      do {
        this.#looking.set(tabId, false);
        await this.#lookOnce(tabId);
      } while (this.#looking.get(tabId) === true);
    } finally {
      this.#looking.delete(tabId);
    }
  }

  /** What can be saved of a tab's sign-in; null if nothing, or while the vault is locked. */
  async offerOf(tabId: number): Promise<CaptureOffer | null> {
    const sign = await recall(`sign:${tabId}`);
    if (sign?.state !== "over" || !this.#parts.host.unlocked) return null;
    // A new password that waited for it to work is the item's now, and nothing is left to be asked.
    if (sign.form === "login") await attempt(() => this.#parts.host.request("promote", { key: keyOf(tabId) }));
    const offer = sign.until < Date.now() ? undefined : await this.#captured(tabId);
    if (offer === undefined) await this.forget(tabId);
    return offer ?? null;
  }

  /** What was changed in the offer of a tab before the popup closed; null if nothing. Throws HostRefusal, HostProblem. */
  async draftOf(tabId: number): Promise<string | null> {
    return (await this.#parts.host.request("draft", { key: draftOf(tabId) })).value ?? null;
  }

  /** Keeps what was changed in the offer of a tab, with the host and nowhere else. Throws HostRefusal, HostProblem. */
  async keepDraft(tabId: number, text: string): Promise<void> {
    await this.#parts.host.request("draft", { key: draftOf(tabId), set: text });
  }

  /** The password that would be saved. Throws HostRefusal, HostProblem. */
  async reveal(tabId: number): Promise<Reply<"revealCaptured">> {
    return await this.#parts.host.request("revealCaptured", { key: keyOf(tabId), purpose: "show" });
  }

  /** The hostname of a tab's sign-in that waits for the vault; null if none does. */
  async waitingIn(tabId: number): Promise<string | null> {
    const sign = await recall(`sign:${tabId}`);
    return sign?.state === "over" && sign.until >= Date.now() && !this.#parts.host.unlocked
      ? hostOf(sign.origin)
      : null;
  }

  /** Whether the toolbar says that a tab's sign-in can be saved. */
  async isOffered(tabId: number): Promise<boolean> {
    const sign = await recall(`sign:${tabId}`);
    return sign?.state === "over" && sign.offered === true && sign.until >= Date.now();
  }

  /** Saves. Throws HostRefusal, HostProblem. */
  async keep(
    tabId: number,
    where: { readonly into: string } | { readonly set: CapturedItem },
  ): Promise<Reply<"keepCaptured">> {
    const kept = await this.#parts.host.request("keepCaptured", { key: keyOf(tabId), ...where });
    await this.#end(tabId);
    return kept;
  }

  /** Lets a tab's sign-in go, and with `never` all that follow on its site. Throws HostRefusal, HostProblem. */
  async drop(tabId: number, never: boolean): Promise<void> {
    const sign = await recall(`sign:${tabId}`);
    if (never && sign !== null) await this.#parts.host.request("site", { origin: sign.origin, never: true });
    await this.forget(tabId);
  }

  /** Lets a tab's sign-in go: it was closed, or there is nothing to save. */
  async forget(tabId: number): Promise<void> {
    if ((await recall(`sign:${tabId}`)) === null) return;
    await this.#end(tabId);
    await attempt(() => this.#parts.host.request("captured", { key: keyOf(tabId), forget: true }));
  }

  async #lookOnce(tabId: number): Promise<void> {
    const sign = await recall(`sign:${tabId}`);
    if (sign === null || sign.state !== "sent" || !(await this.#isOver(tabId))) return;
    await settled();
    const now = await recall(`sign:${tabId}`);
    if (now?.state !== "sent" || now.at !== sign.at || !(await this.#isOver(tabId))) return;
    await keep(`sign:${tabId}`, { ...now, state: "over" });
    await this.#offer(tabId);
  }

  /** The page asks for the password once more, and one of its items has a new one waiting: the popup offers that. */
  async #helpIfRefused(tabId: number): Promise<void> {
    const { host } = this.#parts;
    const sign = await recall(`sign:${tabId}`);
    if (sign?.state !== "sent" || sign.form !== "login" || !host.unlocked) return;
    const seen = await this.#parts.documents.describe(tabId, true);
    if (seen === null || !stillAsks("login", seen)) return;
    await attempt(async () => {
      const { items } = await host.request("match", { origin: sign.origin, ancestors: [] });
      if (!items.some(({ hasNewPassword }) => hasNewPassword === true)) return;
      if ((await browser.tabs.get(tabId)).active) await this.#parts.openPopup();
    });
  }

  async #forgetDraft(tabId: number): Promise<void> {
    const { host } = this.#parts;
    const sign = await recall(`sign:${tabId}`);
    if (sign?.offered !== true || !host.unlocked) return;
    await attempt(() => host.request("draft", { key: draftOf(tabId), set: "" }));
  }

  async #end(tabId: number): Promise<void> {
    await this.#forgetDraft(tabId);
    await forget(`sign:${tabId}`);
    await browser.notifications.clear(notificationId);
    await this.#parts.show(tabId);
  }

  async #isOver(tabId: number): Promise<boolean> {
    for (let tries = 0; tries <= answerTries; tries++) {
      const sign = await recall(`sign:${tabId}`);
      if (sign === null || sign.until < Date.now()) return false;
      const tab = await browser.tabs.get(tabId).catch(() => null);
      if (tab === null || tab.status === "loading" || originOf(tab.url) === null) return false;
      const seen = await this.#parts.documents.describe(tabId, true);
      if (seen !== null) return !stillAsks(sign.form, seen);
      // A page that is busy with itself: when it has done, nothing says so.
      await settled();
    }
    return false;
  }

  async #offer(tabId: number): Promise<void> {
    const offer = await this.offerOf(tabId);
    const sign = await recall(`sign:${tabId}`);
    if (offer === null || sign === null) return;
    await keep(`sign:${tabId}`, { ...sign, offered: true });
    await this.#parts.show(tabId);
    const { active } = await browser.tabs.get(tabId);
    if (active && (await this.#parts.openPopup())) return;
    await browser.notifications.create(notificationId, {
      type: "basic",
      iconUrl: browser.runtime.getURL("icons/mark-48.png"),
      title: text(`offer_${offer.kind}_title`),
      message: text("offerNotice", hostOf(offer.origin)),
    });
  }

  async #captured(tabId: number): Promise<CaptureOffer | undefined> {
    try {
      return (await this.#parts.host.request("captured", { key: keyOf(tabId) })).offer;
    } catch (error) {
      onlyExpected(error);
      return undefined;
    }
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, settledAfterMs));
}

function keyOf(tabId: number): string {
  return `tab-${tabId}`;
}

function draftOf(tabId: number): string {
  return `offer-${tabId}`;
}

/** Asks what may come to nothing: an older host does not know it, a locked one is no fault of the page. */
async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    onlyExpected(error);
    return false;
  }
}

function onlyExpected(error: unknown): void {
  if (!(error instanceof HostRefusal || error instanceof HostProblem)) throw error;
}
