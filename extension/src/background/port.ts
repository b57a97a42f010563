/**
 * The one connection to the host. It is opened when the background starts, so that the first request finds it ready,
 * and again at the next need after it ended. What a request means is not known here.
 */

import { browser, reasonOfDisconnect } from "../shared/browser.ts";
import { PartReader, partsCapability, partsOf } from "../shared/parts.ts";
import { hostName, parseFrame, protocolVersions, replies } from "../shared/protocol.ts";
import type { Reply, RequestType, Requests, Status } from "../shared/protocol.ts";
import type { Problem } from "../shared/messages.ts";
import { errorOf, HostProblem, HostRefusal, problemOfDisconnect, problemOfNonsense } from "./problem.ts";

interface Waiting {
  readonly type: RequestType;
  readonly resolve: (ok: never) => void;
  readonly reject: (error: unknown) => void;
}

/** A port that ends sooner than this after it was opened is not opened again without a need. */
const reopenAfterMs = 5_000;

const lockedError = { kind: "locked", message: "the vault was locked" } as const;

/**
 * What the host said without being asked; `connected` when it answered the hello; `problem` when a good connection
 * ended. An attempt that fails is no event: whoever tried is told, and nobody tries again because of it.
 */
export type HostEvent = "locked" | "unlocked" | "changed" | "connected" | "problem";

/** The connection to the host. One instance in a background. */
export class HostConnection {
  #port: chrome.runtime.Port | null = null;
  #hello: Promise<void> | null = null;
  #openedAt = 0;
  #lastId = 0;
  #parts = new PartReader();
  #hostTakesParts = false;
  #status: Status | null = null;
  #problem: Problem | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #awaitingLock: (() => void)[] = [];
  readonly #profile: Promise<string>;
  readonly #listener: (event: HostEvent) => void;

  /** @param profile The profile key. @param listener Called at each event, after the state here has followed it. */
  constructor(profile: Promise<string>, listener: (event: HostEvent) => void) {
    this.#profile = profile;
    this.#listener = listener;
  }

  /** The vault's state as the host last told it; null until the first reply. */
  get status(): Status | null {
    return this.#status;
  }

  /** Why the host cannot be reached; null while it can, or while nobody has tried. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Whether items can be asked for without waking a locked host. */
  get unlocked(): boolean {
    return this.#status?.state === "unlocked";
  }

  /** Resolves when the host has answered the hello. Rejects with HostProblem. */
  connect(): Promise<void> {
    this.#hello ??= this.#open();
    return this.#hello;
  }

  /**
   * Asks the host.
   * @returns The reply, parsed.
   * @throws HostRefusal if the host answered with an error, or locked before it answered.
   * @throws HostProblem if the host cannot be reached or answered nonsense.
   */
  async request<T extends RequestType & keyof Requests>(type: T, body: Requests[T]): Promise<Reply<T>> {
    await this.connect();
    const reply = await this.#send(type, body);
    if (type === "status" || type === "unlock" || type === "create") this.#status = reply as Status;
    return reply;
  }

  /**
   * Locks the vault, and resolves when the host has said that it is locked: what is asked between its reply and that
   * is lost with it. Throws as {@link request}.
   */
  async lock(): Promise<void> {
    const locked = new Promise<void>((resolve) => this.#awaitingLock.push(resolve));
    await this.request("lock", {});
    await locked;
  }

  async #open(): Promise<void> {
    const port = browser.runtime.connectNative(hostName);
    this.#port = port;
    this.#parts = new PartReader();
    this.#openedAt = Date.now();
    port.onMessage.addListener((message: unknown) => this.#receive(port, message));
    port.onDisconnect.addListener(() => this.#end(port, problemOfDisconnect(reasonOfDisconnect(port))));
    try {
      const reply = await this.#send("hello", {
        protocol: protocolVersions,
        client: "extension",
        version: browser.runtime.getManifest().version,
        capabilities: [partsCapability],
        locale: browser.i18n.getUILanguage(),
        profile: await this.#profile,
        browser: browser.runtime.getURL("").split(":")[0] === "moz-extension" ? "firefox" : "chromium",
      });
      this.#status = reply.status;
      this.#hostTakesParts = reply.capabilities.includes(partsCapability);
      this.#problem = null;
      this.#listener("connected");
    } catch (error) {
      port.disconnect();
      this.#end(port, error instanceof HostProblem ? error.problem : "badReply");
      throw error instanceof HostProblem ? error : new HostProblem("badReply");
    }
  }

  #send<T extends RequestType & keyof Requests>(type: T, body: Requests[T]): Promise<Reply<T>> {
    return new Promise((resolve, reject) => {
      if (this.#port === null) return reject(new HostProblem(this.#problem ?? "stopped"));
      const id = ++this.#lastId;
      const message = { id, type, ...body };
      const parts = partsOf(message);
      if (parts.length > 0 && !this.#hostTakesParts) return reject(new HostProblem("hostTooOld"));
      this.#waiting.set(id, { type, resolve, reject });
      for (const frame of parts.length > 0 ? parts : [message]) this.#port.postMessage(frame);
    });
  }

  #receive(port: chrome.runtime.Port, message: unknown): void {
    try {
      const whole = this.#parts.take(message);
      if (whole === undefined) return;
      const frame = parseFrame(whole);
      if (frame.is === "event") return this.#follow(frame.event);
      const waiting = this.#waiting.get(frame.id);
      if (waiting === undefined) return;
      this.#waiting.delete(frame.id);
      if (frame.is === "error") return waiting.reject(errorOf(frame.error));
      this.#resolve(waiting, frame.ok);
    } catch {
      // The stream has no known meaning any more. The error's place is of no use to a person; the state says it.
      port.disconnect();
      this.#end(port, this.#nonsense(undefined));
    }
  }

  #resolve(waiting: Waiting, ok: unknown): void {
    try {
      waiting.resolve(replies[waiting.type](ok, waiting.type) as never);
    } catch {
      waiting.reject(new HostProblem(this.#nonsense(ok)));
    }
  }

  /** What it means that a reply is not one of this version: the two sides' versions tell which is the older. */
  #nonsense(reply: unknown): Problem {
    const said = (reply as { readonly version?: unknown } | null | undefined)?.version;
    const theirs = typeof said === "string" ? said : this.#status?.version;
    return problemOfNonsense(theirs, browser.runtime.getManifest().version);
  }

  #follow(event: "locked" | "unlocked" | "changed"): void {
    if (this.#status !== null && event !== "changed") {
      const { items: _items, unlockedAt: _unlockedAt, ...rest } = this.#status;
      this.#status = { ...rest, state: event };
    }
    if (event === "locked") {
      this.#failAll(new HostRefusal(lockedError));
      this.#tellLocked();
    }
    this.#listener(event);
  }

  #end(port: chrome.runtime.Port, problem: Problem): void {
    if (this.#port !== port) return;
    const wasGood = this.#status !== null;
    this.#port = null;
    this.#hello = null;
    this.#status = null;
    this.#problem = problem;
    this.#failAll(new HostProblem(problem));
    this.#tellLocked();
    if (!wasGood) return;
    this.#listener("problem");
    // A relay that was killed is started again at once, so that fills go on; one that ends at once is not.
    if (Date.now() - this.#openedAt > reopenAfterMs)
      this.connect().then(
        () => this.#listener("changed"),
        () => {},
      );
  }

  #tellLocked(): void {
    const awaiting = this.#awaitingLock;
    this.#awaitingLock = [];
    for (const resolve of awaiting) resolve();
  }

  #failAll(error: Error): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}
