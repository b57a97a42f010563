/**
 * The way of a fill: a person's action or a page that was chosen for filling on load → the one document that asked →
 * the host's decision with the browser's own origins → that document, which checks again before it writes.
 */

import { browser } from "../shared/browser.ts";
import { hostOf } from "../shared/origin.ts";
import { parseFillResult } from "../shared/contentMessages.ts";
import type { FillOrder, FillResult, Reason, ToContent } from "../shared/contentMessages.ts";
import type { NewPasswordPage, Outcome, PageContext, ToPopup } from "../shared/messages.ts";
import type { Confirmation, FillField, Reply } from "../shared/protocol.ts";
import type { Documents, PageDocument } from "./documents.ts";
import { forget, keep, recall } from "./memory.ts";
import type { Pause } from "./pause.ts";
import {
  chooseDocument,
  chooseItem,
  chooseItemForCode,
  chooseNewForm,
  fieldsWanted,
  itemOfUser,
  makesAccount,
  orderForCode,
} from "./plan.ts";
import type { HostConnection } from "./port.ts";
import { HostRefusal, whyRefused } from "./problem.ts";
import type { Teaching } from "./teaching.ts";

/** What the person asked for. Without an item: the best match, or the next one when asked again. */
export interface FillRequest {
  readonly tabId: number;
  readonly frameId?: number;
  readonly item?: string;
  readonly confirmed?: readonly Confirmation[];
  /** With the new password that waits in the item. */
  readonly waiting?: true;
}

/** A further step after this is another sign-in. */
const nextStepWithinMs = 5 * 60_000;
const outcomeShownForMs = 2 * 60_000;

export interface FillerParts {
  readonly host: HostConnection;
  readonly documents: Documents;
  readonly pause: Pause;
  readonly teaching: Teaching;
  readonly tell: (message: ToPopup) => Promise<void>;
}

export class Filler {
  readonly #host: HostConnection;
  readonly #documents: Documents;
  readonly #pause: Pause;
  readonly #teaching: Teaching;
  readonly #tell: (message: ToPopup) => Promise<void>;

  constructor({ host, documents, pause, teaching, tell }: FillerParts) {
    this.#host = host;
    this.#documents = documents;
    this.#pause = pause;
    this.#teaching = teaching;
    this.#tell = tell;
  }

