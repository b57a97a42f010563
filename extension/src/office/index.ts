/** The office page: asks the background, keeps what it knows, shows one view of one office. */

import { browser, text } from "../shared/browser.ts";
import type { ToPopup } from "../shared/messages.ts";
import type { PageState } from "../shared/pageMessages.ts";
import type { Office } from "../shared/protocol.ts";
import { ask, failureOf } from "../shared/ui/ask.ts";
import { el } from "../shared/ui/dom.ts";
import { sentencesFor, vaultOf } from "../shared/ui/failure.ts";
import { gateOf, gatePart } from "../shared/ui/gate.ts";
import { followTheme } from "../shared/ui/theme.ts";
import { UndoLine } from "../shared/ui/undo.ts";
import { asking } from "../shared/ui/asking.ts";
import { askConnectionCode } from "./connection.ts";
import { hashOf, routeOf } from "./route.ts";
import type { ViewName } from "./route.ts";
import { sideBar } from "./side.ts";
import { stateBanner } from "./stateBanner.ts";
import { accessView } from "./views/access.ts";
import { auditView } from "./views/audit.ts";
import { bringView } from "./views/bring.ts";
import { leaversView } from "./views/leavers.ts";
import { logView } from "./views/log.ts";
import { membersView } from "./views/members.ts";
import type { MakeView, Page, View } from "./views/view.ts";

const makers: Readonly<Record<ViewName, MakeView>> = {
  access: accessView,
  bring: bringView,
  members: membersView,
  leavers: leaversView,
  audit: auditView,
  log: logView,
};

const root = document.querySelector("#page") as HTMLElement;
let known: PageState | null = null;
/** Null until the host has told them. */
let offices: readonly Office[] | null = null;
let counts: Partial<Record<ViewName, number>> = {};
/** Views that were shown, of the office that is chosen. */
let views = new Map<ViewName, View>();
let viewsOf: string | null = null;
let shown: View | null = null;

followTheme();
// First, because words for numbers and dates are made in this language.
document.documentElement.lang = text("language");
document.documentElement.dir = text("@@bidi_dir");

const unlock = async (passphrase: string, keyFile: string | null) => {
  const failure = await failureOf(() => ask("openVault", { passphrase, ...(keyFile === null ? {} : { keyFile }) }));
  await open();
  if (failure !== null) return sentencesFor(failure, vaultOf(known));
  shown?.focus();
  return null;
};
const gate = gatePart({ unlock, retry: () => void open() }, (vault) => text("unlockForOffice", vault));
const side = sideBar((office) => {
  location.hash = hashOf({ view: routeOf(location.hash).view, office });
});
const empty = el(
  "div",
  { class: "panel flow", hidden: true },
  el("h2", {}, text("officeNoneTitle")),
  el("p", { class: "muted" }, text("officeNoneBody")),
  el("p", {}, el("code", {}, "latchkey office join ADDRESS --name NAME")),
);
const waiting = el("div", { class: "progress", role: "progressbar", "aria-label": text("officeLoading") }, el("i"));
const banner = stateBanner((office) => askConnectionCode(office, page));
const place = el("div", { class: "office-view" });
const undo = new UndoLine(() => undo.hide());
/** What stands in the views' place while there is none to be shown. */
const closed = el(
  "div",
  { class: "office-view" },
  el("header", { class: "bar" }, el("h1", {}, text("office"))),
  el("main", {}, gate.node, empty),
);
root.append(side.node, el("div", { class: "work" }, waiting, banner.node, closed, place, undo.node));

const page: Page = {
  asking: async (work, what) => {
    const asked = await asking(work, what);
    // A lock, or a host that went, concerns the whole page.
    if (asked.is === "failed" && ("problem" in asked.failure || asked.failure.kind === "locked")) await open();
    return asked;
  },
  refresh: () => void open(),
  offerUndo: (words, back) =>
    undo.show(words, () => {
      undo.hide();
      back();
    }),
  count: (view, count) => {
    counts = { ...counts };
    if (count === null) delete counts[view];
    else counts[view] = count;
    showSide();
  },
};

addEventListener("hashchange", () => {
  show();
  shown?.focus();
});
addEventListener("beforeunload", (event) => {
  if ([...views.values()].some((view) => view.holds?.() === true)) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "F6" && undo.focus()) event.preventDefault();
});
browser.runtime.onMessage.addListener((message: ToPopup) => {
  if (message.type === "changed") void open();
  return false;
});
show();
addEventListener("focus", () => void open());
void open().then(begin);

/** Puts the focus where the page starts. */
function begin(): void {
  if (shown !== null) shown.focus();
  else document.querySelector<HTMLElement>("#passphrase")?.focus();
}

async function open(): Promise<void> {
  known = await ask("page", {});
  if (gateOf(known) === "open") {
    const failure = await failureOf(async () => {
      offices = (await ask("offices", {})).offices;
    });
    // The vault was locked between the two questions.
    if (failure !== null) known = await ask("page", {});
  }
  show();
}

function chosen(): Office | null {
  const { office } = routeOf(location.hash);
  const all = offices ?? [];
  return all.find((each) => each.office === office) ?? all[0] ?? null;
}

function show(): void {
  const isOpen = gateOf(known) === "open";
  const office = isOpen ? chosen() : null;
  const { view } = routeOf(location.hash);
  document.title = `${text(`office_${view}`)} – ${text("extensionName")}`;
  gate.update(known);
  waiting.hidden = known !== null && !(isOpen && offices === null);
  empty.hidden = !isOpen || offices === null || office !== null;
  banner.update(office);
  // What was known of an office stays while it cannot be reached, and goes when the vault is locked.
  if ((isOpen && office !== null && viewsOf !== office.office) || (known !== null && !isOpen)) {
    views = new Map();
    viewsOf = office?.office ?? null;
    counts = {};
  }
  shown = office?.vault === undefined || office.role === undefined ? null : viewOf(office, view);
  closed.hidden = shown !== null;
  place.hidden = shown === null;
  if (shown === null) place.replaceChildren();
  else if (place.firstChild !== shown.node) place.replaceChildren(shown.node);
  if (office !== null) shown?.update(office);
  showSide();
}

function viewOf(office: Office, name: ViewName): View {
  const made = views.get(name) ?? makers[name](office, page);
  views.set(name, made);
  return made;
}

function showSide(): void {
  const isOpen = gateOf(known) === "open";
  side.update({
    known,
    offices: isOpen ? (offices ?? []) : [],
    office: isOpen ? chosen() : null,
    view: routeOf(location.hash).view,
    counts,
  });
}
