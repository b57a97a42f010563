/** How a time is said: near ones by the day's name and the hour, far ones by the date. */

import { text } from "./browser.ts";

/** Returns the words for a time of the host, in the person's language. */
export function timeOf(time: string, now = new Date()): string {
  const { lang } = document.documentElement;
  const at = new Date(time);
  const hour = at.toLocaleTimeString(lang, { hour: "numeric", minute: "2-digit" });
  if (at.toDateString() === now.toDateString()) return text("todayAt", hour);
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return text("dayAt", at.toLocaleDateString(lang, { day: "numeric", month: "short", ...year }), hour);
}

/** Whether somebody knows the time: of an item of an office that was never changed nobody does, and the host says the year 1970. */
export function isKnown(time: string): boolean {
  return new Date(time).getTime() > 0;
}

/** Returns the words for a day. */
export function dayOf(time: string): string {
  return new Date(time).toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
}
