/**
 * What a key for codes comes to: whose it is by the site's own words, and the code of this moment, for the person to compare. The key
 * itself is not shown.
 */

import { text } from "../../shared/browser.ts";
import type { Reply } from "../../shared/protocol.ts";
import { el } from "../../shared/ui/dom.ts";
import { shownCode } from "../secret.ts";

/** Makes the proof. `again` reads the same key again, when its code has ended. */
export function otpProof(found: Reply<"readOtp">, again: () => Promise<Reply<"readOtp"> | null>): HTMLElement {
  const names = [found.issuer, found.account].filter((name) => name !== undefined).join(" · ");
  let first: Reply<"readOtp"> | null = found;
  const code = shownCode(text("fieldCode"), async () => {
    const now = first ?? (await again());
    first = null;
    return now;
  });
  void code.show();
  return el(
    "div",
    { class: "banner box accent proof", role: "status" },
    el(
      "div",
      { class: "grow" },
      el("b", { class: "long" }, names === "" ? text("otpOfNobody") : text("otpOf", names)),
      el("p", { class: "h" }, code.value, code.button),
      el("p", { class: "small muted" }, text("otpCompare")),
    ),
  );
}
