/** What is to be said of an office above every view: that it is not open, not reached, not joined yet, or what happened there. */

import { text } from "../shared/browser.ts";
import type { Office } from "../shared/protocol.ts";
import { el, icon, plural } from "../shared/ui/dom.ts";
import type { IconName } from "../shared/ui/icons.ts";
import { timeOf } from "../shared/time.ts";

interface Line {
  /** Whether a connection code may help. */
  readonly connects?: true;
  readonly drawing: IconName;
  readonly tone: "" | "warn" | "danger";
  readonly words: string;
}

/** @param connect Asks for a connection code. */
export function stateBanner(connect: (office: Office) => void) {
  const node = el("div", { role: "status" });
  let said = "";
  const update = (office: Office | null) => {
    const lines = office === null ? [] : linesOf(office);
    const now = JSON.stringify([office?.office, lines]);
    if (now === said) return;
    said = now;
    node.replaceChildren(
      ...lines.map(({ drawing, tone, words, connects }) =>
        el(
          "div",
          { class: ["banner", tone, connects === true ? "asks" : ""].filter((word) => word !== "").join(" ") },
          icon(drawing),
          el("p", { class: "grow" }, words),
          office !== null && connects === true
            ? el("button", { type: "button", class: "btn quiet", onclick: () => connect(office) }, text("connectOpen"))
            : null,
        ),
      ),
    );
  };
  return { node, update };
}

function linesOf(office: Office): readonly Line[] {
  const { error, connected, role, syncedAt, waiting, notSent, frozen, name, vault } = office;
  if (vault === undefined) return [{ drawing: "warning", tone: "danger", words: text("officeNotOpen", name) }];
  const lines: Line[] = [];
  const refusal = error?.reason ?? "unreachable";
  if (refusal !== "unreachable")
    lines.push({
      drawing: "warning",
      tone: "danger",
      words: text(`office_error_${refusal}`),
      ...(refusal === "untrusted" ? { connects: true } : {}),
    });
  else if (!connected)
    lines.push({
      drawing: "offline",
      tone: "",
      words: syncedAt === undefined ? text("officeNeverReached", name) : text("officeAsOf", name, timeOf(syncedAt)),
      connects: true,
    });
  if (role === undefined && error === undefined)
    lines.push({ drawing: "person", tone: "", words: text("officeNotLetIn") });
  if (waiting > 0) lines.push({ drawing: "again", tone: "", words: plural("officeWaits", waiting) });
  if (notSent > 0) lines.push({ drawing: "warning", tone: "warn", words: plural("officeNotSent", notSent) });
  if (frozen > 0) lines.push({ drawing: "warning", tone: "warn", words: plural("officeFrozen", frozen) });
  return lines;
}
