/**
 * The way of a fill: a person's action or a page that was chosen for filling on load → the one document that asked →
 * the host's decision with the browser's own origins → that document, which checks again before it writes.
 */

import { browser } from "../shared/browser.ts";
import { hostOf } from "../shared/origin.ts";
import { parseFillResult } from "../shared/messages.ts";
import type {
  FillOrder,
  FillResult,
  NewPasswordPage,
  Outcome,
  PageContext,
  Reason,
  ToContent,
} from "../shared/messages.ts";
import type { Confirmation, MatchedItem } from "../shared/protocol.ts";
import type { Documents, PageDocument } from "./documents.ts";
import { forget, keep, recall } from "./memory.ts";
import type { Pause } from "./pause.ts";
import { chooseDocument, chooseItem, chooseNewForm, fieldsWanted, makesAccount } from "./plan.ts";
import type { HostConnection } from "./port.ts";
import { HostRefusal, whyRefused } from "./problem.ts";
import { newPasswordsOf } from "./waiting.ts";

/** What the person asked for. Without an item: the best match, or the next one when asked again. */
export interface FillRequest {
  readonly tabId: number;
  readonly frameId?: number;
  readonly item?: string;
  readonly confirmed?: readonly Confirmation[];
  /** With the new password that waits in the item. */
  readonly waiting?: true;
}

/** A second step after this is another sign-in. */
const secondStepWithinMs = 5 * 60_000;
const outcomeShownForMs = 2 * 60_000;

export class Filler {
  readonly #host: HostConnection;
  readonly #documents: Documents;
  readonly #pause: Pause;

  constructor(host: HostConnection, documents: Documents, pause: Pause) {
    this.#host = host;
    this.#documents = documents;
    this.#pause = pause;
  }

  /**
   * Fills because a person asked, and keeps what became of it for the popup.
   * @throws HostRefusal of any kind but `refused` (locked, rateLimited, notFound …), HostProblem.
   */
  async fill(request: FillRequest): Promise<Outcome> {
    const { tabId, frameId } = request;
    const target = chooseDocument(await this.#documents.survey(tabId), frameId);
    if (target === null) return await this.#refused(tabId, null, await this.#whyNone(tabId), request.item);
    const ancestors = await this.#documents.ancestors(target);
    if (ancestors === null) return await this.#refused(tabId, target, "opaque", request.item);
    const item = request.item ?? (await this.#nextItem(target, ancestors))?.id;
    if (item === undefined) return await this.#refused(tabId, target, "noMatch", undefined);
    return await this.#release(target, ancestors, item, request);
  }

  /** Returns the page as the popup shows it, or null for a page that has no web origin. */
  async pageContext(tabId: number, topOrigin: string | null): Promise<PageContext | null> {
    if (topOrigin === null) return null;
    const documents = await this.#documents.survey(tabId);
    const target = chooseDocument(documents);
    const ancestors = target === null ? [] : await this.#documents.ancestors(target);
    const [origin, above] = target !== null && ancestors !== null ? [target.origin, ancestors] : [topOrigin, []];
    const page = { origin, host: hostOf(origin), top: hostOf(topOrigin) };
    if (!this.#host.unlocked) return { ...page, insecure: false, items: [], never: false, newForm: null };
    const [{ items, insecure, never }, newForm] = await Promise.all([
      this.#host.request("match", { origin, ancestors: above }),
      this.#newForm(chooseNewForm(documents)),
    ]);
    return { ...page, insecure, items, never, newForm };
  }

  async #newForm(target: PageDocument | null): Promise<NewPasswordPage | null> {
    const form = target?.newForm ?? null;
    if (target === null || form === null) return null;
    const ancestors = form.kind === "change" ? await this.#documents.ancestors(target) : null;
    const found = ancestors === null ? null : await this.#host.request("match", { origin: target.origin, ancestors });
    return { host: hostOf(target.origin), form, items: found?.items ?? [] };
  }

  /**
   * Decides what a document that just announced its forms gets without being asked: the second step of a sign-in that
   * the person filled, or what they chose to have always filled here. Null if nothing.
   */
  async orderFor(target: PageDocument, load: boolean, active: boolean): Promise<FillOrder | null> {
    if (!this.#host.unlocked || !target.forms.some(({ password, username }) => password || username)) return null;
    if (await this.#pause.on) return null;
    // The hot path: one round trip to the host, nothing that takes time before it.
    const onLoad = load && target.frameId === 0 ? this.#onLoad(target) : null;
    return (await onLoad) ?? (active ? await this.#secondStep(target) : null);
  }

  /** Keeps what became of an order that answered an announcement. */
  async keepOutcome(target: PageDocument, result: FillResult): Promise<void> {
    const step = await recall(`step:${target.tabId}`);
    if (result.refused !== undefined && result.refused !== "occupied") {
      await this.#refused(target.tabId, target, result.refused, step?.item);
    }
  }

  async #onLoad(target: PageDocument): Promise<FillOrder | null> {
    const fields = fieldsWanted(target);
    const body = { origin: target.origin, ancestors: [], cause: "load", fields, confirmed: [] } as const;
    try {
      const { username, password } = await this.#host.request("fill", body);
      return order(target.origin, "load", username, password);
    } catch (error) {
      if (error instanceof HostRefusal) return null;
      throw error;
    }
  }

  async #secondStep(target: PageDocument): Promise<FillOrder | null> {
    const step = await recall(`step:${target.tabId}`);
    if (step === null) return null;
    if (step.until < Date.now()) return (await forget(`step:${target.tabId}`), null);
    if (step.origin !== target.origin || !target.forms.some(({ password }) => password)) return null;
    const ancestors = await this.#documents.ancestors(target);
    if (ancestors === null) return null;
    await forget(`step:${target.tabId}`);
    try {
      // Nothing is confirmed again: a step that needs a confirmation waits for the person.
      const released = await this.#host.request("fill", {
        item: step.item,
        origin: target.origin,
        ancestors,
        cause: "person",
        fields: ["password"],
        confirmed: [],
      });
      return order(target.origin, "step", undefined, released.password);
    } catch (error) {
      if (!(error instanceof HostRefusal)) throw error;
      if (error.kind === "refused") await this.#refused(target.tabId, target, whyRefused(error), step.item);
      return null;
    }
  }

  async #nextItem(target: PageDocument, ancestors: readonly string[]): Promise<MatchedItem | null> {
    const [{ items }, last] = await Promise.all([
      this.#host.request("match", { origin: target.origin, ancestors }),
      recall(`outcome:${target.tabId}`),
    ]);
    const again = last !== null && last.document === target.token && last.outcome.kind === "filled";
    return chooseItem(items, again ? last.outcome.item : undefined);
  }

