/**
 * The way of a passkey: a page asks → the popup asks the person, with the names that the browser gives → the host makes or signs → that
 * page gets it. A page that is none of ours to answer, or that the person sends elsewhere, is answered by the browser itself.
 */

import { browser, text } from "../shared/browser.ts";
import type { ContentMessage, PasskeyAnswer, PasskeyRequest } from "../shared/contentMessages.ts";
import type { PasskeyQuestion, PopupState } from "../shared/messages.ts";
import { hostOf } from "../shared/origin.ts";
import type { CapturedItem, Item } from "../shared/protocol.ts";
import type { Documents, PageDocument } from "./documents.ts";
import type { PasskeyModule } from "./passkeyModule.ts";
import type { Pause } from "./pause.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal } from "./problem.ts";

const notificationId = "latchkey-passkey";
const native: PasskeyAnswer = { is: "native" };
const notAllowed: PasskeyAnswer = { is: "refused", name: "NotAllowedError" };
const nothingAsked = { passkey: null, passkeysOffered: null, passkeyWaits: null } as const;

type Asked = ContentMessage & { readonly type: "passkey" };
type Get = PasskeyQuestion & { readonly kind: "get" };
type Create = PasskeyQuestion & { readonly kind: "create" };

/** A request that the person has not answered. It dies with the background: then the browser answers the page. */
interface Waiting {
  readonly id: string;
  /** The page's own number for it. */
  readonly number: number;
  readonly target: PageDocument;
  readonly ancestors: readonly string[];
  /** Some frame above has another origin: the person confirms both names. */
  readonly crossOrigin: boolean;
  readonly relyingParty: string;
  readonly request: PasskeyRequest;
  readonly answer: (answer: PasskeyAnswer) => void;
}

export interface PasskeyParts {
  readonly host: HostConnection;
  readonly documents: Documents;
  readonly pause: Pause;
  readonly module: PasskeyModule;
  /** Opens the popup over the active tab. Returns whether it is open. */
  readonly openPopup: () => Promise<boolean>;
  /** Tells an open popup that there is something new. */
  readonly changed: () => Promise<void>;
  /** Draws the toolbar of a tab anew. */
  readonly show: (tabId: number) => Promise<void>;
}

export class Passkeys {
  readonly #parts: PasskeyParts;
  /** At most one request of each sort in a tab: the newest. */
  readonly #asking = new Map<number, Waiting>();
  readonly #conditional = new Map<number, Waiting>();

  constructor(parts: PasskeyParts) {
    this.#parts = parts;
  }

  /** Whether the toolbar says that the page of a tab asks. */
  isAsking(tabId: number): boolean {
    return this.#asking.has(tabId);
  }

  /** Resolves when the person, the page or the browser has decided. */
  async ask(target: PageDocument, asked: Asked): Promise<PasskeyAnswer> {
    const { request } = asked;
    const place = await this.#placeOf(target, asked);
    if (place === null) return native;
    return await new Promise((answer) => {
      const id = crypto.randomUUID();
      const waiting: Waiting = { id, number: asked.question, target, ...place, request, answer };
      const kept = isConditional(request) ? this.#conditional : this.#asking;
      kept.get(target.tabId)?.answer(notAllowed);
      kept.set(target.tabId, waiting);
      if (!isConditional(request)) void this.#callPerson(waiting);
      else void this.#parts.changed();
    });
  }

