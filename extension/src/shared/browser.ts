/**
 * The only module that touches `chrome`. Both browsers offer it with promises in Manifest V3; what differs between
 * them is asked here by capability, so that nothing else has to know which browser it runs in.
 */

/** The browser's extension interface. Content scripts and pages see only their part of it. */
export const browser = globalThis.chrome;

/** Firefox adds the closed shadow root's opener to elements; Chromium offers it as `chrome.dom`. */
interface OpensShadowRoots {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

/** Returns the element's shadow root, open or closed, or null if it has none. For content scripts. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  if (!(element instanceof HTMLElement)) return element.shadowRoot;
  if (browser.dom) return browser.dom.openOrClosedShadowRoot(element) as ShadowRoot | null;
  return (element as OpensShadowRoots).openOrClosedShadowRoot ?? element.shadowRoot;
}

/** Returns an object as the page has it: in Firefox what a content script puts into one is kept from the page. For what the page is to have. */
export function asThePageHas<T extends object>(object: T): T {
  return (object as { readonly wrappedJSObject?: T }).wrappedJSObject ?? object;
}

/** Strings without values: a list asks for the same few hundreds of times, and each call crosses into the browser. */
const strings = new Map<string, string>();

/** Returns a visible string in the person's language. Throws for a key that no locale has: that is our bug. */
export function text(key: string, ...values: readonly (string | number)[]): string {
  const kept = values.length === 0 ? strings.get(key) : undefined;
  if (kept !== undefined) return kept;
  const found = browser.i18n.getMessage(key, values.map(String));
  if (found === "") throw new Error(`no message ${key}`);
  if (values.length === 0) strings.set(key, found);
  return found;
}

/** Returns the browser's words for why a port ended, or an empty string if it gives none (Firefox: host exited). */
export function reasonOfDisconnect(port: chrome.runtime.Port): string {
  const { error } = port as { readonly error?: { readonly message: string } | null };
  return error?.message ?? browser.runtime.lastError?.message ?? "";
}

/** Opens the place where this browser lets people change shortcuts. Firefox has a call for it, Chromium an address. */
export function openShortcuts(): void {
  const { openShortcutSettings } = browser.commands as { readonly openShortcutSettings?: () => Promise<void> };
  if (openShortcutSettings === undefined) void browser.tabs.create({ url: "chrome://extensions/shortcuts" });
  else void openShortcutSettings();
}

/** Whether this is Firefox, for words that name places in the browser's own interface. */
export const isFirefox = globalThis.location?.protocol === "moz-extension:";

/** Whether the person pinned us to the toolbar. False also where the browser does not tell. */
export async function isOnToolbar(): Promise<boolean> {
  const { getUserSettings } = browser.action as Partial<typeof browser.action>;
  return (await getUserSettings?.())?.isOnToolbar === true;
}

/** Whether a message comes from a page of this extension, and not from a content script in a web page. */
export function isOwnPage(sender: chrome.runtime.MessageSender): boolean {
  return sender.id === browser.runtime.id && (sender.url ?? "").startsWith(browser.runtime.getURL(""));
}

/** A server, or a proxy, that asks for user name and password by HTTP. */
export type AuthQuestion = Pick<
  chrome.webRequest.OnAuthRequiredDetails,
  "requestId" | "tabId" | "type" | "url" | "isProxy" | "scheme"
>;
/** What the browser answers it with; empty for its own dialog. */
export interface AuthAnswer {
  readonly authCredentials?: { readonly username: string; readonly password: string };
}

/** Lets a question of HTTP wait for an answer. Firefox takes a promise, Chromium a callback. */
export function onAuthRequired(ask: (question: AuthQuestion) => Promise<AuthAnswer>): void {
  const { onAuthRequired: event } = browser.webRequest;
  const filter = { urls: ["http://*/*", "https://*/*"] };
  if (isFirefox) event.addListener(ask as never, filter, ["blocking"]);
  else {
    const listener = (question: AuthQuestion, answer?: (answer: AuthAnswer) => void) => {
      void ask(question).then(answer, () => answer?.({}));
    };
    event.addListener(listener as never, filter, ["asyncBlocking"]);
  }
}
