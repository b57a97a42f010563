/** What the popup may ask of the background. */

import { browser } from "../shared/browser.ts";
import { passedOn } from "../shared/messages.ts";
import { originOf } from "../shared/origin.ts";
import type { Outcome, PageContext, PassedOn, PopupRequests, PopupState } from "../shared/messages.ts";
import type { Clipboard } from "./clipboard.ts";
import type { Documents } from "./documents.ts";
import type { Filler } from "./fill.ts";
import type { HttpAuth } from "./httpAuth.ts";
import { forget, keep, recall } from "./memory.ts";
import type { NewPasswords } from "./newPasswords.ts";
import type { Passkeys } from "./passkeys.ts";
import type { Pause } from "./pause.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal } from "./problem.ts";
import type { HandlersOf } from "./router.ts";
import type { SignIns } from "./signIns.ts";
import type { Teaching } from "./teaching.ts";
import { requestsOf } from "./requests.ts";
import { vaultsOf } from "./vaults.ts";
import { reportOf, whyNot } from "./why.ts";

/** Rows of the first paint and of each further page. */
const pageOfItems = 40;
const defaultClipboardSeconds = 30;

export interface Parts {
  readonly host: HostConnection;
  readonly filler: Filler;
  readonly newPasswords: NewPasswords;
  readonly documents: Documents;
  readonly clipboard: Clipboard;
  readonly pause: Pause;
  readonly signIns: SignIns;
  readonly passkeys: Passkeys;
  readonly httpAuth: HttpAuth;
  readonly teaching: Teaching;
  /** Called when the vault was unlocked or changed by a request from here. */
  readonly refresh: () => Promise<void>;
}

export function popupHandlers(parts: Parts): HandlersOf<PopupRequests> {
  const { host, filler, newPasswords, clipboard, pause, signIns, passkeys, httpAuth, teaching, refresh } = parts;
  return {
    ...passOn(host),
    open: () => stateForPopup(parts),
    unlock: async ({ passphrase, keyFile }) => {
      await host.request("unlock", { passphrase, ...(keyFile === undefined ? {} : { keyFile }) });
      // Badges of all tabs: the fill that waited does not wait for them.
      void refresh();
      return (await teaching.resume().catch((error: unknown) => (onlyRefused(error), null))) ?? (await resume(filler));
    },
    create: async ({ passphrase }) => {
      await host.request("create", { passphrase });
      await refresh();
      return null;
    },
    lock: async () => {
      await host.request("lock", {}).catch(onlyLocked);
      return null;
    },
    search: async ({ query, after }) =>
      await host.request("search", { query, limit: pageOfItems, ...(after === undefined ? {} : { after }) }),
    fill: async ({ item, confirmed, waiting }) => {
      const tab = await tabInQuestion();
      if (tab?.id === undefined) return { kind: "refused", reason: "noForm", host: "", top: "" };
      if (httpAuth.isAsking(tab.id)) return await httpAuth.fill(tab.id, item, confirmed ?? []);
      return await filler.fill({ tabId: tab.id, item, confirmed, ...(waiting === undefined ? {} : { waiting }) });
    },
    alwaysFill: async ({ item, on }) => {
      const origin = originOf((await tabInQuestion())?.url);
      if (origin !== null) await host.request("alwaysFill", { item, origin, on });
      return null;
    },
    trash: async ({ after }) =>
      await host.request("trash", { limit: pageOfItems, ...(after === undefined ? {} : { after }) }),
    never: async ({ origin, on }) => {
      await host.request("site", { origin, never: on });
      await refresh();
      return null;
    },
    pause: async ({ on }) => {
      await pause.set(on);
      await refresh();
      return null;
    },
    why: async () => await whyNot(parts, await tabInQuestion()),
    report: async ({ tab }) => await reportOf(parts.documents, tab ?? (await tabOfPage())),
    signals: async ({ tab }) => {
      // It may have been closed since its signals were last looked at.
      const isOpen = await browser.tabs.get(tab).then(
        () => true,
        () => false,
      );
      return isOpen ? ((await parts.documents.describe(tab)) ?? []) : [];
    },
    forgetTaught: async ({ names }) => await teaching.forget(names),
    editing: async ({ key }) => {
      await (key === null ? forget("editing") : keep("editing", key));
      return null;
    },
    keepOffer: async (where) => {
      const kept = await signIns.keep(await tabOfPage(), "into" in where ? { into: where.into } : { set: where.set });
      await refresh();
      return kept;
    },
    draftOffer: async ({ text }) => {
      await signIns.keepDraft(await tabOfPage(), text);
      return null;
    },
    revealOffer: async () => await signIns.reveal(await tabOfPage()),
    dropOffer: async ({ never }) => {
      await signIns.drop(await tabOfPage(), never);
      if (never) await refresh();
      return null;
    },
    makeNew: async ({ recipe }) => await newPasswords.make(await tabOfPage(), recipe),
    fillNew: async ({ value, item }) => await newPasswords.fill(await tabOfPage(), value, item),
    promote: async ({ item }) => {
      const settled = await host.request("promote", { item });
      await refresh();
      return settled;
    },
    dropNew: async ({ item }) => await host.request("dropNew", { item }),
    passkeyYes: async ({ id, ...where }) => {
      const item = await passkeys.yes(
        await tabOfPage(),
        id,
        "set" in where ? { set: where.set } : { item: where.item },
      );
      if (item !== null) await refresh();
      return { item };
    },
    passkeyNo: async ({ id, device }) => {
      await passkeys.no(await tabOfPage(), id, device);
      return null;
    },
    dropPasskey: async ({ item }) => await host.request("dropPasskey", { item }),
    leaveToBrowser: async () => {
      httpAuth.leave(await tabOfPage());
      return null;
    },
    dismiss: async () => {
      const tab = await tabInQuestion();
      if (tab?.id !== undefined) await forget(`outcome:${tab.id}`);
      await forget("pending");
      return null;
    },
    copied: async (hold) => {
      await clipboard.hold({ salt: hold.salt, digest: hold.digest, clearsAt: hold.clearsAt });
      return null;
    },
    clearClipboard: async () => {
      await clipboard.clear();
      return null;
    },
  };
}

