/**
 * What the detector sees in a tab, form by form and field by field, with every signal that decided: for whoever wants to know why. A page of
 * ours beside the other one, which sees nothing of it. The address names the tab.
 */

import { text } from "../shared/browser.ts";
import type { SeenDocument, SeenForm } from "../shared/contentMessages.ts";
import type { Failure } from "../shared/messages.ts";
import { ask, AskFailed } from "../shared/ui/ask.ts";
import { el, icon } from "../shared/ui/dom.ts";
import { wordsFor } from "../shared/ui/failure.ts";
import { navigation } from "../shared/ui/navigation.ts";
import { followTheme } from "../shared/ui/theme.ts";

const root = document.querySelector("#page") as HTMLElement;
const tab = Number(location.hash.slice(1));

followTheme();
document.documentElement.lang = text("language");
document.documentElement.dir = text("@@bidi_dir");
document.title = `${text("signals")} – ${text("extensionName")}`;

const title = el("h1", { tabindex: -1 }, text("signals"));
const status = el("span", { class: "small muted", role: "status" });
const button = (id: string, words: string, onclick: () => void) =>
  el("button", { type: "button", class: "btn", id, onclick }, words);
const seen = el("main", { class: "options" });

root.append(
  navigation(null, []).node,
  el(
    "div",
    { class: "work" },
    el(
      "header",
      { class: "bar" },
      title,
      status,
      button("again", text("lookAgain"), () => void attempt(look)),
      button("report", text("copyReport"), () => void attempt(copy)),
    ),
    seen,
  ),
);
void attempt(look).then(() => title.focus());

async function look(): Promise<void> {
  const documents = (await ask("signals", { tab })).filter(({ forms }) => forms.length > 0);
  const about = el("p", { class: "small muted" }, text("signalsAbout"));
  seen.replaceChildren(
    about,
    ...(documents.length === 0
      ? [el("p", { class: "empty muted" }, text("nothingSeen"))]
      : documents.map(documentNode)),
  );
}

async function copy(): Promise<void> {
  await navigator.clipboard.writeText(await ask("report", { tab }));
  status.textContent = text("done_reportCopied");
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    status.textContent = "";
    await work();
  } catch (error) {
    if (!(error instanceof AskFailed)) throw error;
    say(error.failure);
  }
}

function say(failure: Failure): void {
  seen.replaceChildren(
    el("div", { class: "banner danger", role: "alert" }, icon("warning"), wordsFor(failure, text("yourVault"))),
  );
}

function documentNode({ origin, forms }: SeenDocument): HTMLElement {
  return el("section", {}, el("h2", { class: "long" }, origin), ...forms.map(formNode));
}

function formNode({ kind, because, fields }: SeenForm): HTMLElement {
  return el(
    "div",
    { class: "card form" },
    el("div", { class: "setting" }, el("h3", {}, text(`form_${kind}`)), signalsNode(because)),
    ...fields.map(fieldNode),
  );
}

function fieldNode(field: SeenForm["fields"][number]): HTMLElement {
  const { name, type, autocomplete, role, visible, fills, because } = field;
  const facts = [`type="${type}"`, ...(autocomplete === "" ? [] : [`autocomplete="${autocomplete}"`])].join(" ");
  return el(
    "div",
    { class: "setting field" },
    el(
      "h3",
      { class: "h wrap" },
      name === "" ? el("span", { class: "muted" }, text("nameless")) : el("code", { class: "long" }, name),
      el("span", { class: fills ? "chip accent" : "chip" }, text(`role_${role}`)),
      !visible && el("span", { class: "chip" }, text("notVisible")),
    ),
    el("p", { class: "small muted long mono" }, facts),
    signalsNode(because),
  );
}

/** The signals in the detector's own words, which reports and tests have too. */
function signalsNode(because: readonly string[]): HTMLElement {
  if (because.length === 0) return el("p", { class: "small faint" }, text("noSignals"));
  return el("ul", { class: "small mono below signals", lang: "en" }, ...because.map((signal) => el("li", {}, signal)));
}
