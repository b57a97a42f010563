/** The form of an item. What is typed is kept as a draft at once, so that a popup may close at any time. */

import { text } from "../../shared/browser.ts";
import { el, icon, iconButton } from "../../shared/ui/dom.ts";
import { vaultOf, hintFor, wordsFor } from "../../shared/ui/failure.ts";
import { bitsOf, strengthOf } from "../../shared/ui/strength.ts";
import { newItemKey } from "../edit/draft.ts";
import { errorIn, isUnchanged, withKind } from "../edit/form.ts";
import type { Clash, Draft, ItemForm, ItemKind, ItemUrl } from "../edit/form.ts";
import { fieldAround, lineInput, secretInput } from "../edit/inputs.ts";
import { otpPart } from "../edit/otp.ts";
import { placePart } from "../edit/place.ts";
import { fieldRows, urlRows } from "../edit/rows.ts";
import { suggest } from "../edit/suggest.ts";
import { meter } from "../meter.ts";
import { nameOfField } from "../names.ts";
import { segments } from "../../shared/ui/segments.ts";
import { hiddenSecret } from "../secret.ts";
import type { State, View } from "../state.ts";
import type { Vault } from "../../shared/protocol.ts";
import { isOffice } from "../../shared/vaults.ts";
import type { Actions, Shown } from "./view.ts";

const kinds: readonly ItemKind[] = ["login", "note", "card", "identity"];

export function editView(state: State, view: View & { readonly is: "edit" }, actions: Actions): Shown {
  const { item } = view;
  const key = item?.id ?? newItemKey;
  let base = view.draft.base;
  let { fresh } = view;
  let finished = false;
  let vaults = state.known?.vaults ?? [];

  const heading = el("h1", { class: "cut", tabindex: -1 });
  const chip = el("span", { class: "chip", role: "status" });
  const notes = el("div", { class: "flow-s" });
  const body = el("div", { class: "flow" });
  const save = el(
    "button",
    { type: "submit", class: "btn primary tall", form: "edit", title: `${text("save")} (Ctrl+S)` },
    text("save"),
  );
  const discard = el("button", { type: "button", class: "btn tall", onclick: () => void throwAway() }, text("discard"));
  const remove =
    item === null
      ? null
      : el(
          "button",
          { type: "button", class: "btn quiet tall end", onclick: () => actions.items.remove(item) },
          icon("trash"),
          text("delete"),
        );

  // Sent at once, with no wait for the one before: a popup that closes now has sent what was typed.
  let sent = 0;
  const keep = async (draft: Draft) => {
    const mine = ++sent;
    const isKept = await actions.items.keep(key, isSame(draft) ? null : draft);
    if (mine === sent) showKept(isKept);
  };
  const isSame = (draft: Draft) =>
    item === null ? JSON.stringify(draft) === JSON.stringify(fresh) : isUnchanged(draft);
  const showKept = (isKept: boolean) => {
    chip.textContent = isKept ? text("draftKept") : "";
    chip.hidden = discard.hidden = !isKept;
  };
  const changed = () => {
    if (!finished) void keep({ form: form.read(), base });
  };
  const throwAway = async () => {
    finished = true;
    await keep(fresh);
    finished = false;
    base = fresh.base;
    notes.replaceChildren();
    show(fresh.form);
    form.first.focus();
  };
  const show = (content: ItemForm) => {
    form.gone();
    form = formNodes(content);
    place(content.kind);
  };
  const place = (kind: ItemKind) => {
    heading.textContent = item === null ? text(`new_${kind}`) : text(`edit_${kind}`);
    body.replaceChildren(...form.nodes);
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    if (save.getAttribute("aria-disabled") === "true") return;
    save.setAttribute("aria-disabled", "true");
    await form.settled();
    if (finished) return;
    const draft = { form: form.read(), base };
    if (!form.check(draft.form)) return save.removeAttribute("aria-disabled");
    await keep(draft);
    finished = true;
    const clashed = await actions.items.save(item, draft);
    finished = false;
    save.removeAttribute("aria-disabled");
    if (clashed === null) return;
    base = clashed.draft.base;
    if (base !== null) fresh = { form: base.form, base };
    show(clashed.draft.form);
    changed();
    notes.replaceChildren(clashNote(clashed.clashes));
    (notes.firstElementChild as HTMLElement).focus();
  };

  const clashNote = (clashes: readonly Clash[]) => {
    const status = el("span", { class: "small faint", role: "status" });
    const lines = clashes.map((clash) => clashLine(clash, status));
    return el(
      "section",
      { class: "banner box warn", tabindex: -1, "aria-labelledby": "clash-title" },
      icon("warning"),
      el(
        "div",
        { class: "grow flow-s" },
        el("p", {}, el("b", { id: "clash-title" }, text("clashTitle"))),
        el("p", {}, clashes.length === 0 ? text("clashNone") : text("clashBody")),
        clashes.length > 0 && el("dl", { class: "clashes" }, ...lines),
        status,
      ),
    );
  };
  const clashLine = ({ part, name, theirs }: Clash, status: HTMLElement) => {
    const label = part === "field" ? nameOfField(name) : text(partKeys[part]);
    if (theirs !== null) {
      const value = el("dd", { class: "long" }, theirs === "" ? text("clashEmpty") : theirs);
      return el("div", {}, el("dt", {}, text("clashTheirs", label)), value);
    }
    const field = part === "password" ? "Password" : part === "otp" ? "otp" : name;
    const { value, button } = hiddenSecret(label, status, () =>
      item === null ? Promise.resolve(null) : actions.reveal(item, field),
    );
    return el(
      "div",
      { class: "h" },
      el("dt", { class: "grow" }, text("clashTheirs", label)),
      el("dd", {}, value),
      button,
    );
  };

  function formNodes(content: ItemForm) {
    return formOf(content, {
      matchKind: state.known?.matchKind ?? "hostname",
      vaults,
      actions,
      isNew: item === null,
      hasCode: item?.hasCode === true,
      load: (field) => (item === null ? Promise.resolve(null) : actions.reveal(item, field)),
      changed,
      toPicture: () => actions.otp.toPicture(key, { form: form.read(), base }),
      become: (kind) => {
        show(withKind(form.read(), kind));
        changed();
        body.querySelector<HTMLElement>('.seg [aria-pressed="true"]')?.focus();
      },
    });
  }

  let form = formNodes(view.draft.form);
  place(view.draft.form.kind);
  showKept(view.kept);
  const main = el(
    "main",
    { class: "pad" },
    el("form", { id: "edit", class: "flow", novalidate: true, onsubmit: submit }, notes, body),
  );
  main.addEventListener("input", changed);
  return {
    nodes: [
      el("header", {}, iconButton("back", text("back"), actions.back, { keys: "Esc" }), heading, chip),
      main,
      el("div", { class: "foot-actions" }, save, discard, remove),
    ],
    update: ({ failure, known, view: now }) => {
      if (now.is !== "edit") return;
      if (known !== null && known.vaults !== vaults) form.follow((vaults = known.vaults));
      const words = failure === null ? null : wordsFor(failure, vaultOf(known));
      const hint = failure === null ? null : hintFor(failure);
      if (words === null) notes.querySelector(".banner.danger")?.remove();
      else
        notes.replaceChildren(
          el(
            "div",
            { class: "banner box danger", role: "alert" },
            icon("warning"),
            el("p", { class: "grow" }, hint === null ? words : `${words} ${hint}`),
          ),
        );
    },
    focus: () => form.first.focus(),
    gone: () => {
      finished = true;
      form.gone();
    },
    take: (value, bits) => form.take(value, bits),
  };
}

