/** One item: its fields, each with its copy; secrets are shown on request and hide again by themselves. */

import { text } from "../../shared/browser.ts";
import { el, icon, iconButton, plural, switchLine } from "../../shared/ui/dom.ts";
import { colourDot } from "../../shared/ui/vaultDot.ts";
import type { PageContext } from "../../shared/messages.ts";
import { mayWrite } from "../../shared/officeProtocol.ts";
import { waitingField } from "../../shared/protocol.ts";
import type { Reply } from "../../shared/protocol.ts";
import { homeOf } from "../../shared/vaults.ts";
import { mayAlwaysFill } from "../state.ts";
import type { State, View } from "../state.ts";
import { changePageOf } from "../changePage.ts";
import { listedFields } from "../fields.ts";
import type { Field } from "../fields.ts";
import { menuButton } from "../menu.ts";
import { nameOfField } from "../names.ts";
import { hiddenSecret, shownCode } from "../secret.ts";
import { sizeOf } from "../../shared/ui/size.ts";
import { dayOf, isKnown, timeOf } from "../../shared/time.ts";
import { openSite, openTab } from "../window.ts";
import { tileOf, titleOf } from "./row.ts";
import { placesToShare, sharePanel } from "./share.ts";
import { subview } from "./subview.ts";
import type { Actions, Shown } from "./view.ts";

export function detailsView(state: State, view: View & { readonly is: "details" }, actions: Actions): Shown {
  const { details, removed } = view;
  const { item } = details;
  const status = el("span", { class: "cut", role: "status" });
  const misfit = el("div", { role: "alert" });
  const share = el("div", {});
  let page = state.known?.page ?? null;
  // The host would refuse it, and the person would not know which item and which site was meant.
  const fits = () => page === null || page.items.some(({ id }) => id === item.id);
  const fill = async () => {
    // What was just saved the popup may not know as this site's yet.
    if (!fits()) await actions.retry();
    if (page === null || fits()) return actions.fill(item, []);
    misfit.replaceChildren(misfitNote(view, page, actions));
    misfit.querySelector("button")?.focus();
  };
  const shown = subview({
    heading: titleOf(item),
    content: [
      removed && removedNote(view, actions),
      misfit,
      share,
      !removed && item.hasNewPassword === true && waitingNote(view, actions, status),
      summaryOf(state, view, fill),
      alwaysLine(state, view, actions),
      listOf(details, removed, actions, status),
    ],
    buttons: removed ? [] : [shareButton(state, view, actions, share), ...headerButtons(view, actions)],
    status,
    keys: [!removed && el("span", {}, el("kbd", {}, "Ctrl E"), ` ${text("hintEdit")}`)],
    back: actions.back,
  });
  return {
    ...shown,
    update: (now) => {
      page = now.known?.page ?? null;
      shown.update(now);
    },
  };
}

/** The item is of another site than the page: both names, and what can be done all the same. */
function misfitNote(
  { details: { item, urls } }: View & { readonly is: "details" },
  page: PageContext,
  actions: Actions,
): HTMLElement {
  const sites = urls.map(({ url }) => (URL.canParse(url) ? new URL(url).host : url));
  const button = (words: string, id: string, onclick: () => void) =>
    el("button", { type: "button", class: "btn sm", id, onclick }, words);
  const add = button(text("addAddress"), "add-address", () => actions.site.addTo(item));
  const copy = item.hasPassword
    ? [button(text("copyPassword"), "copy-instead", () => actions.copy("password", item))]
    : [];
  const names = new Intl.ListFormat(document.documentElement.lang).format(new Set(sites));
  return el(
    "div",
    { class: "banner warn" },
    icon("whyNot"),
    el(
      "div",
      { class: "grow" },
      el("b", { class: "long" }, text("misfitTitle", titleOf(item), names)),
      el("br"),
      text("misfitBody", page.host),
      el("div", { class: "actions" }, add, ...copy),
    ),
  );
}

/** A new password that is not known to work yet: what it is, and what becomes of it. */
function waitingNote(
  { details: { item } }: View & { readonly is: "details" },
  actions: Actions,
  status: HTMLElement,
): HTMLElement {
  const name = text("fieldNewPassword");
  const { value, button } = hiddenSecret(name, status, () => actions.reveal(item, waitingField));
  const copy = iconButton("copyPassword", text("copyField", name), () => actions.copy("password", item, waitingField));
  const choice = (words: string, id: string, onclick: () => void) =>
    el("button", { type: "button", class: "btn sm", id, onclick }, words);
  return el(
    "div",
    { class: "banner accent", role: "status" },
    icon("history"),
    el(
      "div",
      { class: "grow" },
      el("b", {}, text("waitingHere")),
      el("br"),
      text("waitingBody"),
      el("div", { class: "h" }, el("span", { class: "grow" }, value), button, copy),
      el(
        "div",
        { class: "actions" },
        choice(text("waitingPromote"), "promote", () => actions.items.promote(item)),
        choice(text("waitingDrop"), "drop-new", () => actions.items.dropNew(item)),
      ),
    ),
  );
}

