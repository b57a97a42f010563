/** The options page: asks the background, keeps the state, shows every part of it at once. */

import { browser, openShortcuts, text } from "../shared/browser.ts";
import type { ToPopup } from "../shared/messages.ts";
import type { Requests, Settings } from "../shared/protocol.ts";
import { ask, failureOf } from "../shared/ui/ask.ts";
import { el, icon, iconButton } from "../shared/ui/dom.ts";
import { sentencesFor, vaultOf } from "../shared/ui/failure.ts";
import { gateOf, gatePart } from "../shared/ui/gate.ts";
import { navigation } from "../shared/ui/navigation.ts";
import { ownSavingPart } from "../shared/ui/ownSaving.ts";
import { chooseTheme, followTheme } from "../shared/ui/theme.ts";
import { find } from "./find.ts";
import { settings } from "./settings.ts";
import type { SettingName, SettingValue } from "./settings.ts";
import { reduce, start, waitingForUnlock } from "./state.ts";
import type { Change, State } from "./state.ts";
import { UndoLine } from "../shared/ui/undo.ts";
import { browsersPart } from "./views/browsers.ts";
import { keysPart } from "./views/keys.ts";
import { lookPart } from "./views/look.ts";
import { settingPart } from "./views/setting.ts";
import { sitesPart } from "./views/sites.ts";
import { switchPart } from "./views/switch.ts";
import { taughtPart } from "./views/taught.ts";
import { addVaultPart, vaultsPart } from "./views/vaults.ts";
import type { Actions, Part } from "./views/view.ts";

const root = document.querySelector("#page") as HTMLElement;
let state: State = start;

followTheme();
// First, because words for numbers and dates are made in this language.
document.documentElement.lang = text("language");
document.documentElement.dir = text("@@bidi_dir");
document.title = `${text("options")} – ${text("extensionName")}`;

const actions: Actions = {
  choose: (name, value) => {
    change({ type: "chose", name, value });
    void save(name, value);
  },
  prove: async (name, passphrase) => {
    const edit = state.edits[name];
    if (edit === undefined) return;
    const failure = await failureOf(() => ask("openVault", { passphrase }));
    if (failure !== null) return change({ type: "unsaved", name, failure });
    await save(name, edit.value);
  },
  giveUp: (name) => change({ type: "gaveUp", name }),
  neverFill: async (hostname, never) => {
    const failure = await failureOf(async () => {
      const now = await ask("neverFill", { hostname, never });
      change({ type: "sites", never: now, removed: never ? null : hostname });
    });
    if (failure !== null) change({ type: "sitesFailed", failure });
    return failure === null;
  },
  forgetTaught: async (field) => {
    const failure = await failureOf(async () => {
      const { hostname, role, form } = field;
      const taught = await ask("forgetTaught", { names: [{ hostname, role, form }] });
      change({ type: "taught", taught, forgotten: field });
    });
    if (failure !== null) change({ type: "taughtFailed", failure });
  },
  teachAgain: async (field) => {
    const failure = await failureOf(async () => {
      change({ type: "taught", taught: await ask("teachAgain", { field }), forgotten: null });
    });
    if (failure !== null) change({ type: "taughtFailed", failure });
  },
  askToForget: (id) => change({ type: "forgetting", id }),
  forget: async (id) => {
    const failure = await failureOf(async () => {
      change({ type: "profiles", profiles: await ask("forgetProfile", { id }) });
    });
    if (failure !== null) change({ type: "profilesFailed", failure });
    await open();
  },
  askVault: (question) => change({ type: "vaultAsks", question }),
  addVault: (path, keyFile, passphrase) =>
    addVault(null, { passphrase, path, ...(keyFile === null ? {} : { keyFile }) }),
  openVault: (vault, keyFile, passphrase) =>
    addVault(vault, { passphrase, vault, ...(keyFile === null ? {} : { keyFile }) }),
  changeVault: (vault, set) =>
    void ofVaults(vault, async () => {
      const { name } = await ask("changeVault", { vault, set });
      saved.textContent = text("savedNow", name);
    }),
  removeVault: (vault) => ofVaults(vault, () => ask("removeVault", { vault })),
  unlock: async (passphrase, keyFile) => {
    const failure = await failureOf(() => ask("openVault", { passphrase, ...(keyFile === null ? {} : { keyFile }) }));
    await open();
    if (failure !== null) return sentencesFor(failure, vaultOf(state.known));
    begin();
    // What could not be saved because the vault was locked is saved now.
    for (const name of waitingForUnlock(state)) {
      const edit = state.edits[name];
      if (edit !== undefined) actions.choose(name, edit.value);
    }
    return null;
  },
  lock: () => void failureOf(() => ask("lock", {})).then(open),
  retry: () => void open(),
  chooseTheme: (theme) => void chooseTheme(theme),
  openShortcuts,
};

const title = el("h1", { tabindex: -1 }, text("options"));
const saved = el("span", { class: "small muted", role: "status" }, text("savedAtOnce"));
const query = el("input", {
  type: "text",
  id: "find",
  "aria-label": text("findOption"),
  placeholder: text("findOption"),
  autocomplete: "off",
  spellcheck: "false",
  oninput: () => change({ type: "typed", query: query.value }),
});
const clearQuery = () => {
  query.value = "";
  change({ type: "typed", query: "" });
  query.focus();
};
const clear = iconButton("close", text("clearSearch"), clearQuery);
const undo = new UndoLine(() => change({ type: "removedGone" }));

