/** One item: its fields, each with its copy; secrets are shown on request and hide again by themselves. */

import { text } from "../../shared/browser.ts";
import { el, icon, iconButton, switchLine } from "../../shared/ui/dom.ts";
import type { Reply } from "../../shared/protocol.ts";
import type { State } from "../state.ts";
import { listedFields } from "../fields.ts";
import type { Field } from "../fields.ts";
import { vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import { tileOf, titleOf } from "./row.ts";
import type { Actions, Shown } from "./view.ts";

const revealForSeconds = 30;
const nameOfField: Readonly<Record<string, string>> = {
  UserName: "fieldUser",
  Password: "fieldPassword",
  Notes: "fieldNotes",
};

export function detailsView(state: State, details: Reply<"get">, actions: Actions): Shown {
  const { item } = details;
  const page = state.known?.page ?? null;
  const match = page?.items.find(({ id }) => id === item.id) ?? null;
  const heading = el("h1", { class: "cut", tabindex: -1, title: titleOf(item) }, titleOf(item));
  const back = iconButton("back", text("back"), actions.back, { keys: "Esc" });
  const fill = el(
    "button",
    { type: "button", class: "btn primary", onclick: () => actions.fill(item, []) },
    text("fill"),
  );
  const status = el("span", { class: "cut", role: "status" });
  const summary = el(
    "div",
    { class: "h summary-line" },
    tileOf(item, true),
    el(
      "div",
      { class: "grow" },
      el("p", { class: "strong cut" }, text(`kind_${item.kind}`)),
      item.tags.length > 0 &&
        el("p", { class: "h wrap small" }, ...item.tags.map((tag) => el("span", { class: "chip" }, tag))),
    ),
    item.kind === "login" && page !== null && fill,
  );
  const offered = match !== null && page !== null && page.host === page.top && !page.insecure;
  const always = offered
    ? switchLine("always", text("alwaysFillHere"), match.alwaysFill, (on) => actions.alwaysFill(item, on))
    : null;
  const failed = el("p", { class: "banner danger", role: "alert", hidden: true });
  const fields = listedFields(details.fields, item.hasCode);
  const lineOf = (field: Field) => fieldLine(field, details, actions, status);
  const list = el(
    "dl",
    { class: "rows details-list" },
    details.folder !== "" && line(text("fieldFolder"), details.folder),
    ...fields.first.map(lineOf),
    item.hasCode && codeLine(details, actions),
    ...details.urls.map(({ url, match: kind }) =>
      line(
        text("opensOn"),
        el("span", { class: "long" }, url, " ", el("span", { class: "chip" }, text(`match_${kind}`))),
      ),
    ),
    ...fields.last.map(lineOf),
    line(
      text("changed"),
      new Date(details.modifiedAt).toLocaleString(document.documentElement.lang, {
        dateStyle: "medium",
        timeStyle: "short",
      }),
    ),
  );
  const main = el("main", {}, failed, summary, always, list);
  return {
    nodes: [
      el("header", {}, back, heading),
      main,
      el(
        "footer",
        {},
        status,
        el("span", { class: "h footnote" }, el("span", {}, el("kbd", {}, "Esc"), ` ${text("hintBack")}`)),
      ),
    ],
    update: ({ failure, known }) => {
      failed.hidden = failure === null;
      failed.textContent = failure === null ? "" : wordsFor(failure, vaultOf(known));
    },
    focus: () => heading.focus(),
  };
}

function fieldLine(field: Field, { item }: Reply<"get">, actions: Actions, status: HTMLElement): HTMLElement {
  const key = nameOfField[field.name];
  const name = key === undefined ? field.name : text(key);
  const what = field.name === "Password" ? "password" : field.name === "UserName" ? "username" : "other";
  const drawing = what === "password" ? "copyPassword" : what === "username" ? "copyUser" : "copy";
  const copy = iconButton(drawing, text("copyField", name), () => {
    if (what === "other" && !field.protected) actions.copyText(field.value ?? "");
    else actions.copy(what, item, field.name);
  });
  if (!field.protected) return line(name, el("span", { class: "long" }, field.value ?? ""), copy);
  const value = el("span", { class: "dots" }, "••••••••••");
  const reveal = revealButton(name, value, status, () => actions.reveal(item, field.name));
  return line(name, value, reveal, copy);
}

/** Shows a secret for half a minute. Only the page's text ever holds it. */
function revealButton(
  name: string,
  value: HTMLElement,
  status: HTMLElement,
  load: () => Promise<string | null>,
): HTMLElement {
  const before = status.textContent;
  let timer: ReturnType<typeof setInterval> | undefined;
  const hide = () => {
    clearInterval(timer);
    timer = undefined;
    value.className = "dots";
    value.replaceChildren("••••••••••");
    status.textContent = before;
    button.setAttribute("aria-pressed", "false");
    button.replaceChildren(icon("reveal"));
  };
  const show = async () => {
    const secret = await load();
    if (secret === null) return;
    value.className = "secret";
    value.replaceChildren(...coloured(secret));
    button.setAttribute("aria-pressed", "true");
    button.replaceChildren(icon("hide"));
    let left = revealForSeconds;
    status.textContent = text("hidesIn", left);
    timer = setInterval(() => {
      left--;
      status.textContent = text("hidesIn", left);
      if (left <= 0) hide();
    }, 1000);
  };
  const onclick = () => (timer === undefined ? void show() : hide());
  const button = iconButton("reveal", text("revealField", name), onclick, {
    "aria-pressed": "false",
    "data-reveals": true,
  });
  return button;
}

function coloured(secret: string): readonly Node[] {
  return [...secret].map((character) => {
    const kind = /\p{N}/u.test(character) ? "d" : /\p{L}/u.test(character) ? "" : "y";
    return el("span", { class: kind }, character);
  });
}

function codeLine({ item }: Reply<"get">, actions: Actions): HTMLElement {
  const value = el("span", { class: "dots" }, "••• •••");
  const show = iconButton("reveal", text("revealField", text("fieldCode")), async () => {
    const found = await actions.code(item);
    if (found === null) return;
    const half = Math.ceil(found.code.length / 2);
    value.className = "secret";
    value.textContent = `${found.code.slice(0, half)} ${found.code.slice(half)}`;
    setTimeout(() => {
      value.className = "dots";
      value.textContent = "••• •••";
    }, found.remainingSeconds * 1000);
  });
  return line(
    text("fieldCode"),
    value,
    show,
    iconButton("copyCode", text("copyCode"), () => actions.copy("code", item), { keys: "Alt+T" }),
  );
}

function line(name: string, value: Node | string, ...buttons: readonly Node[]): HTMLElement {
  return el("div", { class: "prop" }, el("dt", {}, name), el("dd", {}, value), el("dd", { class: "acts" }, ...buttons));
}
