/**
 * The content script: tells the background which login forms its document shows, and writes what the host released
 * for exactly this document; tells what the person typed into a form that they sent. Keeps no secret, and draws nothing into the page but an
 * icon in the field that the person goes to.
 */

import { browser, shadowRootOf } from "../shared/browser.ts";
import type {
  ContentMessage,
  FillOrder,
  FillResult,
  FormsAnswer,
  IconAnswer,
  ToContent,
} from "../shared/contentMessages.ts";
import { watch } from "./detect/watch.ts";
import { showFieldIcon } from "./fieldIcon.ts";
import {
  chooseForm,
  fillableForms,
  fits,
  iconAnchorOf,
  isWaiting,
  newFormOf,
  newPasswordForm,
  pageForms,
  pageReport,
  seenForms,
  summaryOf,
  takesLogin,
} from "./forms.ts";
import { watchSignIns } from "./signIn.ts";
import { learn, learnt, outgrown, pageOf } from "./taught.ts";
import { watchPointing } from "./teach.ts";
import { write } from "./write.ts";
import { writeCode } from "./writeCode.ts";

/** A page that keeps changing its forms is not asked about for ever. */
const maxLoadRequests = 4;
const maxSummaries = 50;
/** As long as the background waits for the second step of a sign-in. */
const secondStepWithinMs = 5 * 60_000;

const token = [...crypto.getRandomValues(new Uint8Array(16))]
  .map((byte) => byte.toString(16).padStart(2, "0"))
  .join("");
let announced = "[]";
/** The background has said what was taught of this site. */
let isTold = false;
let loadRequests = 0;
let filledOnLoad = false;
let isLookAsked = false;

/** Looks at the page and tells the background, if what there is to tell has changed or somebody asked. */
async function look(asked: boolean): Promise<void> {
  const seen = pageForms(asked);
  const forms = fillableForms(seen);
  const summaries = forms.map(summaryOf).slice(0, maxSummaries);
  // The focus is told when somebody asks; that it moved is no news.
  const now = JSON.stringify(summaries.map(({ kind, username, password, code }) => [kind, username, password, code]));
  // A page whose fields say nothing to the detector may have been taught.
  if (now === announced && !asked && (isTold || seen.length === 0)) return;
  announced = now;
  const load = !asked && mayFillOnLoad(forms);
  if (load) loadRequests++;
  const found = asked ? newPasswordForm(seen) : null;
  const newForm = found === null ? {} : { newForm: newFormOf(found) };
  const rules = learnt();
  const answer = await tell<FormsAnswer>({
    type: "forms",
    document: token,
    forms: summaries,
    load,
    ...newForm,
    taught: JSON.stringify(rules),
    outgrown: outgrown(seen, pageOf(location)).slice(0, maxSummaries),
  });
  isTold = answer !== null;
  if (answer?.taught !== undefined) {
    learn(answer.taught);
    // Asked once more whatever they change here: until it goes by them it is given nothing.
    announced = "";
    return await look(asked);
  }
  const order = answer?.order;
  if (order === undefined) return;
  const result = await fill(order);
  // A user name alone was the first of two steps; the password may follow in the same document.
  filledOnLoad ||= result.filled.includes("password");
  await tell({ type: "filled", document: token, result });
}

function mayFillOnLoad(forms: ReturnType<typeof fillableForms>): boolean {
  const logins = forms.filter(takesLogin);
  const [form] = logins;
  return (
    window === window.top &&
    logins.length === 1 &&
    form !== undefined &&
    form.kind !== "changePassword" &&
    isWaiting(form) &&
    loadRequests < maxLoadRequests &&
    !filledOnLoad
  );
}

async function fill(order: FillOrder): Promise<FillResult> {
  // The document may have become another one between request and answer; about:blank and srcdoc inherit an origin.
  if (order.origin !== self.origin) return { filled: [], refused: "navigated" };
  if (order.newPassword !== undefined) return fillNew(order);
  const form = chooseForm(fillableForms(pageForms(order.cause === "person")), order);
  if (form === null) return { filled: [], refused: "noForm" };
  if (order.code !== undefined) return await writeCode(form, order.code, order.origin);
  const result = write(form, order);
  if (order.typed === true && form.fillable.currentPassword !== null) signIns.typed(form.fillable.currentPassword);
  if (result.filled.includes("username") && form.fillable.currentPassword === null) awaitSecondStep();
  return result;
}

function fillNew(order: FillOrder): FillResult {
  const found = newPasswordForm(pageForms(true));
  if (found === null) return { filled: [], refused: "noForm" };
  const result = write(found.form, order, found.fields);
  // It is sent without a key of the person's, and is to be offered for saving like one that they typed.
  if (result.refused === undefined) signIns.typed(found.fields[0]);
  return result;
}

/** Looks once before the next picture, however often a page changes or moves the focus until then. */
function lookSoon(): void {
  if (isLookAsked) return;
  isLookAsked = true;
  requestAnimationFrame(() => {
    isLookAsked = false;
    void look(false);
  });
}

/** For a while also notices fields that an attribute reveals: many pages show the password that way. */
function awaitSecondStep(): void {
  const observer = new MutationObserver(lookSoon);
  const attributeFilter = ["class", "style", "hidden", "disabled", "readonly", "type", "aria-hidden", "tabindex"];
  observer.observe(document, { attributes: true, attributeFilter, subtree: true });
  setTimeout(() => observer.disconnect(), secondStepWithinMs);
}

async function tell<R>(message: ContentMessage): Promise<R | null> {
  try {
    return await browser.runtime.sendMessage(message);
  } catch {
    // The extension was reloaded or removed: this script is an orphan and must leave the page alone.
    observation.stop();
    signIns.stop();
    icon.stop();
    pointed.stop();
    return null;
  }
}

const observation = watch(document, () => {
  icon.look();
  void look(false);
});
const signIns = watchSignIns(
  (typed) => void tell({ type: "signIn", document: token, typed }),
  () => void tell({ type: "left", document: token }),
);

const pointed = watchPointing();
const icon = showFieldIcon({
  anchorOf: iconAnchorOf,
  mayShow: async () => (await tell<boolean>({ type: "focused", document: token })) === true,
  open: () => tell<IconAnswer>({ type: "icon", document: token }),
});

browser.runtime.onMessage.addListener((message: ToContent, _sender, reply) => {
  if (message.type === "announce") {
    void look(true).then(() => reply(true));
    return true;
  }
  if (message.type === "describe") reply(seenForms(maxSummaries));
  else if (message.type === "report") reply(pageReport());
  else if (message.type === "fits") {
    const found = message.document === token ? newPasswordForm(pageForms(true)) : null;
    reply(found !== null && fits(message.value, found));
  } else if (message.document !== token) reply({ filled: [], refused: "navigated" });
  else if (message.type === "teach") reply(pointed.teach(message.role));
  else void fill(message.order).then(reply);
  return message.type === "fill";
});
// A field that an attribute revealed is seen when somebody goes there.
document.addEventListener("focusin", ({ target }) => {
  if (target instanceof Element && (target.localName === "input" || shadowRootOf(target) !== null)) lookSoon();
});
// A page that is prepared in the background is nobody's yet.
if ((document as { readonly prerendering?: boolean }).prerendering === true) {
  document.addEventListener("prerenderingchange", () => void look(false), { once: true });
} else {
  void look(false);
}