const ofVault = (id: string, ...parts: readonly Part[]) => sectionOf(id, true, parts);
const gate = gatePart(actions, (vault) => text("unlockToChange", vault));
const part = (name: "lock" | "fill") =>
  settings.filter(({ section }) => section === name).map((setting) => settingPart(setting, actions));
const sections = [
  ofVault("lock", ...part("lock")),
  ofVault("fill", ...part("fill"), sitesPart(actions), taughtPart(actions)),
  sectionOf("keys", false, [keysPart(actions)]),
  sectionOf("browser", false, [
    lookPart(actions),
    switchPart("fieldIcon", text("fieldIcon"), text("fieldIconAbout")),
    switchPart("passkeys", text("passkeys"), text("passkeysAbout")),
    { node: ownSavingPart(), update: () => {} },
  ]),
  ofVault("vault", vaultsPart(actions), addVaultPart(actions)),
  ofVault("browsers", browsersPart(actions)),
];
const nothing = el("div", { class: "empty", role: "status" });
const nav = navigation("options", sections);

root.append(
  nav.node,
  el(
    "div",
    { class: "work" },
    el(
      "header",
      { class: "bar" },
      title,
      saved,
      el("div", { class: "input find", role: "search" }, icon("search"), query, clear),
    ),
    el("main", { class: "options" }, gate.node, nothing, ...sections.map(({ node }) => node)),
    undo.node,
  ),
);
document.addEventListener("keydown", onKey);
browser.runtime.onMessage.addListener((message: ToPopup) => {
  if (message.type === "changed") void open();
  return false;
});
show();
void open().then(begin);

function sectionOf(id: string, needsVault: boolean, parts: readonly Part[]) {
  const name = text(`section_${id}`);
  const heading = el("h2", { id: `${id}-heading`, tabindex: -1 }, name);
  const card = el("div", { class: "card" }, ...parts.map(({ node }) => node));
  const node = el("section", { id, "aria-labelledby": `${id}-heading` }, heading, card);
  return { node, name, heading, needsVault, parts };
}

/** Puts the focus where the address says, else at the beginning. */
function begin(): void {
  const named = sections.find(({ node }) => `#${node.id}` === location.hash && !node.hidden);
  const start = named?.heading ?? title;
  start.focus();
  if (named !== undefined) named.node.scrollIntoView();
}

async function open(): Promise<void> {
  change({ type: "opened", known: await ask("page", {}) });
}

async function save(name: SettingName, value: SettingValue): Promise<void> {
  const failure = await failureOf(async () => {
    const set = { [name]: value } as Partial<Settings>;
    change({ type: "saved", name, settings: await ask("change", { set }) });
    saved.textContent = text("savedNow", text(`setting_${name}`));
  });
  if (failure === null) return;
  change({ type: "unsaved", name, failure });
  // A lock, or a host that went, concerns the whole page.
  if ("problem" in failure || failure.kind === "locked") await open();
}

async function addVault(vault: string | null, which: Requests["addVault"]): Promise<void> {
  await ofVaults(vault, async () => {
    const { name } = await ask("addVault", which);
    saved.textContent = text("vaultAdded", name);
  });
}

/** Changes something about the vaults; what goes wrong is said in the place of that one, or of the one to be added. */
async function ofVaults(vault: string | null, work: () => Promise<unknown>): Promise<void> {
  const failure = await failureOf(work);
  if (failure === null) change({ type: "vaultAsks", question: null });
  await open();
  if (failure !== null) change({ type: "vaultFailed", vault, failure });
}

function change(next: Change): void {
  const before = state;
  state = reduce(state, next);
  if (state !== before) show();
}

function show(): void {
  const isOpen = gateOf(state.known) === "open";
  gate.update(state.known);
  for (const { node, needsVault, parts } of sections) {
    node.hidden = needsVault && !isOpen;
    if (!node.hidden) for (const each of parts) each.update(state);
  }
  clear.hidden = state.query === "";
  const found = find(
    sections.map(({ node }) => node),
    state.query,
  );
  nothing.hidden = found > 0;
  nothing.replaceChildren(...(found > 0 ? [] : nothingFound()));
  nav.update(state.known);
  showUndo();
}

let undoFor: unknown = null;
function showUndo(): void {
  const { removed, forgotten } = state;
  const what = removed ?? forgotten;
  if (what === undoFor) return;
  undoFor = what;
  if (removed !== null) undo.show(text("siteRemoved", removed), () => void actions.neverFill(removed, true));
  else if (forgotten !== null) undo.show(text("done_forgotten"), () => void actions.teachAgain(forgotten));
  else undo.hide();
}

function nothingFound(): readonly Node[] {
  const button = el("button", { type: "button", class: "btn", onclick: clearQuery }, text("clearSearch"));
  return [el("h2", {}, text("noOption", state.query)), el("div", { class: "actions" }, button)];
}

function onKey(event: KeyboardEvent): void {
  const finds = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "f";
  if (finds) query.focus();
  else if (event.key === "Escape" && state.query !== "") clearQuery();
  else if (event.key !== "F6" || !undo.focus()) return;
  event.preventDefault();
}
