/** The person's vaults: name, state and path of each, its colour, whether it takes new items; to add one and to let one go. */

import { text } from "../../shared/browser.ts";
import { vaultColours } from "../../shared/protocol.ts";
import type { Vault, VaultColour } from "../../shared/protocol.ts";
import { el, icon, iconButton, plural } from "../../shared/ui/dom.ts";
import { vaultOf } from "../../shared/ui/failure.ts";
import { fileForm } from "../../shared/ui/fileForm.ts";
import { commandField } from "../../shared/ui/problem.ts";
import { colourDot } from "../../shared/ui/vaultDot.ts";
import { isOpening } from "../../shared/vaults.ts";
import type { State } from "../state.ts";
import { vaultQuestion, vaultWords } from "./vaultQuestion.ts";
import type { Actions, Part } from "./view.ts";

/** A vault's part: built when it is listed first, by its id. */
interface Line {
  readonly node: HTMLElement;
  readonly update: (vault: Vault, state: State) => void;
}

export function vaultsPart(actions: Actions): Part {
  const node = el("div", { class: "contents" });
  const lines = new Map<string, Line>();
  let order: string | null = null;
  const update = (state: State) => {
    const vaults = vaultsIn(state);
    for (const { vault, own } of vaults) if (!lines.has(vault)) lines.set(vault, vaultLine(vault, own, actions));
    const listed = vaults.map(({ vault }) => vault);
    if (listed.join() !== order) {
      order = listed.join();
      const hadFocus = node.contains(document.activeElement);
      node.replaceChildren(...listed.map((vault) => (lines.get(vault) as Line).node));
      for (const vault of lines.keys()) if (!listed.includes(vault)) lines.delete(vault);
      // The vault that had the focus was let go.
      if (hadFocus && !node.contains(document.activeElement))
        document.querySelector<HTMLElement>("#add-vault")?.focus();
    }
    for (const vault of vaults) lines.get(vault.vault)?.update(vault, state);
  };
  return { node, update };
}

/** Adding a vault: a button that opens the form in its place. */
export function addVaultPart(actions: Actions): Part {
  const open = () => actions.askVault({ is: "add" });
  const start = el(
    "button",
    { type: "button", class: "btn", id: "add-vault", onclick: open },
    icon("plus"),
    text("addVault"),
  );
  const place = el("div", { class: "below" });
  const node = el(
    "div",
    { class: "setting", id: "setting-add-vault" },
    el("h3", {}, text("moreVaults")),
    el("p", { class: "small muted" }, text("moreVaultsAbout")),
    el("div", { class: "control" }, start),
    place,
  );
  let form: ReturnType<typeof fileForm> | null = null;
  const build = () => {
    const cancel = el(
      "button",
      { type: "button", class: "btn quiet", onclick: () => actions.askVault(null) },
      text("cancel"),
    );
    const command = commandField(text("orInTerminal"), "latchkey vaults add FILE");
    return fileForm(actions.addVault, [cancel], [command]);
  };
  const update = ({ vaultAsks, vaultFailure }: State) => {
    const isOpen = vaultAsks?.is === "add";
    if (isOpen !== (form !== null)) {
      form = isOpen ? build() : null;
      start.hidden = isOpen;
      place.replaceChildren(...(form === null ? [] : [form.node]));
      if (form !== null) form.focus();
      else if (vaultAsks === null) start.focus();
    }
    if (vaultFailure !== null && vaultFailure.vault === null) form?.say(vaultFailure.failure);
  };
  return { node, update };
}

/** Returns the vaults; the own one alone with a host that knows one only. */
function vaultsIn({ known }: State): readonly Vault[] {
  const vaults = known?.choices?.vaults ?? [];
  if (vaults.length > 0) return vaults;
  const { vaultPath, items } = known?.status ?? {};
  const own = {
    vault: "",
    name: vaultOf(known),
    path: vaultPath ?? "",
    colour: "slate",
    own: true,
    state: "open",
  } as const;
  return [{ ...own, takesNew: true, ...(items === undefined ? {} : { items }) }];
}

