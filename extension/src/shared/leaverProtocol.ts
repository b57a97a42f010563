/** The part of the protocol with the host that is about an office's audit, and about people who leave. */

import { boolean, count, list, matching, object, oneOf, optional, string } from "./parse.ts";

const id = matching(/^[A-Za-z0-9_-]{22}$/, "an id of 22 characters");
const roles = ["member", "administrator", "owner"] as const;

/** What an entry of the audit says, in the host's words. */
export const auditKinds = [
  "log",
  "invitation",
  "answer",
  "access",
  "revision",
  "removal",
  "putBack",
  "request",
  "profileDeleted",
  "restore",
  "reveal",
  "copy",
  "fill",
] as const;
/** A word of {@link auditKinds}. */
export type AuditKind = (typeof auditKinds)[number];

/** What an entry of the membership log does. */
export const entryKinds = [
  "genesis",
  "add",
  "role",
  "remove",
  "rekey",
  "group",
  "group-join",
  "group-leave",
  "group-rekey",
  "server",
] as const;
/** A word of {@link entryKinds}. */
export type EntryKind = (typeof entryKinds)[number];

const event = object({
  time: string,
  kind: oneOf(...auditKinds),
  member: optional(id),
  name: optional(string),
  item: optional(string),
  title: optional(string),
  entry: optional(oneOf(...entryKinds)),
  about: optional(string),
  role: optional(oneOf(...roles)),
  number: optional(count),
});
const leaver = object({
  member: id,
  name: string,
  removedAt: string,
  removedBy: string,
  items: count,
  changed: count,
  due: count,
});
const namedItem = object({ item: string, title: optional(string) });
const exposure = object({
  item: string,
  title: string,
  username: string,
  urls: list(object({ url: string, match: oneOf("site", "hostname", "origin", "never") })),
  right: oneOf("use", "read", "write", "manage"),
  revealed: count,
  copied: count,
  filled: count,
  due: boolean,
  through: optional(string),
  lastAt: optional(string),
  changedAt: optional(string),
});
const orphan = object({
  item: string,
  title: string,
  heirs: list(object({ principal: id, name: string, right: oneOf("read", "write", "manage") })),
});

/** An entry of the audit. */
export type AuditEvent = ReturnType<typeof event>;
/** Somebody who was removed from an office. */
export type Leaver = ReturnType<typeof leaver>;
/** A password that a leaver could open. */
export type Exposure = ReturnType<typeof exposure>;
/** An item that nobody manages. */
export type Orphan = ReturnType<typeof orphan>;
/** What a removal would do. */
export type Removal = ReturnType<(typeof leaverReplies)["removal"]>;

/** The parsers of the replies. */
export const leaverReplies = {
  audit: object({ entries: list(event), matching: count, total: count, after: optional(string) }),
  removal: object({
    member: id,
    name: string,
    role: oneOf(...roles),
    items: count,
    unopened: list(namedItem),
    unmanaged: list(namedItem),
    more: boolean,
    groups: list(string),
    emptied: list(string),
    lastOwner: boolean,
  }),
  leavers: object({ leavers: list(leaver) }),
  worklist: object({ leaver, audited: boolean, items: list(exposure) }),
  orphans: object({ items: list(orphan) }),
  adopt: object({
    access: list(
      object({
        member: id,
        name: string,
        right: oneOf("none", "use", "read", "write", "manage"),
        through: optional(string),
      }),
    ),
  }),
} as const;

/** What each request carries besides `id` and `type`. */
export interface LeaverRequests {
  readonly audit: {
    readonly office: string;
    readonly limit: number;
    readonly after?: string;
    readonly member?: string;
    readonly item?: string;
    readonly kinds?: readonly AuditKind[];
    readonly since?: string;
    readonly until?: string;
  };
  readonly removal: { readonly office: string; readonly member: string };
  readonly leavers: { readonly office: string };
  readonly worklist: { readonly office: string; readonly member: string };
  readonly orphans: { readonly office: string };
  readonly adopt: { readonly item: string; readonly principal: string };
}

/** What our own pages ask; the host gets it as it is. */
export const leaverRequests = [
  "audit",
  "removal",
  "leavers",
  "worklist",
  "orphans",
  "adopt",
] as const satisfies readonly (keyof LeaverRequests)[];