  async #release(
    target: PageDocument,
    ancestors: readonly string[],
    item: string,
    { confirmed = [], waiting }: FillRequest,
  ): Promise<Outcome> {
    const fields = fieldsWanted(target);
    const which = waiting === undefined ? {} : { waiting };
    try {
      const body = { item, origin: target.origin, ancestors, cause: "person", fields, confirmed, ...which } as const;
      const [released, news] = await Promise.all([this.#host.request("fill", body), newPasswordsOf(this.#host)]);
      // Which of the two passwords works is seen by what becomes of the sign-in.
      const typed = news.some(({ id }) => id === item) ? ({ typed: true } as const) : {};
      const values = order(target.origin, "person", released.username, released.password);
      const result = await deliver(target, { ...values, ...typed });
      if (result.refused !== undefined) return await this.#refused(target.tabId, target, result.refused, item);
      if (!fields.includes("password")) await this.#keepStep(target, item);
      const { title } = released.item;
      return await keepOutcome(target, { kind: "filled", item, title, host: hostOf(target.origin) });
    } catch (error) {
      if (!(error instanceof HostRefusal) || error.kind !== "refused") throw error;
      return await this.#refused(target.tabId, target, whyRefused(error), item);
    }
  }

  /** Nothing can be filled: because what is there makes an account, or because there is nothing. */
  async #whyNone(tabId: number): Promise<Reason> {
    return makesAccount((await this.#documents.describe(tabId)) ?? []) ? "signup" : "noForm";
  }

  #keepStep(target: PageDocument, item: string): Promise<void> {
    return keep(`step:${target.tabId}`, { item, origin: target.origin, until: Date.now() + secondStepWithinMs });
  }

  async #refused(tabId: number, target: PageDocument | null, reason: Reason, item?: string): Promise<Outcome> {
    const { url } = await browser.tabs.get(tabId);
    const top = url !== undefined && URL.canParse(url) ? new URL(url).host : "";
    const about = { reason, top, host: target === null ? top : hostOf(target.origin) };
    const outcome: Outcome = { kind: "refused", ...about, ...(item === undefined ? {} : { item }) };
    return await keepOutcome(target ?? { tabId, token: "" }, outcome);
  }
}

async function keepOutcome(target: Pick<PageDocument, "tabId" | "token">, outcome: Outcome): Promise<Outcome> {
  await keep(`outcome:${target.tabId}`, { outcome, document: target.token, until: Date.now() + outcomeShownForMs });
  return outcome;
}

/** Sends values to exactly the document that they were released for. A document that has gone gets nothing. */
export async function deliver(target: PageDocument, values: FillOrder): Promise<FillResult> {
  const { tabId, frameId, documentId } = target;
  const message: ToContent = { type: "fill", document: target.token, order: values };
  try {
    return parseFillResult(await browser.tabs.sendMessage(tabId, message, documentId ? { documentId } : { frameId }));
  } catch {
    // Nobody of that name is there any more, or somebody else answered: in both cases nothing was written.
    return { filled: [], refused: "navigated" };
  }
}

function order(origin: string, cause: FillOrder["cause"], username?: string, password?: string): FillOrder {
  return {
    origin,
    cause,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}
