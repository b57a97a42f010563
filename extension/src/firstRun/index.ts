/** The first-run page: asks the background, keeps the state, shows three ticks and what comes after them. */

import { browser, text } from "../shared/browser.ts";
import type { ToPopup } from "../shared/messages.ts";
import { ask, failureOf } from "../shared/ui/ask.ts";
import { el, mark } from "../shared/ui/dom.ts";
import { reasonWords } from "../shared/ui/failure.ts";
import { followTheme } from "../shared/ui/theme.ts";
import { fillSample } from "./sample.ts";
import { reduce, start, ticksOf } from "./state.ts";
import type { Change, State } from "./state.ts";
import { nextSteps } from "./views/next.ts";
import { programTick } from "./views/program.ts";
import { sampleTick } from "./views/sample.ts";
import { vaultTick } from "./views/vault.ts";
import type { Actions } from "./views/view.ts";

/** In extension storage: whether the sample form was ever filled. */
const filledName = "sampleFilled";

const root = document.querySelector("#page") as HTMLElement;
let state: State = start;

followTheme();
// First, because words for numbers are made in this language.
document.documentElement.lang = text("language");
document.documentElement.dir = text("@@bidi_dir");
document.title = `${text("firstSteps")} – ${text("extensionName")}`;

const actions: Actions = {
  retry: () => void open(),
  choose: (way) => change({ type: "chose", way }),
  make: (passphrase) => attempt(() => ask("makeVault", { passphrase })),
  unlock: (passphrase, keyFile) =>
    attempt(() => ask("openVault", { passphrase, ...(keyFile === null ? {} : { keyFile }) })),
  openFile: (path, keyFile, passphrase) =>
    attempt(() => ask("openVault", { passphrase, path, ...(keyFile === null ? {} : { keyFile }) })),
  fillSample: () => {
    const reason = fillSample();
    if (reason !== null) return reasonWords({ kind: "refused", reason, host: "Latchkey", top: "Latchkey" }).join(". ");
    change({ type: "filled" });
    void browser.storage.local.set({ [filledName]: true });
    return null;
  },
};
const program = programTick(actions);
const vault = vaultTick(actions);
const sample = sampleTick(actions);
const later = nextSteps();
const title = el("h1", { tabindex: -1 }, text("firstRunTitle"));
root.append(
  el(
    "header",
    { class: "h first" },
    mark(),
    el("div", { class: "grow" }, title, el("p", { class: "muted" }, text("firstRunBody"))),
  ),
  el("ol", { class: "card" }, program.node, vault.node, sample.node),
  later.node,
  el("p", { class: "small faint" }, text("nothingLeaves")),
);
browser.runtime.onMessage.addListener((message: ToPopup) => {
  if (message.type === "changed") void open();
  // The fill command on this page. What other pages ask of the background comes by here too.
  if (message.type === "fillSample" && document.visibilityState === "visible") actions.fillSample();
  return false;
});
// The person comes back from the terminal.
addEventListener("focus", () => void open());
show();
void begin();

async function begin(): Promise<void> {
  const kept = (await browser.storage.local.get(filledName))[filledName];
  if (kept === true) change({ type: "filled" });
  await open();
  if (location.hash === "#vault") change({ type: "chose", way: "file" });
  const wanted = document.querySelector<HTMLElement>("#vault input");
  (wanted ?? title).focus();
}

async function open(): Promise<void> {
  change({ type: "opened", known: await ask("page", {}) });
}

async function attempt(work: () => Promise<unknown>): Promise<void> {
  const failure = await failureOf(work);
  if (failure === null) change({ type: "unlocked" });
  await open();
  // Not before: who reads it and tries again at once would press a button that is still busy.
  if (failure !== null) change({ type: "failed", failure });
}

function change(next: Change): void {
  const before = state;
  state = reduce(state, next);
  if (state !== before) show();
}

function show(): void {
  const ticks = ticksOf(state);
  program.update(ticks.program, state);
  vault.update(ticks.vault, state);
  sample.update(ticks.sample, state);
  later.update(state);
}