function passOn(host: HostConnection): HandlersOf<PassedOn> {
  const entries = passedOn.map((type) => {
    const handler = ({ type: _type, ...body }: { readonly type?: string }) => host.request(type, body as never);
    return [type, handler] as const;
  });
  return Object.fromEntries(entries) as unknown as HandlersOf<PassedOn>;
}

async function stateForPopup(parts: Parts): Promise<PopupState> {
  const tab = tabInQuestion();
  // Everything at once: the person waits.
  const [host, kept, paused] = await Promise.all([hostState(parts, tab), tab.then(keptFor), parts.pause.on]);
  return { ...kept, paused, ...host };
}

/** The tab that the popup is about. Without one there is nothing in it that anybody would know. */
async function tabOfPage(): Promise<number> {
  return (await tabInQuestion())?.id ?? browser.tabs.TAB_ID_NONE;
}

type HostState = Pick<
  PopupState,
  | "problem"
  | "status"
  | "page"
  | "all"
  | "clipboardSeconds"
  | "matchKind"
  | "vaults"
  | "requests"
  | "offer"
  | "offerDraft"
  | "signedIn"
  | "passkey"
  | "passkeysOffered"
  | "passkeyWaits"
>;

async function hostState(
  { host, filler, signIns, passkeys, httpAuth }: Parts,
  tab: Promise<chrome.tabs.Tab | null>,
): Promise<HostState> {
  const empty = {
    page: null,
    all: null,
    clipboardSeconds: defaultClipboardSeconds,
    matchKind: "hostname",
    vaults: [],
    offer: null,
    offerDraft: null,
    signedIn: null,
    passkey: null,
    passkeysOffered: null,
    passkeyWaits: null,
    requests: [],
  } as const;
  // Of an open vault the host tells what changes; which file it would open next is known only to who asks.
  const problem = host.unlocked ? null : await reach(host);
  if (problem !== null) return { ...empty, problem, status: null };
  try {
    const [page, unlocked, offer, signedIn, asked] = await Promise.all([
      tab.then((tab) => contextOf(filler, httpAuth, tab)),
      host.unlocked ? whenUnlocked(host) : empty,
      tab.then((tab) => (tab?.id === undefined ? null : signIns.offerOf(tab.id))),
      tab.then((tab) => (tab?.id === undefined ? null : signIns.waitingIn(tab.id))),
      tab.then((tab) => (tab?.id === undefined ? null : passkeys.stateOf(tab.id))),
    ]);
    const offerDraft = offer === null ? null : await tab.then((tab) => signIns.draftOf(tab?.id ?? -1));
    return { ...empty, ...unlocked, ...asked, page, offer, offerDraft, signedIn, problem, status: host.status };
  } catch (error) {
    // The vault was locked, or this browser shut out, or the host went since we last heard.
    if (error instanceof HostRefusal) return { ...empty, problem: await reach(host), status: host.status };
    if (error instanceof HostProblem) return { ...empty, problem: error.problem, status: null };
    throw error;
  }
}

