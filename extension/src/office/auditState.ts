/** The filters of the audit, and its rows as a table. Pure. */

import type { AuditEvent, AuditKind } from "../shared/leaverProtocol.ts";
import type { Requests } from "../shared/protocol.ts";

/** Kinds that people look for together. */
export const kindGroups = {
  all: undefined,
  reveal: ["reveal"],
  copy: ["copy"],
  fill: ["fill"],
  access: ["access", "revision", "removal", "putBack", "request"],
  members: ["log", "invitation", "answer", "profileDeleted", "restore"],
} as const satisfies Readonly<Record<string, readonly AuditKind[] | undefined>>;
/** A name of {@link kindGroups}. */
export type KindGroup = keyof typeof kindGroups;

/** How many days back; 0 for all. */
export const periods = [1, 7, 30, 365, 0] as const;

export interface AuditFilter {
  /** A member's id; empty for everybody. */
  readonly member: string;
  /** An item's id with its title; null for all. */
  readonly item: { readonly id: string; readonly title: string } | null;
  readonly kinds: KindGroup;
  readonly days: number;
}

const dayMs = 86_400_000;

/** The request for a page of what fits. @param now The clock, in milliseconds since 1970. */
export function requestOf(
  office: string,
  filter: AuditFilter,
  limit: number,
  after: string | undefined,
  now: number,
): Requests["audit"] {
  const kinds = kindGroups[filter.kinds];
  return {
    office,
    limit,
    ...(after === undefined ? {} : { after }),
    ...(filter.member === "" ? {} : { member: filter.member }),
    ...(filter.item === null ? {} : { item: filter.item.id }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(filter.days === 0 ? {} : { since: secondsOf(now - filter.days * dayMs) }),
  };
}

/** Times on the wire are to the second. */
function secondsOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** Events by the day on which they were, in the order that they have. @param dayOf Names the day of a time. */
export function byDay(
  events: readonly AuditEvent[],
  dayOf: (time: string) => string,
): readonly (readonly [day: string, events: readonly AuditEvent[]])[] {
  const days: [string, AuditEvent[]][] = [];
  for (const event of events) {
    const day = dayOf(event.time);
    const last = days.at(-1);
    if (last?.[0] === day) last[1].push(event);
    else days.push([day, [event]]);
  }
  return days;
}
