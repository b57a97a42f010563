/**
 * Offers to save the sign-in that has just worked: as a new login, or as the new password of one. The host alone has the password, and
 * shows it on request; what is changed here is kept until it is saved or let go.
 */

import { text } from "../../shared/browser.ts";
import { hostOf } from "../../shared/origin.ts";
import type { Item, Vault } from "../../shared/protocol.ts";
import { el, icon, iconButton, mark } from "../../shared/ui/dom.ts";
import { hintFor, vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import { presetOf } from "../../shared/vaults.ts";
import { fieldAround, lineInput } from "../edit/inputs.ts";
import { placePart } from "../edit/place.ts";
import { suggest } from "../edit/suggest.ts";
import { hiddenSecret } from "../secret.ts";
import type { State, View } from "../state.ts";
import { titleOf } from "./row.ts";
import type { Actions, Shown } from "./view.ts";

export function offerView(state: State, view: View & { readonly is: "offer" }, actions: Actions): Shown {
  const { offer, draft } = view;
  const { notNow } = actions.offer;
  let vaults = state.known?.vaults ?? [];
  const secret = passwordLine(actions);
  let part = offer.kind === "update" && draft?.asNew !== true ? updatePart() : savePart();

  const heading = el("h1", { class: "cut", tabindex: -1 });
  const failed = el("div", { class: "banner box danger", role: "alert", hidden: true });
  const body = el("div", { class: "flow" });
  const foot = el("div", { class: "foot-actions" });
  const form = el(
    "form",
    { id: "offer", class: "flow", novalidate: true, onsubmit: (event: Event) => submit(event) },
    failed,
    body,
  );
  const submit = (event: Event) => {
    event.preventDefault();
    part.submit();
  };
  // At each key: a popup closes when somebody looks at the page.
  const keep = () => actions.offer.draft({ origin: offer.origin, ...part.now() });
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  const show = () => {
    heading.textContent = text(`offer_${part.kind}_title`);
    body.replaceChildren(...part.nodes, secret);
    foot.replaceChildren(...part.buttons);
  };
  show();

  function savePart() {
    const host = hostOf(offer.origin);
    const title = fieldAround(lineInput("title", draft?.title ?? offer.title), text("fieldTitle"), "");
    const username = fieldAround(lineInput("username", draft?.username ?? offer.username), text("fieldUser"), "");
    const folder = fieldAround(lineInput("folder", draft?.folder ?? ""), text("fieldFolder"), text("folderHint"));
    const folders = suggest(folder.input as HTMLInputElement, false);
    folder.node.append(folders.node);
    const offerFolders = async (vault: string) => {
      const known = await actions.items.folders(vault);
      if (place.value() === vault)
        folders.offer((known?.folders ?? []).map(({ path }) => path).filter((path) => path !== ""));
    };
    const place = placePart(draft?.vault || presetOf(vaults), (vault) => {
      folder.node.hidden = place.isOffice();
      void offerFolders(vault);
    });
    const now = () => ({
      asNew: offer.kind === "update",
      into: "",
      title: title.input.value,
      username: username.input.value,
      folder: folder.input.value,
      vault: place.value(),
    });
    place.follow(vaults);
    if (place.node.hidden) void offerFolders(place.value());
    const submit = () => {
      const said = title.input.value.trim();
      title.say(said === "" ? text("formError_titleMissing") : null);
      if (said === "") return title.input.focus();
      const [inFolder, inVault] = [place.isOffice() ? "" : folder.input.value.trim(), place.value()];
      actions.offer.keep({
        set: {
          title: said,
          username: username.input.value,
          tags: [],
          ...(inFolder === "" ? {} : { folder: inFolder }),
          ...(inVault === "" ? {} : { vault: inVault }),
        },
      });
    };
    return {
      kind: "save" as const,
      nodes: [
        el("p", { class: "muted" }, text("offerSaveBody", host)),
        title.node,
        username.node,
        place.node,
        folder.node,
      ],
      buttons: [
        button("primary", text("offerSave")),
        button("", text("notNow"), notNow),
        button("quiet end", text("neverHere"), actions.offer.never),
      ],
      first: username.input.value === "" ? username.input : null,
      now,
      follow: place.follow,
      submit,
    };
  }

  function updatePart() {
    const choices = offer.items.map((item, index) => choice(item, index));
    const submit = () => {
      const index = choices.findIndex(({ input }) => input.checked);
      const item = offer.items[Math.max(0, index)];
      if (item !== undefined) actions.offer.keep({ into: item.id });
    };
    const one = offer.items.length === 1;
    const asNew = () => {
      part = savePart();
      show();
      keep();
      heading.focus();
    };
    const list = el(
      "div",
      { class: "flow-s", ...(one ? {} : { role: "radiogroup", "aria-label": text("offerWhich") }) },
      ...choices.map(({ node }) => node),
    );
    return {
      kind: "update" as const,
      nodes: [
        list,
        el(
          "div",
          { class: "banner box accent" },
          icon("check"),
          el("p", { class: "grow" }, el("b", {}, text("offerWorked")), " ", text("oldPasswordStays")),
        ),
      ],
      buttons: [
        button("primary", text("offerUpdate")),
        button("", text("offerAsNew"), asNew),
        button("quiet end", text("notNow"), notNow),
      ],
      first: null,
      now: () => ({
        asNew: false,
        into: offer.items[choices.findIndex(({ input }) => input.checked)]?.id ?? "",
        title: offer.title,
        username: offer.username,
        folder: "",
        vault: "",
      }),
      follow: (_vaults: readonly Vault[]) => {},
      submit,
    };
  }

  function choice(item: Item, index: number) {
    const input = el("input", { type: "radio", name: "into", id: `into-${index}`, hidden: offer.items.length === 1 });
    input.checked =
      index ===
      Math.max(
        0,
        offer.items.findIndex(({ id }) => id === draft?.into),
      );
    const words = el(
      "span",
      { class: "grow" },
      el("b", {}, titleOf(item)),
      el("br"),
      el("span", { class: "small muted" }, item.username === "" ? text("offerNoUser") : item.username),
    );
    return { input, node: el("label", { class: "h check", for: input.id }, input, words) };
  }

  const close = iconButton("close", text("notNow"), notNow);
  return {
    nodes: [el("header", {}, smallMark(), heading, close), el("main", { class: "pad" }, form), foot],
    update: ({ failure, known }) => {
      if (known !== null && known.vaults !== vaults) part.follow((vaults = known.vaults));
      failed.hidden = failure === null;
      if (failure === null) return;
      const hint = hintFor(failure);
      const words = wordsFor(failure, vaultOf(known));
      failed.replaceChildren(icon("warning"), el("p", { class: "grow" }, hint === null ? words : `${words} ${hint}`));
    },
    // The primary button: the person asked for nothing, so nothing of theirs is typed over.
    focus: () => (part.first ?? foot.querySelector("button"))?.focus(),
    gone: () => secret.replaceChildren(),
  };
}

/** The password that would be saved, shown when it is asked for. */
function passwordLine({ offer }: Actions): HTMLElement {
  const status = el("span", { class: "small muted", role: "status" });
  const { value, button } = hiddenSecret(text("fieldPassword"), status, offer.reveal);
  return el(
    "div",
    { class: "field" },
    el("span", { class: "label" }, text("fieldPassword")),
    el("div", { class: "h" }, el("span", { class: "grow long" }, value), status, button),
  );
}

function button(kind: string, words: string, onclick?: () => void): HTMLButtonElement {
  const sends = onclick === undefined;
  const attributes = sends ? { type: "submit", form: "offer" } : { type: "button", onclick };
  return el("button", { class: `btn tall ${kind}`.trim(), ...attributes }, words);
}

function smallMark(): SVGElement {
  const drawing = mark();
  drawing.setAttribute("width", "20");
  drawing.setAttribute("height", "20");
  return drawing;
}
