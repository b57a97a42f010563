/** The background: wires the host, the documents, the toolbar and the popup together. Decides nothing itself. */

import { browser, isOwnPage } from "../shared/browser.ts";
import { parseContentMessage } from "../shared/contentMessages.ts";
import { byHttpPort } from "../shared/messages.ts";
import type { ToPopup } from "../shared/messages.ts";
import type { TaughtRole } from "../shared/protocol.ts";
import { Clipboard } from "./clipboard.ts";
import { documentOf, Documents } from "./documents.ts";
import { mayShowIcon, openByIcon } from "./fieldIcon.ts";
import { Filler } from "./fill.ts";
import type { FillRequest } from "./fill.ts";
import { forget, keep } from "./memory.ts";
import { itemOfEntry, Menus, roleOfEntry } from "./menus.ts";
import { NewPasswords } from "./newPasswords.ts";
import { pageHandlers } from "./pages.ts";
import { PasskeyModule } from "./passkeyModule.ts";
import { Passkeys } from "./passkeys.ts";
import { Pause } from "./pause.ts";
import { popupHandlers } from "./popup.ts";
import { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal } from "./problem.ts";
import { profileKey } from "./profile.ts";
import { isKnownMessage, route } from "./router.ts";
import { isFirstRun, openFirstRun } from "./firstRun.ts";
import { HttpAuth } from "./httpAuth.ts";
import { isAskedForAccess } from "./requests.ts";
import { SignIns } from "./signIns.ts";
import { Teaching } from "./teaching.ts";
import { showMatches, showState, startInOpenPages } from "./tabs.ts";

/** How long a fill waits for the person to unlock. */
const pendingForMs = 2 * 60_000;

const documents = new Documents();
const clipboard = new Clipboard();
const menus = new Menus();
const pause = new Pause();
const host = new HostConnection(profileKey(), (event) => {
  if (event === "locked") void clipboard.clear();
  teaching.reset();
  void refresh().then(() => (event === "connected" ? undefined : tellPopup({ type: "changed" })));
});
const teaching = new Teaching(host, documents);
const filler = new Filler({ host, documents, pause, teaching, tell: tellPopup });
const newPasswords = new NewPasswords(host, documents);
const signIns = new SignIns({
  host,
  documents,
  pause,
  openPopup,
  show: async (id) => await showTab(await browser.tabs.get(id)),
});
const passkeys = new Passkeys({
  host,
  documents,
  pause,
  module: new PasskeyModule(),
  openPopup,
  changed: () => tellPopup({ type: "changed" }),
  show: async (id) => await showTab(await browser.tabs.get(id)),
});
const httpAuth = new HttpAuth({ host, pause, openPopup });
const handlers = {
  ...popupHandlers({
    host,
    filler,
    newPasswords,
    documents,
    clipboard,
    pause,
    signIns,
    passkeys,
    httpAuth,
    teaching,
    refresh,
  }),
  ...pageHandlers(host, teaching, refresh),
};

// Every listener is registered in the first turn, or the browser would not wake the background for it.
browser.runtime.onStartup.addListener(() => {});
browser.runtime.onInstalled.addListener(({ reason }) => {
  menus.show([]);
  void startInOpenPages();
  if (reason === "install") void openFirstRun();
});
browser.runtime.onMessage.addListener((message: unknown, sender, reply) => {
  if (sender.id !== browser.runtime.id) return false;
  if (!isOwnPage(sender)) {
    void answerContent(message, sender).then(reply, () => reply(null));
    return true;
  }
  if (!isKnownMessage(handlers, message)) return false;
  route(handlers, message).then(reply, (error: unknown) => {
    // Our bug: the popup must not wait for ever, and the error must not be lost.
    reply({ failure: { kind: "internal" } });
    throw error;
  });
  return true;
});
browser.tabs.onUpdated.addListener((tabId, change, tab) => {
  // What became of a fill is about the document that it was in.
  if (change.status === "loading") void forget(`outcome:${tabId}`);
  if (change.status !== "complete" && change.url === undefined) return;
  void showTab(tab);
  void signIns.look(tabId, change.status === "complete");
});
browser.tabs.onActivated.addListener(({ tabId }) => void browser.tabs.get(tabId).then(showTab));
browser.tabs.onRemoved.addListener((tabId) => {
  documents.forget(tabId);
  passkeys.forget(tabId);
  httpAuth.forget(tabId);
  void signIns.forget(tabId);
  void forget(`outcome:${tabId}`, `step:${tabId}`, `account:${tabId}`);
});
httpAuth.listen();
browser.runtime.onConnect.addListener((port) => {
  if (port.name === byHttpPort && isOwnPage(port.sender ?? {}))
    port.onDisconnect.addListener(() => httpAuth.leaveAll());
});
browser.commands.onCommand.addListener((command, tab) => {
  if (command === "lock") void host.request("lock", {}).catch(onlyExpected);
  else if (command === "fill" && isFirstRun(tab)) void tellPopup({ type: "fillSample" });
  else if (command === "fill" && tab?.id !== undefined) void act(tab, { tabId: tab.id });
});
browser.notifications.onClicked.addListener(() => void openPopup());
browser.contextMenus.onClicked.addListener((info, tab) => {
  const role = roleOfEntry(info.menuItemId);
  if (role !== null && tab?.id !== undefined) return void teach(tab.id, info.frameId ?? 0, role);
  const item = itemOfEntry(info.menuItemId);
  if (item === null || tab?.id === undefined) return;
  const frame = info.frameId === undefined ? {} : { frameId: info.frameId };
  void act(tab, { tabId: tab.id, ...frame, ...(item === undefined ? {} : { item }) });
});

