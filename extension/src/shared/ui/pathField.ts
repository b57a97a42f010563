/** Fields for the path of a file, which a page cannot look up: typed, or pasted as file managers and terminals copy it. */

import { text } from "../browser.ts";
import { pathFrom } from "../path.ts";
import { el } from "./dom.ts";
import { textField } from "./textField.ts";
import type { TextField } from "./textField.ts";

export interface PathField extends TextField {
  /** Returns the path, or null after having said there why what was typed is none. */
  readonly read: () => string | null;
}

export function pathField(id: string, label: string, hint: string): PathField {
  const field = textField(id, label, hint, { class: "mono" });
  const read = () => {
    const found = pathFrom(field.input.value);
    field.say("objection" in found ? text(`path_${found.objection}`) : null);
    if ("path" in found) return found.path;
    field.input.focus();
    return null;
  };
  return { ...field, read };
}

/** The key file that a vault may have besides its passphrase, behind a line that few open. */
export interface KeyFilePart {
  readonly node: HTMLElement;
  /** Returns the path, null for none; or null in its place after having said there why what was typed is no path. */
  readonly read: () => { readonly keyFile: string | null } | null;
}

export function keyFilePart(id: string): KeyFilePart {
  const field = pathField(id, text("keyFilePath"), text("keyFileHint"));
  const node = el("details", {}, el("summary", {}, text("withKeyFile")), field.node);
  const read = () => {
    if (!node.open || field.input.value.trim() === "") return { keyFile: null };
    const keyFile = field.read();
    return keyFile === null ? null : { keyFile };
  };
  return { node, read };
}
