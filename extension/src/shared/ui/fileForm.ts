/** A KeePass file that the person has already: its path, its passphrase, perhaps a key file. */

import { text } from "../browser.ts";
import { fieldOf } from "../fileKinds.ts";
import type { Failure } from "../messages.ts";
import { el } from "./dom.ts";
import { sentencesFor } from "./failure.ts";
import { passphraseField, passphraseForm, withProgress } from "./passphrase.ts";
import { keyFilePart, pathField } from "./pathField.ts";

export interface FileForm {
  readonly node: HTMLElement;
  /** Shows why the file did not open, at the field that it is about. */
  readonly say: (failure: Failure) => void;
  readonly focus: () => void;
}

/** @param beside Stand beside the button. @param below Stand below it. */
export function fileForm(
  open: (path: string, keyFile: string | null, passphrase: string) => Promise<void>,
  beside: readonly Node[],
  below: readonly Node[],
): FileForm {
  const path = pathField("path", text("filePath"), text("filePathHint"));
  const key = keyFilePart("key-file");
  const field = passphraseField("file-passphrase", text("passphrase"), text("filePassphraseHint"), "current-password");
  const button = el("button", { type: "submit", class: "btn primary" }, text("openFile"));
  const submit = async () => {
    field.say(null);
    const file = path.read();
    if (file === null) return;
    const more = key.read();
    if (more === null) return;
    if (field.input.value === "") {
      field.say(text("passphraseMissing"));
      return field.input.focus();
    }
    await withProgress(button, text("opening"), () => open(file, more.keyFile, field.input.value));
  };
  const say = (failure: Failure) => {
    const at = fieldOf(failure) === "path" ? path : field;
    const isMissing = "kind" in failure && failure.kind === "vaultMissing";
    at.say(isMissing ? text("noSuchFile", path.read() ?? "") : sentencesFor(failure, nameOf(path.input.value)));
    at.input.focus();
    at.input.select();
  };
  const node = passphraseForm(
    { class: "flow" },
    submit,
    path.node,
    field.node,
    key.node,
    el("div", { class: "actions" }, button, ...beside),
    ...below,
  );
  return { node, say, focus: () => path.input.focus() };
}

function nameOf(path: string): string {
  return path.trim().split(/[/\\]/).at(-1) ?? path;
}
