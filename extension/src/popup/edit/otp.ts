/**
 * The form's part for one-time codes: the key by hand, from the QR code that the page shows, or from a picture, and what it comes to.
 * The key stays hidden unless the person shows it.
 */

import { text } from "../../shared/browser.ts";
import { isKeyUri } from "../../shared/otp.ts";
import type { FoundKey } from "../../shared/otp.ts";
import type { Reply } from "../../shared/protocol.ts";
import type { OtpFlaw } from "../../shared/refusals.ts";
import { el } from "../../shared/ui/dom.ts";
import { isOtpSeed } from "./form.ts";
import { secretInput } from "./inputs.ts";
import type { SecretInput } from "./inputs.ts";
import { otpProof } from "./otpProof.ts";

export interface OtpParts {
  /** What stands there; null if the item has a key that stays. */
  readonly value: string | null;
  readonly hasCode: boolean;
  readonly load: () => Promise<string | null>;
  readonly changed: () => void;
  /** Has the host read a key. Null: it could not be asked. */
  readonly read: (otp: string) => Promise<Reply<"readOtp"> | OtpFlaw | null>;
  /** Reads the page's QR code; null where the popup is no popup, and would see itself. */
  readonly readPage: (() => Promise<FoundKey>) | null;
  /** Goes where a picture is chosen: the popup closes. */
  readonly toPicture: () => void;
}

export interface OtpPart {
  readonly input: SecretInput;
  /** Ends when the host has read what stands there now. */
  readonly settled: () => Promise<void>;
  /** Shows why codes cannot be made from what stands there, and goes there. Returns whether they can. */
  readonly check: () => boolean;
}

export function otpPart(parts: OtpParts): OtpPart {
  const { changed, read, readPage, toPicture } = parts;
  const input = secretInput("otp", text("fieldCode"), parts.value, parts.load);
  const { field } = input;
  field.hint(parts.hasCode ? text("otpHintKept") : text("otpHint"));
  const proof = el("div", {});
  let flaw: OtpFlaw | null = null;
  let asked = 0;
  let reading = Promise.resolve();

  const judge = () => (reading = readNow());
  const readNow = async () => {
    const otp = input.value() ?? "";
    const mine = ++asked;
    flaw = null;
    proof.replaceChildren();
    // What is still being typed is nothing yet.
    if (!isOtpSeed(otp) && !isKeyUri(otp)) return field.say(null);
    const found = await read(otp);
    if (mine !== asked) return;
    flaw = typeof found === "string" ? found : null;
    field.say(flaw === null ? null : text(`otp_${flaw}`));
    if (found === null || typeof found === "string") return;
    proof.replaceChildren(
      otpProof(found, async () => {
        const next = await read(otp);
        return typeof next === "string" ? null : next;
      }),
    );
  };
  const scan = async () => {
    if (readPage === null || fromPage.getAttribute("aria-disabled") === "true") return;
    fromPage.setAttribute("aria-disabled", "true");
    const found = await readPage();
    fromPage.removeAttribute("aria-disabled");
    if ("problem" in found) return field.say(text(`qr_${found.problem}`));
    input.set(found.otp, false);
    changed();
    await judge();
  };

  const button = (id: string, words: string, onclick: () => void) =>
    el("button", { type: "button", class: "btn sm", id, onclick }, words);
  const fromPage = button("otp-page", text("otpFromPage"), () => void scan());
  const fromPicture = button("otp-picture", text("otpFromPicture"), toPicture);
  field.input.addEventListener("input", () => void judge());
  field.node.append(el("div", { class: "h wrap" }, readPage !== null && fromPage, fromPicture), proof);
  if (parts.value !== null) void judge();
  return {
    input,
    settled: async () => {
      for (let awaited = null; awaited !== reading;) await (awaited = reading);
    },
    check: () => {
      if (flaw === null) return true;
      field.say(text(`otp_${flaw}`));
      field.input.focus();
      return false;
    },
  };
}