function vaultLine(id: string, own: boolean, actions: Actions): Line {
  const dot = el("span", { class: "h" });
  const name = el("span", { class: "cut" });
  const chips = el("span", { class: "h" });
  const about = el("p", { class: "small muted" });
  const path = el("code", {});
  const copied = el("span", { class: "sr", role: "status" });
  const copy = () => {
    void navigator.clipboard.writeText(path.textContent);
    copied.textContent = text("pathCopied");
  };
  const control = el("div", { class: "control actions" });
  const choices = choicesOf(id, actions);
  const question = vaultQuestion(id, actions);
  const node = el(
    "div",
    { class: "setting vault", id: own ? "setting-vault" : `vault-${id}` },
    el("h3", { class: "h" }, dot, name, chips),
    about,
    control,
    el(
      "div",
      { class: "below flow-s" },
      el("div", { class: "cmd" }, path, iconButton("copy", text("copyPath"), copy)),
      copied,
      choices.node,
      question.node,
    ),
  );
  let shown: Vault | null = null;
  const update: Line["update"] = (vault, state) => {
    const several = vaultsIn(state).length > 1;
    if (JSON.stringify(vault) !== JSON.stringify(shown)) {
      const hadFocus = control.contains(document.activeElement);
      shown = vault;
      name.textContent = name.title = vault.name;
      about.replaceChildren(...aboutOf(vault));
      path.textContent = vault.path;
      control.replaceChildren(...buttonsOf(vault, actions));
      if (hadFocus) control.querySelector<HTMLElement>("button, a")?.focus();
    }
    dot.replaceChildren(...(several ? [colourDot(vault.colour)] : []));
    dot.hidden = !several;
    chips.replaceChildren(...(several && own ? [el("span", { class: "chip accent" }, text("ownVault"))] : []));
    choices.node.hidden = !several;
    choices.show(vault);
    question.update(vault, state);
  };
  return { node, update };
}

/** Returns what is said about a vault's state. */
function aboutOf(vault: Vault): readonly Node[] {
  const { name, state, items = 0, readOnly, error } = vault;
  const line = (...words: readonly string[]) => [el("span", {}, words.join(" "))];
  if (state === "hidden") return line(text("vaultHidden"));
  if (isOpening(vault)) return line(text("opening"));
  if (state === "open")
    return line(plural("itemsInside", items), ...(readOnly === true ? [text("vaultOnlyRead")] : []));
  const failure = error === undefined ? { kind: "internal" } : error;
  // Nobody has just given a passphrase, or asked for anything.
  const words =
    failure.kind === "wrongKey"
      ? text("vaultKeyChanged", name)
      : failure.kind === "refused"
        ? text("vaultLeftOut", name)
        : vaultWords(failure, name);
  return [el("span", { class: "hint error" }, icon("warning", "s"), el("span", {}, words))];
}

function buttonsOf({ vault, name, own, state }: Vault, actions: Actions): readonly Node[] {
  if (own) {
    return [
      el("button", { type: "button", class: "btn", onclick: actions.lock }, text("lockNow")),
      el("a", { class: "btn", href: "firstRun.html#vault" }, text("otherVault")),
    ];
  }
  const button = (is: "passphrase" | "remove", words: string, label: string) =>
    el(
      "button",
      {
        type: "button",
        class: "btn",
        "aria-label": label,
        "data-asks": is,
        onclick: () => actions.askVault({ is, vault }),
      },
      words,
    );
  const give = state === "failed" ? text("tryAgain") : text("giveVaultPassphrase");
  return [
    ...(state === "open" ? [] : [button("passphrase", give, `${give}: ${name}`)]),
    button("remove", text("removeVault"), `${text("removeVault")}: ${name}`),
  ];
}

/** Makes the choice of the colour and that of the vault for new items. */
function choicesOf(
  id: string,
  actions: Actions,
): { readonly node: HTMLElement; readonly show: (vault: Vault) => void } {
  const inputs = vaultColours.map((colour) => {
    const change = () => actions.changeVault(id, { colour });
    return el("input", {
      type: "radio",
      name: `colour-${id}`,
      value: colour,
      "aria-label": text(`colour_${colour}`),
      onchange: change,
    });
  });
  const group = el(
    "div",
    { class: "swatches", role: "radiogroup" },
    ...inputs.map((input) => {
      const colour = input.value as VaultColour;
      return el("label", { class: "swatch", title: text(`colour_${colour}`) }, input, colourDot(colour));
    }),
  );
  const current = el("span", { class: "h" });
  const menu = el(
    "details",
    { class: "colours" },
    el("summary", { class: "btn sm" }, current, icon("down", "s")),
    group,
  );
  const takes = el("input", {
    type: "radio",
    name: "takes-new",
    id: `takes-new-${id}`,
    onchange: () => actions.changeVault(id, { takesNew: true }),
  });
  const label = el("label", { class: "check", for: takes.id }, takes, text("takesNew"));
  const show = ({ name, colour, takesNew, state, readOnly }: Vault) => {
    group.setAttribute("aria-label", text("colourOf", name));
    for (const input of inputs) input.checked = input.value === colour;
    current.replaceChildren(colourDot(colour), text(`colour_${colour}`));
    takes.checked = takesNew;
    takes.disabled = !takesNew && (state !== "open" || readOnly === true);
    takes.setAttribute("aria-label", text("takesNewOf", name));
  };
  return { node: el("div", { class: "h wrap top choices" }, label, menu), show };
}
