/**
 * What the person teaches of a site's forms: from the browser's own menu to the vault, and from there to each document of that site.
 * No page can teach: only the menu does, which it neither sees nor opens by itself.
 */

import { browser } from "../shared/browser.ts";
import { parseTeachAnswer } from "../shared/contentMessages.ts";
import type { FormsAnswer, FillOrder, PageReason, TaughtRule, ToContent } from "../shared/contentMessages.ts";
import type { Outcome } from "../shared/messages.ts";
import { hostOf } from "../shared/origin.ts";
import type { TaughtField, TaughtName, TaughtRole } from "../shared/protocol.ts";
import type { Documents, PageDocument } from "./documents.ts";
import { forget, keep, recall } from "./memory.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal } from "./problem.ts";

const shownForMs = 2 * 60_000;

export class Teaching {
  readonly #host: HostConnection;
  readonly #documents: Documents;
  /** All that was taught; null when it has to be asked for. */
  #all: Promise<readonly TaughtField[]> | null = null;

  constructor(host: HostConnection, documents: Documents) {
    this.#host = host;
    this.#documents = documents;
  }

  /** Asks the vault again at the next need: it was changed, or another one is open. */
  reset(): void {
    this.#all = null;
  }

  /**
   * Answers a document that told its forms. Null while the vault is locked: then nobody knows what was taught.
   * @param taught What the document goes by; as long as that is something else, it is given no order.
   */
  async answer(
    target: PageDocument,
    taught: string,
    order: () => Promise<FillOrder | null>,
  ): Promise<FormsAnswer | null> {
    if (!this.#host.unlocked) return null;
    const rules = (await this.#known()).filter(isOf(target.origin)).map(ruleOf);
    if (JSON.stringify(rules) !== taught) return { taught: rules };
    const found = await order();
    return found === null ? {} : { order: found };
  }

  /** Returns what was taught in a document and fits it no more. */
  async outgrown({ origin, outgrown }: PageDocument): Promise<readonly TaughtName[]> {
    if (outgrown.length === 0 || !this.#host.unlocked) return [];
    return (await this.#known())
      .filter(isOf(origin))
      .filter(({ form }) => outgrown.includes(form))
      .map(nameOf);
  }

  /**
   * Teaches the field of a frame that the person opened the menu on, once the vault is open, and keeps what became of it for the popup.
   * @throws HostRefusal, HostProblem.
   */
  async teach(tabId: number, frameId: number, role: TaughtRole): Promise<void> {
    const target = (await this.#documents.survey(tabId)).find((each) => each.frameId === frameId);
    const said = target === undefined ? null : await ask(target, role);
    if (target === undefined || said === null) return await this.#refused(tabId, target, "teachNoField");
    if ("refused" in said) return await this.#refused(tabId, target, said.refused);
    await keep("teaching", { tabId, origin: target.origin, field: { role, ...said }, until: Date.now() + shownForMs });
    if (this.#host.unlocked) await this.resume();
  }

  /**
   * Goes on with what the person taught while the vault was locked. Returns what became of it; null if there was nothing.
   * @throws HostRefusal, HostProblem.
   */
  async resume(): Promise<Outcome | null> {
    const kept = await recall("teaching");
    await forget("teaching");
    if (kept === null || kept.until < Date.now()) return null;
    const { tabId, origin, field } = kept;
    const { taught } = await this.#host.request("teach", { origin, ...field });
    this.#all = Promise.resolve(taught);
    // The document goes by it from now on.
    const [target] = (await this.#documents.survey(tabId)).filter((each) => each.origin === origin);
    const name = taught.filter(isOf(origin)).find(({ role, form }) => role === field.role && form === field.form);
    if (name === undefined) return null;
    return await keepOutcome(tabId, target, { kind: "taught", name: nameOf(name) });
  }

  /** Forgets fields. Throws HostRefusal, HostProblem. */
  async forget(names: readonly TaughtName[]): Promise<readonly TaughtField[]> {
    for (const name of names) await this.#host.request("taught", { remove: name }).catch(onlyGone);
    const { taught } = await this.#host.request("taught", {});
    this.#all = Promise.resolve(taught);
    return taught;
  }

  /** Takes back that a field was forgotten. Throws HostRefusal, HostProblem. */
  async again({ hostname, ...rule }: TaughtField): Promise<readonly TaughtField[]> {
    const { taught } = await this.#host.request("teach", { origin: `https://${hostname}`, ...rule });
    this.#all = Promise.resolve(taught);
    return taught;
  }

  #known(): Promise<readonly TaughtField[]> {
    this.#all ??= this.#host.request("taught", {}).then(
      ({ taught }) => taught,
      (error: unknown) => {
        this.#all = null;
        if (error instanceof HostRefusal || error instanceof HostProblem) return [];
        throw error;
      },
    );
    return this.#all;
  }

  async #refused(tabId: number, target: PageDocument | undefined, reason: PageReason): Promise<void> {
    const { url } = await browser.tabs.get(tabId);
    const top = url !== undefined && URL.canParse(url) ? new URL(url).host : "";
    const host = target === undefined ? top : hostOf(target.origin);
    await keepOutcome(tabId, target, { kind: "refused", reason, host, top });
  }
}

/** Asks a document which field the person pointed at. Null if it has gone, or what answered is no content script of ours. */
async function ask(
  { tabId, frameId, documentId, token }: PageDocument,
  role: TaughtRole,
): Promise<Omit<TaughtRule, "role"> | { readonly refused: PageReason } | null> {
  const message: ToContent = { type: "teach", document: token, role };
  try {
    const answer: unknown = await browser.tabs.sendMessage(tabId, message, documentId ? { documentId } : { frameId });
    const { form, field, page, refused } = parseTeachAnswer(answer);
    if (refused !== undefined) return { refused };
    return form === undefined || field === undefined || page === undefined ? null : { form, field, page };
  } catch {
    return null;
  }
}

async function keepOutcome(tabId: number, target: PageDocument | undefined, outcome: Outcome): Promise<Outcome> {
  const until = Date.now() + shownForMs;
  await keep(`outcome:${tabId}`, { outcome, document: target?.token ?? "", fields: [], until });
  return outcome;
}

function isOf(origin: string): (field: TaughtField) => boolean {
  const { hostname } = new URL(origin);
  return (field) => field.hostname === hostname;
}

function ruleOf({ role, form, field, page }: TaughtField): TaughtRule {
  return { role, form, field, page };
}

function nameOf({ hostname, role, form }: TaughtField): TaughtName {
  return { hostname, role, form };
}

/** It was forgotten elsewhere meanwhile, which is what was wanted. */
function onlyGone(error: unknown): void {
  if (!(error instanceof HostRefusal && error.kind === "notFound")) throw error;
}