  /** The page waits no longer: for one request, or for any. */
  async end(target: PageDocument, number?: number): Promise<void> {
    const waiting = this.#allOf(target.tabId).filter(
      (each) => each.target.token === target.token && (number === undefined || each.number === number),
    );
    await Promise.all(waiting.map((each) => this.#settle(each, notAllowed)));
  }

  /** A tab was closed. */
  forget(tabId: number): void {
    this.#asking.delete(tabId);
    this.#conditional.delete(tabId);
  }

  /** What the popup asks and offers. A request that turns out to be none of ours goes to the browser now. Throws HostRefusal, HostProblem. */
  async stateOf(tabId: number): Promise<Pick<PopupState, "passkey" | "passkeysOffered" | "passkeyWaits">> {
    const [asking, conditional] = [this.#asking.get(tabId), this.#conditional.get(tabId)];
    if (!this.#parts.host.unlocked) {
      return { ...nothingAsked, passkeyWaits: asking === undefined ? null : hostOf(asking.target.origin) };
    }
    const [passkey, offered] = await Promise.all([
      asking === undefined ? null : this.#questionOf(asking),
      conditional === undefined ? null : this.#questionOf(conditional),
    ]);
    return { ...nothingAsked, passkey, passkeysOffered: offered?.kind === "get" ? offered : null };
  }

  /** Gives the page what it asked for. Throws HostRefusal, HostProblem; then it goes on waiting. */
  async yes(
    tabId: number,
    id: string,
    where: { readonly item: string } | { readonly set: CapturedItem },
  ): Promise<Item | null> {
    const waiting = this.#require(tabId, id);
    const { host } = this.#parts;
    const { target, ancestors, crossOrigin, relyingParty, request } = waiting;
    const confirmed = crossOrigin ? (["frame"] as const) : [];
    const place = { origin: target.origin, ancestors, confirmed, relyingParty, challenge: request.challenge };
    if (request.kind === "create") {
      const { user, algorithms, exclude } = request;
      const wanted = { user: { id: user.id, name: user.name }, algorithms, exclude };
      const { item, ...made } = await host.request("createPasskey", { ...place, ...wanted, ...where });
      await this.#settle(waiting, { is: "created", ...made });
      return item;
    }
    if (!("item" in where)) throw notFound();
    const allow = request.allow === null ? {} : { allow: request.allow };
    const used = await host.request("usePasskey", { ...place, item: where.item, ...allow });
    await this.#settle(waiting, { is: "used", ...used });
    return null;
  }

  /** Gives the page nothing. `device`: the browser asks by itself, for a security key or a phone. */
  async no(tabId: number, id: string, device: boolean): Promise<void> {
    const waiting = id === "" ? this.#asking.get(tabId) : this.#find(tabId, id);
    if (waiting === undefined) return;
    const excluded = !device && this.#parts.host.unlocked && (await this.#questionOf(waiting))?.kind === "excluded";
    await this.#settle(waiting, device ? native : excluded ? { is: "refused", name: "InvalidStateError" } : notAllowed);
  }

  /** Where a request comes from, in the browser's words; null if it is none of ours. */
  async #placeOf(
    target: PageDocument,
    { policy, request }: Asked,
  ): Promise<Pick<Waiting, "ancestors" | "crossOrigin" | "relyingParty"> | null> {
    const { host, documents, pause, module } = this.#parts;
    if (policy === "forbidden" || !(await module.on) || (await pause.on)) return null;
    const ancestors = await documents.ancestors(target);
    if (ancestors === null) return null;
    const crossOrigin = ancestors.some((each) => each !== target.origin);
    // Whether the page above lets the frame is then for the browser to say.
    if (crossOrigin && policy !== "allowed") return null;
    const place = { ancestors, crossOrigin, relyingParty: request.relyingParty ?? new URL(target.origin).hostname };
    if (!host.unlocked) await attempt(() => host.request("status", {}));
    if (host.status === null || host.problem !== null || host.status.state === "noVault") return null;
    if (!host.unlocked) return place;
    const isOurs = await attempt(async () => {
      const { never } = await host.request("site", { origin: target.origin });
      const found = await this.#found(target.origin, place, request);
      return !never && (request.kind === "create" || isConditional(request) || found.length > 0);
    });
    return isOurs === true ? place : null;
  }

  /** The passkeys that a request is about: those that could be used, or that it excludes. Throws HostRefusal, HostProblem. */
  async #found(
    origin: string,
    { ancestors, relyingParty }: Pick<Waiting, "ancestors" | "relyingParty">,
    request: PasskeyRequest,
  ): Promise<Get["passkeys"]> {
    const credentials = request.kind === "create" ? request.exclude : request.allow;
    const which = credentials === null ? {} : { credentials };
    const { passkeys } = await this.#parts.host.request("passkeys", { origin, ancestors, relyingParty, ...which });
    return passkeys;
  }