/** Opens and closes the panel that shares the item; false where there is no office. */
function shareButton(
  state: State,
  { details: { item } }: View & { readonly is: "details" },
  actions: Actions,
  place: HTMLElement,
): HTMLElement | false {
  const vaults = state.known?.vaults ?? [];
  if (placesToShare(item, vaults).length === 0) return false;
  const button = iconButton(
    "share",
    text("shareTitle"),
    () => {
      const isOpen = place.hasChildNodes();
      button.setAttribute("aria-expanded", String(!isOpen));
      place.replaceChildren(...(isOpen ? [] : [sharePanel(item, vaults, () => void actions.retry())]));
    },
    { id: "share-item", "aria-expanded": "false" },
  );
  return button;
}

function headerButtons({ details }: View & { readonly is: "details" }, { items }: Actions): readonly HTMLElement[] {
  const { item, revisions, urls, right } = details;
  const mayChange = mayWrite(right);
  const changePage = item.kind === "login" ? changePageOf(urls) : null;
  return [
    ...(mayChange
      ? [iconButton("edit", text("edit"), () => items.edit(item), { keys: "Ctrl+E", id: "edit-item" })]
      : []),
    menuButton("item-menu", text("more"), () => [
      ...(revisions > 0
        ? [{ label: text("history"), drawing: "history" as const, choose: () => items.history(item) }]
        : []),
      // Nobody asks the site whether it has one: the person sees what comes.
      ...(changePage === null
        ? []
        : [{ label: text("changeOnSite"), drawing: "open" as const, choose: () => void openSite(changePage) }]),
      { label: text("attachments"), drawing: "note" as const, choose: () => openAttachments(item.id) },
      ...(right === undefined || right === "manage"
        ? []
        : [{ label: text("askAccess"), drawing: "person" as const, choose: () => items.wantAccess(item, right) }]),
      ...(mayChange
        ? [{ label: text("delete"), drawing: "trash" as const, danger: true, choose: () => items.remove(item) }]
        : []),
    ]),
  ];
}

/** The item lies in the recycle bin: what that means, and the way out of it in both directions. */
function removedNote({ details: { item } }: View & { readonly is: "details" }, { items }: Actions): HTMLElement {
  const restore = el(
    "button",
    { type: "button", class: "btn sm", onclick: () => items.restore(item) },
    text("restore"),
  );
  const erase = el(
    "button",
    { type: "button", class: "btn danger sm", onclick: () => items.askToErase(item) },
    text("eraseItem"),
  );
  return el(
    "div",
    { class: "banner" },
    icon("trash"),
    el("div", { class: "grow" }, el("b", {}, text("isRemoved")), el("div", { class: "actions" }, restore, erase)),
  );
}

function summaryOf(
  state: State,
  { details, removed }: View & { readonly is: "details" },
  onclick: () => void,
): HTMLElement {
  const { item } = details;
  const home = homeOf(item, state.known?.vaults ?? []);
  const homeName = home === null ? null : el("span", { class: "cut", title: home.name }, text("inVault", home.name));
  const fill = el("button", { type: "button", class: "btn primary", onclick }, text("fill"));
  const fits = details.urls.some(({ match }) => match !== "never");
  const expired = details.expiresAt !== undefined && new Date(details.expiresAt).getTime() <= Date.now();
  const chips = [
    ...(expired ? [el("span", { class: "chip warn" }, icon("timeLimited"), text("expired"))] : []),
    ...item.tags.map((tag) => el("span", { class: "chip" }, tag)),
  ];
  return el(
    "div",
    { class: "h summary-line" },
    tileOf(item, true),
    el(
      "div",
      { class: "grow" },
      el("p", { class: "strong cut" }, text(`kind_${item.kind}`)),
      home !== null && el("p", { class: "h small muted" }, colourDot(home.colour), homeName),
      chips.length > 0 && el("p", { class: "h wrap small chips" }, ...chips),
    ),
    !removed && item.kind === "login" && fits && state.known?.page != null && fill,
  );
}

function alwaysLine(state: State, { details, removed }: View & { readonly is: "details" }, actions: Actions) {
  const page = state.known?.page ?? null;
  const match = page?.items.find(({ id }) => id === details.item.id) ?? null;
  if (removed || match === null || !mayAlwaysFill(page)) return null;
  return switchLine("always", text("alwaysFillHere"), match.alwaysFill, (on) =>
    actions.site.alwaysFill(details.item, on),
  );
}

