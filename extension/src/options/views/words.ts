/** The words for the values of settings. */

import { text } from "../../shared/browser.ts";
import { durationOf } from "../settings.ts";
import type { Setting, SettingValue } from "../settings.ts";

/** Returns the words for a value. */
export function wordsOf({ name, unit }: Setting, value: SettingValue): string {
  if (typeof value === "boolean") return value ? text("on") : text("off");
  if (typeof value === "string") return text(`choice_${value}`);
  if (unit === undefined || value === 0) return text(`setting_${name}_not`);
  const duration = durationOf(value, unit);
  const style = { style: "unit", unit: duration.unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat(document.documentElement.lang, style).format(duration.value);
}
