/**
 * The documents of a tab, as their content scripts announced them and as the browser names them. A worker that was
 * evicted loses this, and loses nothing: every fill by a person asks all frames of the tab again first.
 */

import { browser } from "../shared/browser.ts";
import { parseSeenForms } from "../shared/contentMessages.ts";
import type { FormSummary, NewForm, SeenDocument, ToContent } from "../shared/contentMessages.ts";
import { originOf } from "../shared/origin.ts";

/** What a content script said of its document. */
export interface Told {
  readonly forms: readonly FormSummary[];
  /** The form that takes a new password, where the document was asked. */
  readonly newForm: NewForm | null;
  /** The fingerprints that were taught there and fit no form any more. */
  readonly outgrown: readonly string[];
}

/** One document with a content script in it. All but `token` and what it told are the browser's own words. */
export interface PageDocument extends Told {
  readonly tabId: number;
  readonly frameId: number;
  /** The browser's name of the document, where it has one. */
  readonly documentId: string | undefined;
  /** The name that the content script gave itself: tells a new document in the same frame from the old one. */
  readonly token: string;
  readonly origin: string;
}

const nothingTold: Told = { forms: [], newForm: null, outgrown: [] };

/** How often, and after how long each time, a page without a content script is asked again by a fill that somebody waits for. */
const startTries = 20;
const startPauseMs = 50;

/** A frame that does not answer must not hold up the fill of another one, nor the popup. */
const announceWithinMs = 800;

/** A page that is still busy with itself is waited for this long when the person asked for a fill and nothing else can be filled. */
const busyWithinMs = 5000;

/** In UTF-16 units. What the detector reads of a page is bounded, and so is what it says of it. */
const maxReport = 1_000_000;

export class Documents {
  readonly #tabs = new Map<number, Map<number, PageDocument>>();

  /** Keeps what a content script announced. Returns null if the browser names no web origin for it. */
  record(sender: chrome.runtime.MessageSender, token: string, told: Told): PageDocument | null {
    const found = documentOf(sender, token, told);
    if (found === null) return null;
    const frames = this.#tabs.get(found.tabId) ?? new Map<number, PageDocument>();
    frames.set(found.frameId, found);
    this.#tabs.set(found.tabId, frames);
    return found;
  }

  /** Returns the document that a later message of the same content script is about, or null if it is not known. */
  find(sender: chrome.runtime.MessageSender, token: string): PageDocument | null {
    const found = this.#tabs.get(sender.tab?.id ?? -1)?.get(sender.frameId ?? 0);
    return found?.token === token ? found : null;
  }

  /**
   * Asks every frame of the tab for its forms, now.
   * @param suffices Whether what answered by then is enough, so that frames which still owe an answer are not waited for any longer.
   * @returns The documents that answered, top frame first.
   */
  async survey(
    tabId: number,
    suffices: (documents: readonly PageDocument[]) => boolean = () => true,
  ): Promise<readonly PageDocument[]> {
    this.#tabs.delete(tabId);
    const frames = (await browser.webNavigation.getAllFrames({ tabId })) ?? [];
    const answered = Promise.all(frames.map(({ frameId }) => this.#announce(tabId, frameId)));
    await Promise.race([answered, after(announceWithinMs)]);
    if (!suffices(this.#documentsOf(tabId))) await Promise.race([answered, after(busyWithinMs - announceWithinMs)]);
    // A page that was loaded just now may have no content script yet.
    const isThere = () => suffices(this.#documentsOf(tabId)) || this.#tabs.get(tabId)?.has(0) === true;
    for (let tries = 0; !isThere() && tries < startTries; tries++) {
      await after(startPauseMs);
      await Promise.race([this.#announce(tabId, 0), after(announceWithinMs)]);
    }
    return this.#documentsOf(tabId);
  }

  /**
   * Returns the origins above a document, parent first, top last, from the browser's own list of frames.
   * Null if one of them is no web origin (a sandboxed or data: frame): then nobody can say who frames the form.
   */
  async ancestors(target: PageDocument): Promise<readonly string[] | null> {
    if (target.frameId === 0) return [];
    const frames = new Map(
      ((await browser.webNavigation.getAllFrames({ tabId: target.tabId })) ?? []).map((each) => [each.frameId, each]),
    );
    const origins: string[] = [];
    for (let at = frames.get(target.frameId)?.parentFrameId; at !== -1; at = frames.get(at)?.parentFrameId) {
      if (at === undefined) return null;
      // about:srcdoc has no origin in its address; its content script has one by the browser's word. The address comes first: what is
      // known of a frame may be about the document before.
      const frame = frames.get(at);
      const known = this.#tabs.get(target.tabId)?.get(at);
      const inherited = known !== undefined && known.documentId === frame?.documentId ? known.origin : null;
      const origin = originOf(frame?.url) ?? inherited;
      if (origin === null) return null;
      origins.push(origin);
    }
    return origins;
  }

  /**
   * Asks every frame of the tab what the detector sees there, now.
   * @param waits Whether a page that is busy with itself is waited for.
   * @returns Each answer with the frame's origin; null if the top frame gave none: nobody can say what the page shows.
   */
  async describe(tabId: number, waits = false): Promise<readonly SeenDocument[] | null> {
    const documents = await this.survey(tabId, (found) => !waits || found[0]?.frameId === 0);
    if (documents[0]?.frameId !== 0) return null;
    return await Promise.all(documents.map(describe));
  }

  /** Forgets a closed tab. */
  forget(tabId: number): void {
    this.#tabs.delete(tabId);
  }

  #documentsOf(tabId: number): readonly PageDocument[] {
    return [...(this.#tabs.get(tabId)?.values() ?? [])].sort((one, other) => one.frameId - other.frameId);
  }

  async #announce(tabId: number, frameId: number): Promise<void> {
    await browser.tabs.sendMessage(tabId, { type: "announce" }, { frameId }).catch(noContentScript);
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Returns the document that a message came from, in the browser's words; null if it names no web origin for it. */
export function documentOf(
  sender: chrome.runtime.MessageSender,
  token: string,
  told: Told = nothingTold,
): PageDocument | null {
  const tabId = sender.tab?.id;
  const origin = originOf(sender.origin);
  if (tabId === undefined || origin === null) return null;
  return { tabId, frameId: sender.frameId ?? 0, documentId: sender.documentId, token, origin, ...told };
}

/** Asks a document what the detector sees in it. */
export async function describe({ tabId, frameId, documentId, origin }: PageDocument): Promise<SeenDocument> {
  const message: ToContent = { type: "describe" };
  try {
    const answer: unknown = await browser.tabs.sendMessage(tabId, message, documentId ? { documentId } : { frameId });
    return { origin, forms: parseSeenForms(answer) };
  } catch {
    // The document went, or what answered is no content script of ours.
    return { origin, forms: [] };
  }
}

/** Asks a document for its part of a report; empty if it has none. */
export async function reportedPage({ tabId, frameId, documentId }: PageDocument): Promise<string> {
  const message: ToContent = { type: "report" };
  try {
    const answer: unknown = await browser.tabs.sendMessage(tabId, message, documentId ? { documentId } : { frameId });
    return typeof answer === "string" && answer.length <= maxReport ? answer : "";
  } catch {
    return "";
  }
}

// The browser rejects for frames where no content script may run (about:, its own pages, a frame that just went).
function noContentScript(): void {}