function listOf(details: Reply<"get">, removed: boolean, actions: Actions, status: HTMLElement): HTMLElement {
  const { item, revisions, expiresAt } = details;
  // KeePass keeps the field of a password also where there is none.
  const held = details.fields.filter(({ name }) => name !== "Password" || item.hasPassword);
  const fields = listedFields(held, item.hasCode);
  const lineOf = (field: Field) => fieldLine(field, details, actions, status);
  const earlier = revisions > 0 ? ` · ${plural("earlierValues", revisions)}` : "";
  const history = iconButton("history", text("history"), () => actions.items.history(item), { id: "history" });
  return el(
    "dl",
    { class: "rows details-list" },
    details.folder !== "" && line(text("fieldFolder"), details.folder),
    ...fields.first.map(lineOf),
    item.hasCode && codeLine(details, actions),
    details.passkey !== undefined && passkeyLine(details.passkey, details, removed ? null : actions),
    ...details.urls.map(urlLine),
    ...fields.last.map(lineOf),
    ...details.attachments.map(({ name, bytes }) =>
      line(
        text("attachment"),
        el("span", { class: "long" }, name, " ", el("span", { class: "chip" }, sizeOf(bytes))),
        iconButton("open", text("openAttachments", name), () => openAttachments(item.id)),
      ),
    ),
    expiresAt !== undefined && line(text("fieldExpires"), dayOf(expiresAt)),
    isKnown(details.modifiedAt) &&
      line(text("changed"), timeOf(details.modifiedAt) + earlier, ...(revisions > 0 ? [history] : [])),
    isKnown(details.createdAt) && line(text("created"), timeOf(details.createdAt)),
  );
}

/** In a tab: the popup would close when a file is chosen. */
function openAttachments(id: string): void {
  void openTab(`attachments.html#${id}`);
}

function urlLine({ url, match }: Reply<"get">["urls"][number]): HTMLElement {
  const shown = el("span", { class: "long" }, url, " ", el("span", { class: "chip" }, text(`match_${match}`)));
  if (!/^https?:/.test(url)) return line(text("opensOn"), shown);
  const open = el(
    "a",
    {
      class: "btn icon quiet",
      href: url,
      target: "_blank",
      rel: "noreferrer",
      "aria-label": text("openSite", url),
      title: text("openSite", url),
    },
    icon("open"),
  );
  return line(text("opensOn"), shown, open);
}

function fieldLine(field: Field, { item }: Reply<"get">, actions: Actions, status: HTMLElement): HTMLElement {
  const name = nameOfField(field.name);
  const what = field.name === "Password" ? "password" : field.name === "UserName" ? "username" : "other";
  const drawing = what === "password" ? "copyPassword" : what === "username" ? "copyUser" : "copy";
  const copy = iconButton(drawing, text("copyField", name), () => {
    if (what === "other" && !field.protected) actions.copyText(field.value ?? "");
    else actions.copy(what, item, field.name);
  });
  if (!field.protected) return line(name, el("span", { class: "long" }, field.value ?? ""), copy);
  const { value, button } = hiddenSecret(name, status, () => actions.reveal(item, field.name));
  return line(name, value, button, copy);
}

function codeLine({ item }: Reply<"get">, actions: Actions): HTMLElement {
  const { value, button } = shownCode(text("fieldCode"), () => actions.code(item));
  return line(
    text("fieldCode"),
    value,
    button,
    iconButton("copyCode", text("copyCode"), () => actions.copy("code", item), { keys: "Alt+T" }),
  );
}

/** @param actions Null: it cannot be deleted from here. */
function passkeyLine(
  { relyingParty, username, createdAt }: NonNullable<Reply<"get">["passkey"]>,
  { item }: Reply<"get">,
  actions: Actions | null,
): HTMLElement {
  const since =
    createdAt === undefined
      ? []
      : [el("br"), el("span", { class: "small muted" }, text("passkeySince", dayOf(createdAt)))];
  const shown = el(
    "span",
    { class: "long" },
    el("span", { class: "mono" }, relyingParty),
    username === "" ? "" : ` · ${username}`,
    ...since,
  );
  const drop =
    actions === null
      ? []
      : [iconButton("trash", text("passkeyDelete"), () => actions.items.dropPasskey(item), { id: "drop-passkey" })];
  return line(text("fieldPasskey"), shown, ...drop);
}

function line(name: string, value: Node | string, ...buttons: readonly Node[]): HTMLElement {
  return el("div", { class: "prop" }, el("dt", {}, name), el("dd", {}, value), el("dd", { class: "acts" }, ...buttons));
}
