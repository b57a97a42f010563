/** The fields for a time: from when and until when a right holds. */

import { text } from "../../shared/browser.ts";
import { el } from "../../shared/ui/dom.ts";
import { field } from "../../shared/ui/dialog.ts";
import type { TimeLimits } from "./draft.ts";

export interface TimeFields {
  readonly node: HTMLElement;
  /** Returns the limits; null, with words at the field, if the end is not after the beginning. */
  readonly read: () => TimeLimits | null;
}

export function timeFields(preset: TimeLimits): TimeFields {
  const from = el("input", { type: "datetime-local", value: localOf(preset.notBefore) });
  const until = el("input", { type: "datetime-local", value: localOf(preset.notAfter) });
  const wrong = el("p", { class: "hint error", role: "alert" });
  const node = el(
    "div",
    { class: "flow-s" },
    field("limit-from", text("gridFrom"), from),
    field("limit-until", text("gridUntil"), until, text("gridTimesHint")),
    wrong,
  );
  const read = () => {
    const [notBefore, notAfter] = [isoOf(from.value), isoOf(until.value)];
    const isWrong = notBefore !== undefined && notAfter !== undefined && notBefore >= notAfter;
    wrong.textContent = isWrong ? text("gridTimesWrong") : "";
    if (isWrong) return (until.focus(), null);
    return { ...(notBefore === undefined ? {} : { notBefore }), ...(notAfter === undefined ? {} : { notAfter }) };
  };
  return { node, read };
}

/** Returns a time of this computer as the host takes it, to the second; undefined for none. */
function isoOf(local: string): string | undefined {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString().replace(/\.\d+Z$/, "Z");
}

function localOf(iso: string | undefined): string {
  if (iso === undefined) return "";
  const at = new Date(iso);
  const here = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return here.toISOString().slice(0, 16);
}
