/**
 * What a page asks about passkeys, and the person's answer: a new one, the use of one, or another device. Names the site as the browser
 * does, and the account as the page does.
 */

import { text } from "../../shared/browser.ts";
import type { PasskeyQuestion } from "../../shared/messages.ts";
import type { Item } from "../../shared/protocol.ts";
import { el, icon, iconButton } from "../../shared/ui/dom.ts";
import { hintFor, vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import { presetOf } from "../../shared/vaults.ts";
import { fieldAround, lineInput } from "../edit/inputs.ts";
import { placePart } from "../edit/place.ts";
import type { State, View } from "../state.ts";
import { titleOf } from "./row.ts";
import type { Actions, Shown } from "./view.ts";

/** What differs between the questions. */
interface Part {
  readonly nodes: readonly Node[];
  /** The words of the button that agrees. */
  readonly yes: string;
  readonly submit: () => void;
  readonly follow: (state: State) => void;
}

export function passkeyView(state: State, view: View & { readonly is: "passkey" }, actions: Actions): Shown {
  const { question } = view;
  const { kind, host, top, relyingParty } = question;
  const { no } = actions.passkey;
  const failed = el("div", { class: "banner box danger", role: "alert", hidden: true });
  const part = partOf(question, state, actions);
  const account = question.kind === "create" ? accountOf(question) : null;
  const form = el(
    "form",
    {
      id: "passkey",
      class: "flow",
      novalidate: true,
      onsubmit: (event: Event) => {
        event.preventDefault();
        part.submit();
      },
    },
    failed,
    el("p", { class: "muted" }, text(`passkey_${kind}_body`, host)),
    top !== null &&
      el(
        "div",
        { class: "banner box warn" },
        icon("warning"),
        el("p", { class: "grow" }, text("passkeyFrame", host, top)),
      ),
    el(
      "dl",
      { class: "rows" },
      fact(text("passkeyFor"), el("b", { class: "mono long", id: "passkey-for" }, relyingParty)),
      account !== null && fact(text("passkeyAccount"), el("b", { class: "long", id: "passkey-account" }, account)),
    ),
    ...part.nodes,
  );
  const agree = el("button", { type: "submit", form: "passkey", class: "btn tall primary" }, part.yes);
  const device = el(
    "button",
    { type: "button", class: "btn tall", onclick: () => no(question, true) },
    text("otherDevice"),
  );
  const heading = el("h1", { class: "cut", tabindex: -1 }, text(`passkey_${kind}_title`));
  return {
    nodes: [
      el(
        "header",
        {},
        icon("passkey"),
        heading,
        iconButton("close", text("cancel"), () => no(question, false)),
      ),
      el("main", { class: "pad" }, form),
      el("div", { class: "foot-actions" }, agree, device),
    ],
    update: (now) => {
      part.follow(now);
      failed.hidden = now.failure === null;
      if (now.failure === null) return;
      const hint = hintFor(now.failure);
      const words = wordsFor(now.failure, vaultOf(now.known));
      failed.replaceChildren(icon("warning"), el("p", { class: "grow" }, hint === null ? words : `${words} ${hint}`));
    },
    focus: () => agree.focus(),
  };
}

function partOf(question: PasskeyQuestion, state: State, actions: Actions): Part {
  switch (question.kind) {
    case "create":
      return createPart(question, state, actions);
    case "get":
      return getPart(question, actions);
    case "excluded":
      return {
        nodes: [],
        yes: text("passkeyUnderstood"),
        submit: () => actions.passkey.no(question, false),
        follow: () => {},
      };
  }
}

/** In which item the new passkey is kept: one of this site, or a new one. */
function createPart(question: PasskeyQuestion & { readonly kind: "create" }, state: State, { passkey }: Actions): Part {
  const { items, replaces, siteName, username, host } = question;
  const isOfUser = (item: Item) => item.username.trim().toLowerCase() === username.trim().toLowerCase();
  const preset = replaces ?? items.find(isOfUser)?.id ?? "";
  const title = fieldAround(lineInput("title", siteName.trim() === "" ? host : siteName), text("fieldTitle"), "");
  const place = placePart(presetOf(state.known?.vaults ?? []), () => {});
  const replaced = el("p", { class: "small muted" }, text("passkeyReplaces"));
  const fresh = el("div", { class: "flow-s" }, title.node, place.node);
  const choose = (id: string) => {
    fresh.hidden = id !== "";
    replaced.hidden = id === "" || id !== replaces;
  };
  const choices = radios(
    [...items.map((item) => [item.id, titleOf(item), item.username] as const), ["", text("passkeyNewItem"), ""]],
    preset,
    text("passkeyWhere"),
    choose,
  );
  choose(preset);
  const submit = () => {
    const chosen = choices.value();
    if (chosen !== "") return passkey.yes(question, { item: chosen });
    const said = title.input.value.trim();
    title.say(said === "" ? text("formError_titleMissing") : null);
    if (said === "") return title.input.focus();
    const vault = place.value();
    passkey.yes(question, { set: { title: said, username, tags: [], ...(vault === "" ? {} : { vault }) } });
  };
  return {
    // Where there is no other item there is no choice to be made.
    nodes: [...(items.length > 0 ? [choices.node] : []), fresh, replaced],
    yes: text("passkeyCreate"),
    submit,
    follow: ({ known }) => place.follow(known?.vaults ?? []),
  };
}

/** With which account. */
function getPart({ passkeys, ...question }: PasskeyQuestion & { readonly kind: "get" }, { passkey }: Actions): Part {
  const choices = radios(
    passkeys.map(({ item, username }) => [item.id, username === "" ? titleOf(item) : username, titleOf(item)] as const),
    passkeys[0]?.item.id ?? "",
    text("passkeyAccount"),
    () => {},
  );
  return {
    nodes: [choices.node],
    yes: text("passkeyUse"),
    submit: () => passkey.yes({ ...question, passkeys }, { item: choices.value() }),
    follow: () => {},
  };
}

function radios(
  choices: readonly (readonly [value: string, name: string, more: string])[],
  preset: string,
  label: string,
  chosen: (value: string) => void,
) {
  const inputs: HTMLInputElement[] = [];
  const lines = choices.map(([value, name, more], index) => {
    const input = el("input", {
      type: "radio",
      name: "choice",
      id: `choice-${index}`,
      value,
      hidden: choices.length === 1,
      onchange: () => chosen(value),
    });
    input.checked = value === preset;
    inputs.push(input);
    const second = more === "" || more === name ? [] : [el("br"), el("span", { class: "small muted" }, more)];
    const words = el("span", { class: "grow long" }, el("b", {}, name), ...second);
    return el("div", {}, el("label", { class: "h check", for: input.id }, input, words));
  });
  const node = el(
    "div",
    { class: "field", role: "radiogroup", "aria-label": label },
    el("span", { class: "label" }, label),
    el("div", { class: "flow-s" }, ...lines),
  );
  return { node, value: () => inputs.find(({ checked }) => checked)?.value ?? preset };
}

function accountOf({ username, displayName }: PasskeyQuestion & { readonly kind: "create" }): string {
  return displayName === "" || displayName === username ? username : `${username} (${displayName})`;
}

function fact(name: string, value: Node): HTMLElement {
  return el("div", { class: "prop" }, el("dt", {}, name), el("dd", {}, value));
}
