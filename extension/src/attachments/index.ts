/** The files of one item, which the address names: saved, attached, removed. In a tab, because a popup closes when a file is chosen. */

import { browser, text } from "../shared/browser.ts";
import type { Failure, ToPopup } from "../shared/messages.ts";
import type { PageState } from "../shared/pageMessages.ts";
import { mayWrite } from "../shared/officeProtocol.ts";
import type { Reply } from "../shared/protocol.ts";
import { ask, AskFailed } from "../shared/ui/ask.ts";
import { el, icon, iconButton } from "../shared/ui/dom.ts";
import { sentencesFor, vaultOf } from "../shared/ui/failure.ts";
import { gateOf, gatePart } from "../shared/ui/gate.ts";
import { navigation } from "../shared/ui/navigation.ts";
import { sizeOf } from "../shared/ui/size.ts";
import { followTheme } from "../shared/ui/theme.ts";
import { UndoLine } from "../shared/ui/undo.ts";
import { base64Of, download, maxBytes } from "./content.ts";

type Attachment = Reply<"get">["attachments"][number];

const root = document.querySelector("#page") as HTMLElement;
const item = location.hash.slice(1);
let known: PageState | null = null;
let mayChange = false;

followTheme();
document.documentElement.lang = text("language");
document.documentElement.dir = text("@@bidi_dir");

const title = el("h1", { class: "cut", tabindex: -1 }, text("attachments"));
const status = el("span", { class: "small muted long", role: "status" });
const failed = el("div", { class: "banner danger", role: "alert", hidden: true });
const rows = el("ul", { class: "lines" });
const chooser = el("input", { type: "file", multiple: true, hidden: true, onchange: () => void attachChosen() });
const choose = el(
  "button",
  { type: "button", class: "btn primary", id: "attach", onclick: () => chooser.click() },
  icon("plus", "s"),
  text("attachFile"),
);
const bar = el("div", { class: "progress", role: "progressbar", hidden: true }, el("i"));
const adding = el(
  "div",
  { class: "setting" },
  el("p", { class: "small muted" }, text("attachBody")),
  el("div", { class: "control" }, choose),
);
const files = el("section", { class: "card drop", hidden: true }, rows, adding, chooser, bar);
const undo = new UndoLine(() => undo.hide());
const gate = gatePart({ unlock, retry: () => void open() }, (vault) => text("unlockToAttach", vault));
const nav = navigation(null, []);

root.append(
  nav.node,
  el(
    "div",
    { class: "work" },
    el("header", { class: "bar" }, title, status),
    el("main", { class: "options" }, gate.node, failed, files),
    undo.node,
  ),
);
for (const event of ["dragover", "drop"] as const) document.addEventListener(event, onDrag);
document.addEventListener("keydown", (event) => {
  if (event.key === "F6" && undo.focus()) event.preventDefault();
});
browser.runtime.onMessage.addListener((message: ToPopup) => {
  if (message.type === "changed") void open();
  return false;
});
// Another item's page is asked for in this tab.
addEventListener("hashchange", () => location.reload());
void open().then(() => title.focus());

async function open(): Promise<void> {
  known = await ask("page", {});
  gate.update(known);
  nav.update(known);
  files.hidden = true;
  if (gateOf(known) === "open") await attempt(async () => show(await ask("get", { item })));
}

function show({ item: { title: name }, attachments, right }: Reply<"get">): void {
  const words = name === "" ? text("untitled") : name;
  title.textContent = text("attachmentsOf", words);
  document.title = `${title.textContent} – ${text("extensionName")}`;
  const none = el("li", { class: "empty muted" }, text("noAttachments"));
  // Of an item of an office: what one may not do is not offered.
  mayChange = mayWrite(right);
  const mayRead = mayChange || right === "read";
  rows.replaceChildren(...(attachments.length === 0 ? [none] : attachments.map((each) => rowOf(each, mayRead))));
  adding.hidden = !mayChange;
  files.hidden = false;
}

function rowOf({ name, bytes }: Attachment, mayRead: boolean): HTMLElement {
  // An office's file may have to come from its server.
  const save = () =>
    busy(text("fetchingFile"), async () => download(name, (await ask("attachment", { item, name })).value));
  return el(
    "li",
    { class: "h file" },
    icon("note"),
    el("span", { class: "grow cut", title: name }, name),
    el("span", { class: "chip" }, sizeOf(bytes)),
    ...(mayRead
      ? [
          el(
            "button",
            { type: "button", class: "btn sm", "aria-label": text("saveAttachment", name), onclick: () => void save() },
            text("saveCopy"),
          ),
        ]
      : []),
    ...(mayChange ? [iconButton("trash", text("removeAttachment", name), () => void remove(name))] : []),
  );
}

/** Runs a request, and shows meanwhile that it runs. */
async function busy(label: string, work: () => Promise<void>): Promise<boolean> {
  bar.setAttribute("aria-label", label);
  bar.hidden = false;
  try {
    return await attempt(work);
  } finally {
    bar.hidden = true;
  }
}

async function remove(name: string): Promise<void> {
  await attempt(async () => {
    await ask("attach", { item, name });
    const newest = (await ask("history", { item })).revisions[0];
    await open();
    choose.focus();
    if (newest === undefined) return;
    undo.show(text("attachmentRemoved", name), () => {
      undo.hide();
      void attempt(async () => {
        await ask("restore", { item, revision: newest.revision });
        await open();
        status.textContent = text("attached", name);
      });
    });
  });
}

async function attachChosen(): Promise<void> {
  await attach([...(chooser.files ?? [])]);
  chooser.value = "";
}

async function attach(chosen: readonly File[]): Promise<void> {
  for (const file of chosen) {
    if (file.size > maxBytes) return say({ kind: "attachmentTooLarge" });
    const done = await busy(text("attaching"), async () => {
      const value = await read(file);
      if (value === null) return say(text("fileUnreadable", file.name));
      await ask("attach", { item, name: file.name, value });
      await open();
      status.textContent = text("attached", file.name);
    });
    if (!done) return;
  }
}

/** Returns null if the browser cannot read it: a folder, or a file that has gone meanwhile. */
async function read(file: File): Promise<string | null> {
  try {
    return await base64Of(file);
  } catch {
    return null;
  }
}

function onDrag(event: DragEvent): void {
  if (files.hidden || !mayChange || event.dataTransfer?.types.includes("Files") !== true) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  if (event.type === "drop") void attach([...event.dataTransfer.files]);
}

async function unlock(passphrase: string, keyFile: string | null): Promise<string | null> {
  try {
    await ask("openVault", { passphrase, ...(keyFile === null ? {} : { keyFile }) });
  } catch (error) {
    if (error instanceof AskFailed) return sentencesFor(error.failure, vaultOf(known));
    throw error;
  }
  await open();
  title.focus();
  return null;
}

/** Runs a request. Says why it came to nothing, and returns false then. */
async function attempt(work: () => Promise<void>): Promise<boolean> {
  failed.hidden = true;
  status.textContent = "";
  try {
    await work();
    return failed.hidden;
  } catch (error) {
    if (!(error instanceof AskFailed)) throw error;
    say(error.failure);
    // A lock, or a host that went, concerns the whole page.
    if ("problem" in error.failure || error.failure.kind === "locked") {
      known = await ask("page", {});
      gate.update(known);
      files.hidden = true;
      failed.hidden = true;
    }
    return false;
  }
}

function say(what: Failure | string): void {
  const words = typeof what === "string" ? what : sentencesFor(what, vaultOf(known));
  failed.replaceChildren(icon("warning"), el("span", {}, words));
  failed.hidden = false;
}