host.connect().catch(() => refresh());
void clipboard.resume();

async function answerContent(message: unknown, sender: chrome.runtime.MessageSender): Promise<unknown> {
  const parsed = parseContentMessage(message);
  if (parsed.type === "passkey" || parsed.type === "passkeyEnd") {
    const target = documentOf(sender, parsed.document);
    if (target === null) return null;
    if (parsed.type === "passkey") return await passkeys.ask(target, parsed);
    await passkeys.end(target, parsed.question);
    return null;
  }
  if (parsed.type === "signIn" || parsed.type === "left") {
    const target = documentOf(sender, parsed.document);
    if (target === null) return null;
    if (parsed.type === "signIn") {
      const { typed } = parsed;
      const noted = typed.username === undefined ? null : filler.noteSignIn(target, typed.username);
      // Nothing is kept of a private window that the person did not ask for: what they type there goes nowhere.
      const captured = sender.tab?.incognito === true ? null : signIns.capture(target, typed);
      await Promise.all([captured, noted]);
      return null;
    }
    // The sign-in went through in the same document.
    await forget(`outcome:${target.tabId}`);
    await signIns.look(target.tabId);
    return null;
  }
  if (parsed.type === "focused" || parsed.type === "icon") {
    const target = documentOf(sender, parsed.document);
    if (target === null) return null;
    const parts = { host, pause, openPopup };
    return await (parsed.type === "focused" ? mayShowIcon(parts, target) : openByIcon(parts, target));
  }
  if (parsed.type === "filled") {
    const target = documents.find(sender, parsed.document);
    if (target !== null) await filler.keepOutcome(target, parsed.result);
    return null;
  }
  const { document, forms, newForm = null, outgrown, taught, load } = parsed;
  const target = documents.record(sender, document, { forms, newForm, outgrown });
  if (target === null) return null;
  return await teaching.answer(target, taught, () => filler.orderFor(target, load, sender.tab?.active === true));
}

/** Teaches a field by the menu. The popup says what became of it. */
async function teach(tabId: number, frameId: number, role: TaughtRole): Promise<void> {
  if (host.status === null) await host.connect().catch(onlyExpected);
  await teaching.teach(tabId, frameId, role).catch(onlyExpected);
  await openPopup();
}

/** Fills by command or menu. What needs the person opens the popup, which then says or asks it. */
async function act(tab: chrome.tabs.Tab, request: FillRequest): Promise<void> {
  const { tabId, frameId, item } = request;
  const pageHost = tab.url !== undefined && URL.canParse(tab.url) ? new URL(tab.url).host : "";
  const wait = () =>
    keep("pending", {
      tabId,
      host: pageHost,
      until: Date.now() + pendingForMs,
      ...(frameId === undefined ? {} : { frameId }),
      ...(item === undefined ? {} : { item }),
    });
  if (host.status === null) await host.connect().catch(onlyExpected);
  if (!host.unlocked) {
    // Not awaited: the popup must be asked for while the browser still counts this as the person's action.
    void wait();
    await openPopup();
    return;
  }
  try {
    const outcome = await filler.fill(request);
    if (outcome.kind === "refused") await openPopup();
  } catch (error) {
    onlyExpected(error);
    await wait();
    await openPopup();
  }
}

/** Returns whether it is open now, in the browser's words. */
async function openPopup(): Promise<boolean> {
  try {
    await browser.action.openPopup();
    return true;
  } catch {
    // Where it is open already it shows what came in between. Without a focused window it says the same when the person opens it.
    await tellPopup({ type: "changed" });
    return false;
  }
}

async function refresh(): Promise<void> {
  await showState(host, await pause.on);
  for (const tab of await browser.tabs.query({ discarded: false })) await showTab(tab);
}

async function showTab(tab: chrome.tabs.Tab): Promise<void> {
  const asksHere = tab.id !== undefined && (passkeys.isAsking(tab.id) || (await signIns.isOffered(tab.id)));
  const asks = asksHere || (await isAskedForAccess(host));
  const items = await showMatches(host, tab, await pause.on, asks);
  if (tab.active) menus.show(items);
}

async function tellPopup(message: ToPopup): Promise<void> {
  // Rejects when no popup is open, which is the usual case.
  await browser.runtime.sendMessage(message).catch(() => {});
}

function onlyExpected(error: unknown): void {
  if (!(error instanceof HostRefusal || error instanceof HostProblem)) throw error;
}
