/**
 * Reads the key for codes from a picture that the person chooses, into the form that is open in the popup: the address names its draft.
 * In a tab, because a popup closes when a file is chosen.
 */

import { browser, text } from "../shared/browser.ts";
import type { QrProblem } from "../shared/otp.ts";
import { draftFrom, textOf } from "../popup/edit/draft.ts";
import { otpProof } from "../popup/edit/otpProof.ts";
import { ask, AskFailed } from "../shared/ui/ask.ts";
import { el, icon } from "../shared/ui/dom.ts";
import { sentencesFor } from "../shared/ui/failure.ts";
import { navigation } from "../shared/ui/navigation.ts";
import { readPicture } from "../shared/ui/qrReader.ts";
import { readOtp } from "../shared/ui/readOtp.ts";
import { followTheme } from "../shared/ui/theme.ts";

const root = document.querySelector("#page") as HTMLElement;
const key = location.hash.slice(1);

followTheme();
document.documentElement.lang = text("language");
document.documentElement.dir = text("@@bidi_dir");
document.title = `${text("pictureTitle")} – ${text("extensionName")}`;

const title = el("h1", { class: "cut", tabindex: -1 }, text("pictureTitle"));
const status = el("span", { class: "small muted long", role: "status" });
const failed = el("div", { class: "banner danger", role: "alert", hidden: true });
const chooser = el("input", {
  type: "file",
  accept: "image/png,image/jpeg,image/gif,image/webp",
  hidden: true,
  onchange: () => void take([...(chooser.files ?? [])]).then(() => (chooser.value = "")),
});
const choose = el(
  "button",
  { type: "button", class: "btn primary", id: "choose", onclick: () => chooser.click() },
  text("choosePicture"),
);
const found = el("div", { class: "found" });
const card = el(
  "section",
  { class: "card drop" },
  el(
    "div",
    { class: "setting" },
    el("p", { class: "small muted" }, text("pictureBody")),
    el("div", { class: "control" }, choose),
  ),
  found,
  chooser,
);
root.append(
  navigation(null, []).node,
  el(
    "div",
    { class: "work" },
    el("header", { class: "bar" }, title, status),
    el("main", { class: "options" }, failed, card),
  ),
);
for (const event of ["dragover", "drop"] as const) document.addEventListener(event, onDrag);
// Another form's page is asked for in this tab.
addEventListener("hashchange", () => location.reload());
title.focus();

async function take(files: readonly File[]): Promise<void> {
  const [file] = files;
  if (file === undefined) return;
  reset();
  if (files.length > 1) return complain("manyFiles");
  const read = await readPicture(file);
  if ("problem" in read) return complain(read.problem);
  const { otp } = read;
  await attempt(async () => {
    const first = await readOtp(otp);
    if (typeof first === "string") return say(text(`otp_${first}`));
    const again = async () => {
      const next = await readOtp(otp);
      return typeof next === "string" ? null : next;
    };
    const use = el(
      "button",
      { type: "button", class: "btn primary", id: "use", onclick: () => void attempt(() => keep(otp)) },
      text("useKey"),
    );
    found.replaceChildren(otpProof(first, again), el("div", { class: "actions" }, use));
    use.focus();
  });
}

/** Puts the key into the form's draft, with which the popup goes on. */
async function keep(otp: string): Promise<void> {
  const { value } = await ask("draft", { key });
  const draft = value === undefined ? null : draftFrom(value);
  if (draft === null) return say(text("formGone"));
  await ask("draft", { key, set: textOf({ ...draft, form: { ...draft.form, otp } }) });
  await ask("editing", { key });
  reset();
  status.textContent = text("keyInForm");
  title.focus();
  // Not every browser opens it: the words say what to do then.
  await browser.action.openPopup().catch(() => {});
}

function reset(): void {
  failed.hidden = true;
  status.textContent = "";
  found.replaceChildren();
}

function complain(problem: QrProblem): void {
  say(text(`qr_${problem}`));
}

function say(words: string): void {
  reset();
  failed.replaceChildren(icon("warning"), el("span", {}, words));
  failed.hidden = false;
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AskFailed)) throw error;
    say(sentencesFor(error.failure, text("yourVault")));
  }
}

function onDrag(event: DragEvent): void {
  if (event.dataTransfer?.types.includes("Files") !== true) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  if (event.type === "drop") void take([...event.dataTransfer.files]);
}