interface FormParts {
  readonly matchKind: ItemUrl["match"];
  readonly vaults: readonly Vault[];
  readonly actions: Actions;
  readonly isNew: boolean;
  readonly hasCode: boolean;
  /** Asks for a secret of the item. */
  readonly load: (field: string) => Promise<string | null>;
  readonly changed: () => void;
  /** Goes where a picture with a key for codes is chosen. */
  readonly toPicture: () => void;
  readonly become: (kind: ItemKind) => void;
}

interface FormNodes {
  readonly nodes: readonly Node[];
  readonly first: HTMLElement;
  readonly read: () => ItemForm;
  /** Ends when nothing that was typed is still being looked at. */
  readonly settled: () => Promise<void>;
  /** Shows what stands in the way of saving, and goes there. Returns whether nothing does. */
  readonly check: (form: ItemForm) => boolean;
  readonly take: (value: string, bits: number) => void;
  /** Follows the vaults that a new item can go into. */
  readonly follow: (vaults: readonly Vault[]) => void;
  readonly gone: () => void;
}

function formOf(content: ItemForm, parts: FormParts): FormNodes {
  const { kind } = content;
  const { actions, isNew, load, changed } = parts;
  const title = fieldAround(lineInput("title", content.title), text("fieldTitle"), "");
  const username = fieldAround(lineInput("username", content.username), text("fieldUser"), "");
  const { password, node: passwordNode, take } = passwordPart(content, parts);
  const codes = otpPart({
    value: content.otp,
    hasCode: parts.hasCode,
    load: () => load("otp"),
    changed,
    read: actions.otp.read,
    readPage: actions.otp.readPage,
    toPicture: parts.toPicture,
  });
  const otp = codes.input;
  const urls = urlRows(content.urls, parts.matchKind, changed);
  const own = fieldRows(content.fields, load, changed);
  const notesInput = el("textarea", { id: "notes", class: "input", rows: kind === "note" ? 10 : 3 });
  notesInput.value = content.notes;
  const notes = fieldAround(notesInput, text("fieldNotes"), "");
  const folder = fieldAround(lineInput("folder", content.folder), text("fieldFolder"), text("folderHint"));
  const tags = fieldAround(lineInput("tags", content.tags), text("fieldTags"), text("tagsHint"));
  const expires = fieldAround(lineInput("expires", content.expires, { type: "date" }), text("fieldExpires"), "");

  const folders = suggest(folder.input as HTMLInputElement, false);
  const tagNames = suggest(tags.input as HTMLInputElement, true);
  folder.node.append(folders.node);
  tags.node.append(tagNames.node);
  // A folder is one of the vault that the item lies in, or goes into.
  const offerOf = async (vault: string) => {
    const known = await actions.items.folders(vault);
    if (place.value() !== vault) return;
    folders.offer((known?.folders ?? []).map(({ path }) => path).filter((path) => path !== ""));
    tagNames.offer((known?.tags ?? []).map(({ tag }) => tag));
  };
  const place = placePart(content.vault, (vault) => {
    folder.node.hidden = place.isOffice();
    void offerOf(vault);
  });
  if (isNew) place.follow(parts.vaults);
  // What is in an office is moved in the office page: the folder has rights there.
  else folder.node.hidden = isOffice(content.vault, parts.vaults);
  if (place.node.hidden) void offerOf(place.value());

  const chooser = segments<ItemKind>(
    { "aria-label": text("kind") },
    kinds.map((each) => [each, text(`kind_${each}`)] as const),
    parts.become,
  );
  chooser.show(kind);
  const login = kind === "login" ? [username.node, passwordNode, urls.node, otp.field.node] : [];
  const nodes = [
    ...(isNew ? [chooser.node, place.node] : []),
    title.node,
    ...login,
    ...(kind === "note" ? [notes.node] : []),
    own.node,
    ...(kind === "note" ? [] : [notes.node]),
    el("div", { class: "two" }, folder.node, tags.node),
    expires.node,
  ];
  const lines: Readonly<Record<string, (index: number | null, error: string) => void>> = {
    title: (index, error) => at(title, index, error),
    otp: (index, error) => at(otp.field, index, error),
    url: urls.say,
    field: own.say,
  };
  return {
    nodes,
    first: title.input.value === "" || kind !== "login" || !isNew ? title.input : username.input,
    read: () => ({
      kind,
      title: title.input.value,
      username: username.input.value,
      password: password.value(),
      otp: otp.value(),
      urls: urls.read(),
      notes: notesInput.value,
      tags: tags.input.value,
      folder: place.isOffice() ? "" : folder.input.value,
      expires: expires.input.value,
      fields: own.read(),
      vault: place.value(),
    }),
    settled: codes.settled,
    check: (form) => {
      const error = errorIn(form);
      for (const say of Object.values(lines)) say(null, "");
      if (error !== null) lines[error.at]?.(error.index, text(`formError_${error.words}`));
      return error === null && (kind !== "login" || codes.check());
    },
    take,
    follow: isNew ? place.follow : () => {},
    gone: () => {
      for (const { field } of [password, otp]) field.input.value = "";
      own.gone();
    },
  };
}