/** Returns null if the host answers, or why it does not. */
async function reach(host: HostConnection): Promise<PopupState["problem"]> {
  try {
    await host.request("status", {});
    return null;
  } catch (error) {
    if (error instanceof HostProblem) return error.problem;
    if (error instanceof HostRefusal) return null;
    throw error;
  }
}

async function whenUnlocked(
  host: HostConnection,
): Promise<Pick<PopupState, "all" | "clipboardSeconds" | "matchKind" | "vaults" | "requests">> {
  const [all, settings, vaults, requests] = await Promise.all([
    host.request("search", { query: "", limit: pageOfItems }),
    host.request("settings", {}),
    vaultsOf(host),
    requestsOf(host),
  ]);
  return { all, clipboardSeconds: settings.clipboardSeconds, matchKind: settings.matchKind, vaults, requests };
}

async function contextOf(filler: Filler, httpAuth: HttpAuth, tab: chrome.tabs.Tab | null): Promise<PageContext | null> {
  if (tab?.id === undefined) return null;
  return (await httpAuth.pageContext(tab.id)) ?? (await filler.pageContext(tab.id, originOf(tab.url)));
}

async function keptFor(
  tab: chrome.tabs.Tab | null,
): Promise<Pick<PopupState, "pending" | "outcome" | "clipboard" | "editing">> {
  const [pending, kept, clipboard, editing] = await Promise.all([
    recall("pending"),
    tab?.id === undefined ? null : recall(`outcome:${tab.id}`),
    recall("clipboard"),
    recall("editing"),
  ]);
  const now = Date.now();
  return {
    pending: pending !== null && pending.until > now ? pending.host : null,
    outcome: kept !== null && kept.until > now ? kept.outcome : null,
    clipboard: clipboard !== null && clipboard.clearsAt > now ? clipboard : null,
    editing,
  };
}

/** Goes on with the fill that waited for the unlock. Null if none waited. */
async function resume(filler: Filler): Promise<Outcome | null> {
  const pending = await recall("pending");
  await forget("pending");
  if (pending === null || pending.until < Date.now()) return null;
  const { tabId, frameId, item } = pending;
  const tab = await browser.tabs.get(tabId).catch(() => null);
  if (tab === null) return null;
  const request = {
    tabId,
    ...(frameId === undefined ? {} : { frameId }),
    ...(item === undefined ? {} : { item }),
  };
  // The unlock itself went well: the list that opens now says more than a refusal could.
  return await filler.fill(request).catch((error: unknown) => (onlyRefused(error), null));
}

/**
 * Returns the tab that the popup is about: the active one. When the popup's page is itself shown in a tab, the one
 * that was used before it.
 */
async function tabInQuestion(): Promise<chrome.tabs.Tab | null> {
  const ours = browser.runtime.getURL("");
  const tabs = await browser.tabs.query({ lastFocusedWindow: true });
  const others = tabs.filter(({ url }) => !(url ?? "").startsWith(ours));
  const active = others.find((tab) => tab.active);
  return active ?? others.toSorted((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0))[0] ?? null;
}

function onlyRefused(error: unknown): void {
  if (!(error instanceof HostRefusal)) throw error;
}

function onlyLocked(error: unknown): void {
  if (!(error instanceof HostRefusal && error.kind === "locked")) throw error;
}
