/** A KeePass file that the person has already: its path, its passphrase, perhaps a key file. */

import { text } from "../../shared/browser.ts";
import type { Failure } from "../../shared/messages.ts";
import { el } from "../../shared/ui/dom.ts";
import { sentencesFor } from "../../shared/ui/failure.ts";
import { passphraseField, withProgress } from "../../shared/ui/passphrase.ts";
import { commandField } from "../../shared/ui/problem.ts";
import { textField } from "../../shared/ui/textField.ts";
import type { TextField } from "../../shared/ui/textField.ts";
import { pathFrom } from "../path.ts";
import { fieldOf } from "../state.ts";
import type { WayForm } from "./vault.ts";
import type { Actions } from "./view.ts";

export function fileForm(actions: Actions): WayForm {
  const path = textField("path", text("filePath"), text("filePathHint"), { class: "mono" });
  const keyFile = textField("key-file", text("keyFilePath"), text("keyFileHint"), { class: "mono" });
  const more = el("details", {}, el("summary", {}, text("withKeyFile")), keyFile.node);
  const field = passphraseField("file-passphrase", text("passphrase"), text("filePassphraseHint"), "current-password");
  const button = el("button", { type: "submit", class: "btn primary" }, text("openFile"));
  const onsubmit = async (event: Event) => {
    event.preventDefault();
    field.say(null);
    const file = read(path);
    const key = more.open && keyFile.input.value.trim() !== "" ? read(keyFile) : null;
    if (file === null) return path.input.focus();
    if (key === null && more.open && keyFile.input.value.trim() !== "") return keyFile.input.focus();
    if (field.input.value === "") {
      field.say(text("passphraseMissing"));
      return field.input.focus();
    }
    await withProgress(button, text("opening"), () => actions.openFile(file, key, field.input.value));
  };
  const say = (failure: Failure) => {
    const at = fieldOf(failure) === "path" ? path : field;
    at.say(sentencesFor(failure, nameOf(path.input.value)));
    at.input.focus();
    at.input.select();
  };
  const node = el(
    "form",
    { class: "flow", onsubmit, novalidate: true },
    path.node,
    field.node,
    more,
    button,
    commandField(text("orInTerminal"), "latchkey unlock --vault FILE"),
  );
  return { node, say, focus: () => path.input.focus() };
}

/** Returns the path in a field, or null after having said there why it is none. */
function read({ input, say }: TextField): string | null {
  const found = pathFrom(input.value);
  say("objection" in found ? text(`path_${found.objection}`) : null);
  return "path" in found ? found.path : null;
}

function nameOf(path: string): string {
  return path.trim().split(/[/\\]/).at(-1) ?? path;
}