  /**
   * Fills because a person asked, and keeps what became of it for the popup.
   * @throws HostRefusal of any kind but `refused` (locked, rateLimited, notFound …), HostProblem.
   */
  async fill(request: FillRequest): Promise<Outcome> {
    const { tabId, frameId } = request;
    const choose = (documents: readonly PageDocument[]) => chooseDocument(documents, frameId);
    const target = choose(await this.#documents.survey(tabId, (documents) => choose(documents) !== null));
    if (target === null) return await this.#refused(tabId, null, await this.#whyNone(tabId), request.item);
    const ancestors = await this.#documents.ancestors(target);
    if (ancestors === null) return await this.#refused(tabId, target, "opaque", request.item);
    const fields = fieldsWanted(target);
    const item = request.item ?? (await this.#nextItem(target, ancestors, fields));
    if (item === null) return await this.#refused(tabId, target, "noMatch");
    if (item === "noCode") return await this.#refused(tabId, target, "noCode");
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
    if (!this.#host.unlocked) return { ...page, insecure: false, items: [], never: false, newForm: null, outgrown: [] };
    const [{ items, insecure, never }, newForm, outgrown] = await Promise.all([
      this.#host.request("match", { origin, ancestors: above }),
      this.#newForm(chooseNewForm(documents)),
      Promise.all(documents.map((each) => this.#teaching.outgrown(each))),
    ]);
    const isForCode = target !== null && asksCode(fieldsWanted(target));
    const ordered = isForCode ? orderForCode(items, await this.#account(tabId)) : items;
    return { ...page, insecure, items: ordered, never, newForm, outgrown: outgrown.flat() };
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

  /** Takes note of whose sign-in the person typed, if one item alone can be meant: a code may be asked next. */
  async noteSignIn(target: PageDocument, username: string): Promise<void> {
    const ancestors = await this.#documents.ancestors(target);
    if (ancestors === null || !this.#host.unlocked) return;
    try {
      const { items } = await this.#host.request("match", { origin: target.origin, ancestors });
      const item = itemOfUser(items, username, await this.#account(target.tabId));
      // Somebody whose item is not known is nobody that was filled before.
      if (item === undefined) await forget(`account:${target.tabId}`);
      else await this.#keepAccount(target, item);
    } catch (error) {
      if (!(error instanceof HostRefusal)) throw error;
    }
  }

  async #onLoad(target: PageDocument): Promise<FillOrder | null> {
    const fields = fieldsWanted(target);
    // Never a code: the person is in its field.
    if (asksCode(fields)) return null;
    const body = { origin: target.origin, ancestors: [], cause: "load", fields, confirmed: [] } as const;
    try {
      const { item, username, password } = await this.#host.request("fill", body);
      void this.#keepAccount(target, item.id);
      return order(target.origin, "load", { username, password });
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
      await this.#keepAccount(target, step.item);
      return order(target.origin, "step", { password: released.password });
    } catch (error) {
      if (!(error instanceof HostRefusal)) throw error;
      if (error.kind === "refused") await this.#refused(target.tabId, target, whyRefused(error), step.item);
      return null;
    }
  }

  async #nextItem(
    target: PageDocument,
    ancestors: readonly string[],
    fields: readonly FillField[],
  ): Promise<string | "noCode" | null> {
    const [{ items }, kept] = await Promise.all([
      this.#host.request("match", { origin: target.origin, ancestors }),
      recall(`outcome:${target.tabId}`),
    ]);
    // A code after a password is the next step and not the next item.
    const again = kept?.document === target.token && asksCode(kept.fields) === asksCode(fields);
    const last = again && kept.outcome.kind === "filled" ? kept.outcome.item : undefined;
    if (!asksCode(fields)) return chooseItem(items, last)?.id ?? null;
    if (items.length === 0) return null;
    return chooseItemForCode(items, await this.#account(target.tabId), last)?.id ?? "noCode";
  }

  /** The item that the person is signing in with in this tab. */
  async #account(tabId: number): Promise<string | undefined> {
    const kept = await recall(`account:${tabId}`);
    return kept !== null && kept.until > Date.now() ? kept.item : undefined;
  }

  #keepAccount({ tabId }: PageDocument, item: string): Promise<void> {
    return keep(`account:${tabId}`, { item, until: Date.now() + nextStepWithinMs });
  }

  async #release(
    target: PageDocument,
    ancestors: readonly string[],
    item: string,
    { item: chosen, confirmed = [], waiting }: FillRequest,
  ): Promise<Outcome> {
    const fields = fieldsWanted(target);
    const which = waiting === undefined || asksCode(fields) ? {} : { waiting };
    try {
      const body = { item, origin: target.origin, ancestors, cause: "person", fields, confirmed, ...which } as const;
      const released = await this.#host.request("fill", body);
      await this.#isGood(released);
      // Which of the two passwords works is seen by what becomes of the sign-in.
      const typed = released.item.hasNewPassword === true ? ({ typed: true } as const) : {};
      const result = await deliver(target, { ...order(target.origin, "person", released), ...typed });
      if (result.refused !== undefined) return await this.#refused(target.tabId, target, result.refused, item);
      // Whose code was guessed is not known by that.
      if (chosen !== undefined || !asksCode(fields)) await this.#keepAccount(target, item);
      if (fields.includes("username") && !fields.includes("password")) await this.#keepStep(target, item);
      const { title } = released.item;
      return await keepOutcome(target, { kind: "filled", item, title, host: hostOf(target.origin) }, fields);
    } catch (error) {
      if (!(error instanceof HostRefusal) || error.kind !== "refused") throw error;
      const reason = whyRefused(error);
      const isMissing = reason === "noField" && asksCode(fields);
      return await this.#refused(target.tabId, target, isMissing ? "noCode" : reason, item);
    }
  }

  /** Waits until a released code is good: the next one is released when this moment's is about to end. */
  async #isGood({ periodSeconds = 0, remainingSeconds = 0 }: Reply<"fill">): Promise<void> {
    const waitMs = Math.max(0, remainingSeconds - periodSeconds) * 1000;
    if (waitMs === 0) return;
    await this.#tell({ type: "codeWaits", until: Date.now() + waitMs });
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }

  /** Nothing can be filled: because what is there makes an account, or because there is nothing. */
  async #whyNone(tabId: number): Promise<Reason> {
    return makesAccount((await this.#documents.describe(tabId)) ?? []) ? "signup" : "noForm";
  }

  #keepStep(target: PageDocument, item: string): Promise<void> {
    return keep(`step:${target.tabId}`, { item, origin: target.origin, until: Date.now() + nextStepWithinMs });
  }

  async #refused(tabId: number, target: PageDocument | null, reason: Reason, item?: string): Promise<Outcome> {
    const { url } = await browser.tabs.get(tabId);
    const top = url !== undefined && URL.canParse(url) ? new URL(url).host : "";
    const about = { reason, top, host: target === null ? top : hostOf(target.origin) };
    const outcome: Outcome = { kind: "refused", ...about, ...(item === undefined ? {} : { item }) };
    return await keepOutcome(target ?? { tabId, token: "" }, outcome);
  }
}

async function keepOutcome(
  target: Pick<PageDocument, "tabId" | "token">,
  outcome: Outcome,
  fields: readonly FillField[] = [],
): Promise<Outcome> {
  const until = Date.now() + outcomeShownForMs;
  await keep(`outcome:${target.tabId}`, { outcome, document: target.token, fields, until });
  return outcome;
}

function asksCode(fields: readonly FillField[]): boolean {
  return fields.includes("code");
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

function order(
  origin: string,
  cause: FillOrder["cause"],
  { username, password, code }: { readonly [Name in FillField]?: string | undefined },
): FillOrder {
  return {
    origin,
    cause,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(code === undefined ? {} : { code }),
  };
}