function passwordPart(content: ItemForm, { actions, isNew, load, changed }: FormParts) {
  const generate = iconButton("generate", text("generateHere"), () => void make(), { keys: "Alt+G", id: "generate" });
  const password = secretInput("password", text("fieldPassword"), content.password, () => load("Password"), generate);
  const bar = meter();
  const more = el(
    "button",
    { type: "button", class: "link small", onclick: () => actions.generator.open(true) },
    text("otherRecipe"),
  );
  /** How many bits a generated value has, while it is the one that stands there. */
  let made: { readonly value: string; readonly bits: number } | null = null;
  const judge = () => {
    const value = password.field.input.value;
    bar.node.hidden = value === "";
    if (value === "") return password.field.hint(content.password === null && !isNew ? text("passwordKept") : "");
    const bits = made?.value === value ? made.bits : bitsOf(value);
    bar.show(bits);
    const word = made?.value === value ? "strong" : strengthOf(value);
    const words = text(`bits_${word}`, Math.round(bits));
    password.field.hint(isNew ? words : `${words} ${text("oldPasswordStays")}`);
  };
  const take = (value: string, bits: number) => {
    made = { value, bits };
    password.set(value, true);
    judge();
    changed();
    password.field.input.focus();
  };
  const make = async () => {
    const generated = await actions.generator.make(await actions.generator.recipe());
    if (generated !== null) take(generated.value, generated.bits);
  };
  password.field.input.addEventListener("input", judge);
  password.field.node.children[1]?.after(bar.node);
  password.field.node.append(el("div", {}, more));
  judge();
  return { password, node: password.field.node, take };
}

function at(field: ReturnType<typeof fieldAround>, index: number | null, error: string): void {
  field.say(index === null ? null : error);
  if (index !== null) field.input.focus();
}

const partKeys: Readonly<Record<Exclude<Clash["part"], "field">, string>> = {
  title: "fieldTitle",
  username: "fieldUser",
  password: "fieldPassword",
  otp: "fieldCode",
  urls: "opensOn",
  notes: "fieldNotes",
  tags: "fieldTags",
  folder: "fieldFolder",
  expires: "fieldExpires",
};
