/** The settings that the vault keeps: what each can be, and what it is at first. Pure. */

import type { Settings } from "../shared/protocol.ts";

export type SettingName = keyof Settings;
export type SettingValue = Settings[SettingName];

/** What a number counts. */
export type Unit = "second" | "minute" | "hour";

export interface Setting {
  readonly name: SettingName;
  readonly section: "lock" | "fill";
  readonly control: "list" | "segments" | "switch";
  /** In the order in which they are offered; switches have on and off. */
  readonly choices: readonly SettingValue[];
  /** As in a new vault. The host decides it; native-host/docs/protocol.md says it. */
  readonly initial: SettingValue;
  readonly unit?: Unit;
}

export const settings: readonly Setting[] = [
  {
    name: "lockAfterMinutes",
    section: "lock",
    control: "list",
    choices: [1, 2, 5, 10, 15, 30, 60, 120, 240, 480],
    initial: 10,
    unit: "minute",
  },
  {
    name: "lockAfterHours",
    section: "lock",
    control: "list",
    choices: [1, 2, 4, 8, 12, 24],
    initial: 8,
    unit: "hour",
  },
  { name: "lockOnScreenLock", section: "lock", control: "switch", choices: [true, false], initial: true },
  {
    name: "lockWithoutBrowserMinutes",
    section: "lock",
    control: "list",
    choices: [1, 5, 15, 30, 60, 0],
    initial: 5,
    unit: "minute",
  },
  {
    name: "clipboardSeconds",
    section: "lock",
    control: "list",
    choices: [10, 20, 30, 60, 120, 300, 600],
    initial: 30,
    unit: "second",
  },
  { name: "fillOnLoad", section: "fill", control: "segments", choices: ["chosen", "ownItems"], initial: "chosen" },
  {
    name: "matchKind",
    section: "fill",
    control: "segments",
    choices: ["origin", "hostname", "site"],
    initial: "hostname",
  },
];

/** Returns the choices with the present value among them: another program may have set one that is not offered. */
export function choicesWith({ choices }: Setting, present: SettingValue): readonly SettingValue[] {
  if (choices.includes(present)) return choices;
  const next = choices.findIndex((each) => each > present);
  return next === -1 ? [...choices, present] : choices.toSpliced(next, 0, present);
}

/** Returns a duration in the largest unit that it is a whole number of: 120 minutes are 2 hours. */
export function durationOf(value: number, unit: Unit): { readonly value: number; readonly unit: Unit } {
  const next: Partial<Record<Unit, Unit>> = { second: "minute", minute: "hour" };
  const larger = next[unit];
  return larger !== undefined && value >= 60 && value % 60 === 0 ? durationOf(value / 60, larger) : { value, unit };
}