  async #questionOf(waiting: Waiting): Promise<PasskeyQuestion | null> {
    const { id, target, crossOrigin, ancestors, relyingParty, request } = waiting;
    const top = crossOrigin ? hostOf(ancestors.at(-1) ?? target.origin) : null;
    const about = { id, host: hostOf(target.origin), top, relyingParty };
    try {
      const found = await this.#found(target.origin, waiting, request);
      if (request.kind === "create") {
        return found.length > 0
          ? { ...about, kind: "excluded" }
          : { ...about, ...(await this.#choices(waiting, request)) };
      }
      if (found.length > 0) return { ...about, kind: "get", passkeys: found };
      if (request.conditional) return null;
    } catch (error) {
      if (!(error instanceof HostRefusal) || error.kind !== "refused") throw error;
    }
    // What was asked for while the vault was locked is not here, or not the page's to ask for.
    await this.#settle(waiting, native);
    return null;
  }

  async #choices(
    { target, ancestors, relyingParty }: Waiting,
    { user, siteName }: PasskeyRequest & { readonly kind: "create" },
  ): Promise<Omit<Create, "id" | "host" | "top" | "relyingParty">> {
    const { host } = this.#parts;
    const place = { origin: target.origin, ancestors };
    const [matching, same] = await Promise.all([
      host.request("match", place),
      host.request("passkeys", { ...place, relyingParty, user: user.id }),
    ]);
    const replaced = same.passkeys[0]?.item ?? null;
    const free = matching.items.filter(({ hasPasskey }) => hasPasskey !== true);
    const ofUser = (item: Item) => item.username.trim().toLowerCase() === user.name.trim().toLowerCase();
    const items = [
      ...(replaced === null ? [] : [replaced]),
      ...free.filter(ofUser),
      ...free.filter((item) => !ofUser(item)),
    ];
    const { name: username, displayName } = user;
    return { kind: "create", siteName, username, displayName, items, replaces: replaced?.id ?? null };
  }

  async #callPerson(waiting: Waiting): Promise<void> {
    const { tabId, origin } = waiting.target;
    await this.#parts.show(tabId);
    const { active } = await browser.tabs.get(tabId);
    if (active && (await this.#parts.openPopup())) return;
    // Answered meanwhile, in a popup that was open already.
    if (this.#find(tabId, waiting.id) === undefined) return;
    await browser.notifications.create(notificationId, {
      type: "basic",
      iconUrl: browser.runtime.getURL("icons/mark-48.png"),
      title: text(`passkey_${waiting.request.kind}_title`),
      message: text("offerNotice", hostOf(origin)),
    });
  }

  async #settle(waiting: Waiting, answer: PasskeyAnswer): Promise<void> {
    const { tabId } = waiting.target;
    for (const kept of [this.#asking, this.#conditional]) if (kept.get(tabId) === waiting) kept.delete(tabId);
    waiting.answer(answer);
    await browser.notifications.clear(notificationId);
    await this.#parts.show(tabId);
    await this.#parts.changed();
  }

  #allOf(tabId: number): readonly Waiting[] {
    return [this.#asking.get(tabId), this.#conditional.get(tabId)].filter((each) => each !== undefined);
  }

  #find(tabId: number, id: string): Waiting | undefined {
    return this.#allOf(tabId).find((each) => each.id === id);
  }

  /** What the person saw and answered: the page must not have put something else in its place. */
  #require(tabId: number, id: string): Waiting {
    const found = this.#find(tabId, id);
    if (found === undefined) throw notFound();
    return found;
  }
}

function isConditional(request: PasskeyRequest): boolean {
  return request.kind === "get" && request.conditional;
}

function notFound(): HostRefusal {
  return new HostRefusal({ kind: "notFound", message: "the page does not wait for that any more" });
}

async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HostRefusal || error instanceof HostProblem)) throw error;
    return null;
  }
}
