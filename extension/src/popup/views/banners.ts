/** What stands above the list: what became of the last fill, and what is special about this page. */

import { text } from "../../shared/browser.ts";
import { el, icon, plural, switchLine } from "../../shared/ui/dom.ts";
import type { IconName } from "../../shared/ui/icons.ts";
import { confirmationFor, mayAlwaysFill, rowsOf } from "../state.ts";
import type { State } from "../state.ts";
import { isAboutItem } from "../../shared/messages.ts";
import type { NewPasswordPage, Outcome, PageContext } from "../../shared/messages.ts";
import type { Item } from "../../shared/protocol.ts";
import { closedOf } from "../../shared/vaults.ts";
import { hintFor, reasonWords, vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import { openTab } from "../window.ts";
import { titleOf } from "./row.ts";
import type { Actions } from "./view.ts";

/** Returns the banners for the state, most important first. */
export function bannersFor(state: State, actions: Actions): readonly Node[] {
  const { outcome, adding } = state;
  if (adding) return [...failureBanner(state), addingBanner(state, actions)];
  if (state.found !== null) return failureBanner(state);
  const page = state.known?.page ?? null;
  const banners: Node[] = [...failureBanner(state), ...closedBanner(state), ...requestBanners(state, actions)];
  banners.push(...passkeyBanners(state, actions));
  if (outcome?.kind === "taught") banners.push(taughtBanner(outcome, actions));
  if (outcome?.kind === "filled") banners.push(filledBanner(outcome, page, actions));
  // That no item is for this page is said below, with what to do about it.
  const saysNoMatch = outcome?.kind === "refused" && outcome.reason === "noMatch" && !isAboutItem(outcome);
  if (outcome?.kind === "refused" && !saysNoMatch) banners.push(refusedBanner(state, outcome, actions));
  if (state.known?.paused === true) {
    const goOn = button(text("goOn"), () => actions.site.pause(false));
    banners.push(banner("pause", "warn", text("why_paused_title"), text("why_paused_body"), actionsOf(goOn)));
  }
  if (page === null) return banners;
  if (page.byHttp === true) {
    const leave = button(text("byHttpLeave"), () => actions.site.leaveToBrowser(), "leave-to-browser");
    banners.push(banner("lock", "accent", text("byHttpTitle", page.host), text("byHttpBody"), actionsOf(leave)));
  }
  if (page.never) {
    const again = button(text("offerAgain"), () => actions.site.never(false));
    const title = text("why_never_title", page.host);
    return [...banners, banner("hide", "", title, text("why_never_body", page.host), actionsOf(again))];
  }
  if (page.insecure) banners.push(banner("warning", "warn", text("insecureTitle", page.host), text("insecureBody")));
  else if (page.host !== page.top && page.items.length > 0) {
    banners.push(banner("warning", "warn", text("frameTitle", page.host), text("frameBody", page.host, page.top)));
  }
  banners.push(...outgrownBanner(page, actions), ...waitingBanners(page, actions));
  if (page.newForm !== null) banners.push(newPasswordBanner(page.newForm, actions));
  const saysSignup = outcome?.kind === "refused" && outcome.reason === "signup";
  if (page.items.length === 0 && !saysSignup && state.known?.all?.total !== 0) {
    banners.push(noMatchBanner(page, actions));
  }
  return banners;
}

function failureBanner({ failure, known }: State): readonly Node[] {
  if (failure === null) return [];
  const hint = hintFor(failure) ?? "";
  return [banner("warning", "danger", wordsFor(failure, vaultOf(known)), hint)];
}

/** Vaults whose items are missing from the list, and the way to where that is mended. */
function closedBanner({ known }: State): readonly Node[] {
  const closed = closedOf(known?.vaults ?? []);
  const [first] = closed;
  if (first === undefined) return [];
  const words = closed.length > 1 ? plural("vaultsClosed", closed.length) : text(`closed_${first.state}`, first.name);
  const go = button(text("vaultsShow"), () => void openTab("options.html#vault"));
  const line = el("div", { class: "grow h wrap" }, el("span", { class: "grow" }, words), go);
  return [el("div", { class: "banner closed", role: "status", id: "closed-vaults" }, icon("lock"), line)];
}

/** Who asks for access to what, and what became of what the person asked. What they wait for themselves stands in the office's page. */
function requestBanners({ known }: State, { items }: Actions): readonly Node[] {
  const shown = (known?.requests ?? []).filter(({ mine, outcome }) => !mine || outcome !== undefined);
  return shown.map((request) => {
    const { name, right, request: id, title = "", reason = "", outcome, item } = request;
    const no = (words: string) => button(words, () => items.answer(request, false), `no-${id}`);
    if (outcome !== undefined) {
      return banner("person", "", text(`request_${outcome}`, name, title), "", actionsOf(no(text("requestSeen"))));
    }
    const words = item === undefined ? text("requestPerson", name) : text(`request_${right}`, name, title);
    const yes = item === undefined ? [] : [button(text("requestYes"), () => items.answer(request, true), `yes-${id}`)];
    return banner("person", "accent", words, reason, actionsOf(...yes, no(text("requestNo"))));
  });
}

/** What the page asks about passkeys, and which ones it takes when the person chooses one. */
function passkeyBanners({ known }: State, { passkey }: Actions): readonly Node[] {
  const asked = known?.passkey ?? null;
  const offered = known?.passkeysOffered ?? null;
  const banners: Node[] = [];
  if (asked !== null) {
    const answer = button(text("passkeyAnswer"), () => passkey.show(asked), "passkey-answer");
    banners.push(banner("passkey", "accent", text(`passkey_${asked.kind}_title`), asked.host, actionsOf(answer)));
  }
  if (offered !== null) {
    const choose = (item: Item) =>
      offered.top === null ? passkey.yes(offered, { item: item.id }) : passkey.show(offered);
    const buttons = offered.passkeys.map(({ item, username }) =>
      button(username === "" ? titleOf(item) : username, () => choose(item), `passkey-${item.id}`),
    );
    banners.push(banner("passkey", "accent", text("passkeyOffered", offered.relyingParty), "", actionsOf(...buttons)));
  }
  return banners;
}

/** What the person said of a field, and the way back. */
function taughtBanner({ name }: Outcome & { readonly kind: "taught" }, { site }: Actions): HTMLElement {
  const { role } = name;
  const forget = button(text("undo"), () => site.forgetTaught([name]), "forget-taught");
  return banner("check", "accent", text(`taught_${role}`), text("taughtBody", name.hostname), actionsOf(forget));
}

/** What was taught on this page and fits it no more. */
function outgrownBanner({ outgrown }: PageContext, { site }: Actions): readonly Node[] {
  const [first] = outgrown;
  if (first === undefined) return [];
  const forget = button(text("forget"), () => site.forgetTaught(outgrown), "forget-outgrown");
  return [banner("warning", "warn", text("outgrownTitle", first.hostname), text("outgrownBody"), actionsOf(forget))];
}

/** New passwords of this page's items that are not known to work yet. */
function waitingBanners(page: PageContext, actions: Actions): readonly Node[] {
  const waiting = page.items.filter(({ hasNewPassword }) => hasNewPassword === true);
  return waiting.map((item) =>
    banner(
      "history",
      "accent",
      text("waitingTitle", titleOf(item)),
      text("waitingBody"),
      actionsOf(
        button(text("waitingFill"), () => actions.fill(item, [], true), `waiting-fill-${item.id}`),
        button(text("waitingPromote"), () => actions.items.promote(item)),
        button(text("waitingDrop"), () => actions.items.dropNew(item)),
      ),
    ),
  );
}

/** The page asks for a new password. */
function newPasswordBanner(page: NewPasswordPage, { generator }: Actions): HTMLElement {
  const make = button(text("newPasswordMake"), () => generator.openFor(page), "new-password");
  return banner(
    "generate",
    "accent",
    text(`newPassword_${page.form.kind}`, page.host),
    text("newPasswordBody"),
    actionsOf(make),
  );
}

/** No item for this page: make one, or say which one it is. */
function noMatchBanner({ host }: PageContext, actions: Actions): HTMLElement {
  const add = button(text("addToItem"), actions.site.startAdding, "add-here");
  return banner(
    "search",
    "",
    text("why_noMatch_title", host),
    text("why_noMatch_body"),
    actionsOf(newHere(actions), add),
  );
}

function newHere({ items }: Actions): HTMLButtonElement {
  const start = button(text("newLoginHere"), () => items.start(""), "new-here");
  start.prepend(icon("plus", "s"));
  return start;
}

/** The next row that is chosen gets this site. */
function addingBanner({ known }: State, { site }: Actions): HTMLElement {
  const title = text("addingTitle", known?.page?.host ?? "");
  return banner("plus", "accent", title, text("addingBody"), actionsOf(button(text("cancel"), site.stopAdding)));
}

function button(words: string, onclick: () => void, id: string | null = null): HTMLButtonElement {
  return el("button", { type: "button", class: "btn sm", id, onclick }, words);
}

function actionsOf(...buttons: readonly HTMLButtonElement[]): HTMLElement {
  return el("div", { class: "actions" }, ...buttons);
}

function filledBanner(
  { item, title, host }: Outcome & { readonly kind: "filled" },
  page: PageContext | null,
  actions: Actions,
): HTMLElement {
  const found = page?.items.find(({ id }) => id === item);
  const always =
    found !== undefined && mayAlwaysFill(page)
      ? switchLine("always", text("alwaysFillHere"), found.alwaysFill, (on) => actions.site.alwaysFill(found, on))
      : null;
  const shown = banner("check", "accent", text("filledTitle", title), text("filledBody", host), always);
  shown.setAttribute("id", "filled");
  return shown;
}

function refusedBanner(state: State, outcome: Outcome & { readonly kind: "refused" }, actions: Actions): HTMLElement {
  const [title, body] = isAboutItem(outcome)
    ? [text("otherSiteTitle", outcome.host), text("otherSiteBody")]
    : reasonWords(outcome);
  const row = rowsOf(state).find(({ item }) => item.id === outcome.item);
  const anyway = confirmationFor(outcome) !== null && row !== undefined;
  const fill = anyway ? [button(text("fillAnyway"), () => actions.fill(row.item, []))] : [];
  const why = button(text("whyTitle"), actions.site.why, "why");
  const start = outcome.reason === "signup" ? [newHere(actions)] : [];
  return banner("whyNot", "warn", title, body, actionsOf(...fill, ...start, why));
}

function banner(
  drawing: IconName,
  tone: "" | "warn" | "danger" | "accent",
  title: string,
  body: string,
  ...more: readonly (Node | null)[]
): HTMLElement {
  const lines = el("div", { class: "grow" }, el("b", {}, title), ...(body === "" ? [] : [el("br"), body]), ...more);
  const role = tone === "danger" ? "alert" : "status";
  return el("div", { class: `banner ${tone}`.trim(), role }, icon(drawing), lines);
}
