/**
 * The part of the protocol with the host that is about offices: native-host/docs/protocol.md, "Offices". All of it may
 * wait for a share server.
 */

import { entryKinds, leaverReplies, leaverRequests } from "./leaverProtocol.ts";
import type { LeaverRequests } from "./leaverProtocol.ts";
import { boolean, count, list, matching, object, oneOf, optional, string } from "./parse.ts";
import type { Parser } from "./parse.ts";

/** An office, member, group or invitation. */
const id = matching(/^[A-Za-z0-9_-]{22}$/, "an id of 22 characters");

export const roles = ["member", "administrator", "owner"] as const;
/** What a member may do in the membership log. */
export type Role = (typeof roles)[number];

/** The rights to an item, each with all before it. */
export const rights = ["none", "use", "read", "write", "manage"] as const;
/** A word of {@link rights}. */
export type Right = (typeof rights)[number];
/** Returns whether one may change an item with this right; one's own items have none. */
export const mayWrite = (right: Right | undefined): boolean =>
  right === undefined || right === "write" || right === "manage";

/** Why an office, or its server, refused: the reasons of the kind `office`. */
export const officeFailures = [
  "unreachable",
  "untrusted",
  "clock",
  "notMember",
  "notEntitled",
  "notThere",
  "conflict",
  "wrongCode",
  "expired",
  "used",
  "notEmpty",
  "refused",
  "tooMany",
  "tooLarge",
  "fileMissing",
  "updateNeeded",
  "alarm",
  "serverFailed",
] as const;
/** A word of {@link officeFailures}. */
export type OfficeFailure = (typeof officeFailures)[number];

const members = list(object({ member: id, name: string, role: oneOf(...roles), you: boolean, mail: optional(string) }));
const groups = list(object({ group: id, name: string, members: list(id) }));
const people = object({
  members,
  groups,
  invitations: list(object({ invitation: id, author: id, role: oneOf(...roles), expiresAt: string, answers: count })),
});
const access = object({
  access: list(object({ member: id, name: string, right: oneOf(...rights), through: optional(string) })),
});
const itemId = matching(/^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{22}$/, "an id of 45 characters");
const accessStep = object({
  state: oneOf("running", "waiting", "done", "cancelled"),
  total: count,
  done: count,
  refused: list(object({ item: itemId, reason: oneOf(...officeFailures) })),
});
/** Without an outcome the request is open. */
const accessRequests = object({
  requests: list(
    object({
      office: id,
      request: id,
      /** The person asks; otherwise they are asked. */
      mine: boolean,
      member: id,
      name: string,
      right: oneOf(...rights),
      at: string,
      item: optional(string),
      title: optional(string),
      reason: optional(string),
      outcome: optional(oneOf("answered", "granted", "declined")),
    }),
  ),
});
/** A request for access. */
export type AccessRequest = ReturnType<typeof accessRequests>["requests"][number];
const nothing = object({});

/** Makes the parsers of the replies. @param item Reads an item as lists have it. @param error Reads why an office does not open. */
export function officeReplies<I, E>(item: Parser<I>, error: Parser<E>) {
  const office = object({
    office: id,
    name: string,
    address: string,
    connected: boolean,
    waiting: count,
    notSent: count,
    frozen: count,
    notices: list(
      object({
        kind: oneOf(
          "conflict",
          "frozen",
          "notSent",
          "restored",
          "copyLost",
          "secondAnswer",
          "oldBeacon",
          "auditChanged",
        ),
        text: string,
        item: optional(string),
      }),
    ),
    vault: optional(id),
    /** Absent until one is let in. */
    role: optional(oneOf(...roles)),
    syncedAt: optional(string),
    error: optional(error),
  });
  return {
    offices: object({ offices: list(office) }),
    enterOffice: office,
    invite: object({ invitation: id, address: string, code: string, expiresAt: string }),
    reconnect: object({ office, code: optional(string) }),
    uninvite: nothing,
    people,
    removeMember: people,
    setRole: people,
    addGroup: people,
    setGroupMember: people,
    share: object({ items: list(item) }),
    grant: access,
    access,
    removeShared: nothing,
    ...leaverReplies,
    grid: object({
      items: list(
        object({
          item: itemId,
          kind: oneOf("item", "folder"),
          title: string,
          right: oneOf(...rights),
          version: count,
          author: id,
          grants: list(
            object({
              principal: id,
              right: oneOf(...rights),
              by: id,
              notBefore: optional(string),
              notAfter: optional(string),
            }),
          ),
          folder: optional(itemId),
          removed: optional(boolean),
        }),
      ),
      after: optional(id),
      members: optional(members),
      groups: optional(groups),
    }),
    setAccess: accessStep,
    accessStep,
    addFolder: object({ folder: itemId }),
    renameFolder: nothing,
    removeFolder: nothing,
    bring: object({
      items: list(item),
      left: count,
      counts: list(count),
      refused: list(object({ item: string, title: string, reason: oneOf("attachments", "tooLarge") })),
    }),
    askAccess: accessRequests,
    accessRequests: accessRequests,
    answerAccess: accessRequests,
    officeLog: object({
      index: count,
      words: list(string),
      entries: list(
        object({
          index: count,
          time: string,
          author: string,
          kind: oneOf(...entryKinds),
          about: optional(string),
          role: optional(oneOf(...roles)),
        }),
      ),
    }),
  } as const;
}

/** Who is to have which right, perhaps for a time. */
export interface GrantToSet {
  readonly principal: string;
  readonly right: Right;
  readonly notBefore?: string;
  readonly notAfter?: string;
}

/** What each request about an office carries besides `id` and `type`. */
export interface OfficeRequests extends LeaverRequests {
  readonly offices: object;
  readonly enterOffice: {
    readonly as: "owner" | "member";
    readonly address: string;
    readonly name: string;
    readonly code: string;
    readonly mail?: string;
    readonly audit?: boolean;
  };
  readonly invite: {
    readonly office: string;
    readonly role: Role;
    readonly hours: number;
    readonly member?: string;
  };
  readonly reconnect: { readonly office: string; readonly code: string };
  readonly uninvite: { readonly office: string; readonly invitation: string };
  readonly people: { readonly office: string };
  readonly removeMember: { readonly office: string; readonly member: string };
  readonly setRole: { readonly office: string; readonly member: string; readonly role: Role };
  readonly addGroup: { readonly office: string; readonly name: string; readonly members: readonly string[] };
  readonly setGroupMember: {
    readonly office: string;
    readonly group: string;
    readonly member: string;
    readonly joins: boolean;
  };
  readonly share: {
    readonly office: string;
    readonly items: readonly string[];
    readonly grants: readonly GrantToSet[];
  };
  readonly grant: { readonly item: string; readonly grant: GrantToSet };
  readonly access: { readonly item: string };
  readonly removeShared: { readonly item: string };
  /** Moves the items of folders, and of those below, `limit` at the most; the same again goes on. `preview`: moves none. */
  readonly bring: {
    readonly office: string;
    readonly from: readonly {
      readonly folder: string;
      readonly vault?: string;
      readonly grants: readonly GrantToSet[];
    }[];
    readonly limit: number;
    readonly preview?: true;
    readonly history?: true;
  };
  readonly askAccess: { readonly right: Right; readonly reason: string } & (
    { readonly item: string } | { readonly office: string; readonly member: string }
  );
  readonly accessRequests: object;
  readonly answerAccess: {
    readonly office: string;
    readonly request: string;
    readonly grant: boolean;
    readonly item?: string;
  };
  readonly officeLog: { readonly office: string };
  readonly grid: { readonly office: string; readonly after?: string };
  readonly setAccess: { readonly office: string; readonly step: string; readonly changes: readonly AccessToSet[] };
  readonly accessStep: { readonly office: string; readonly step: string; readonly cancel?: true };
  readonly addFolder: { readonly office: string; readonly name: string; readonly folder?: string };
  readonly renameFolder: { readonly folder: string; readonly name: string };
  readonly removeFolder: { readonly folder: string };
}

/** What the access to one item is to become. `folder` puts it there, empty at the top; absent: it stays where it is. */
export interface AccessToSet {
  readonly item: string;
  readonly grants: readonly GrantToSet[];
  readonly folder?: string;
}

/** What our own pages ask of an office; the host gets it as it is. */
export const officeRequests = [
  "offices",
  "enterOffice",
  "invite",
  "reconnect",
  "uninvite",
  "people",
  "removeMember",
  "setRole",
  "addGroup",
  "setGroupMember",
  "share",
  "grant",
  "access",
  "removeShared",
  "bring",
  "askAccess",
  "accessRequests",
  "answerAccess",
  "officeLog",
  ...leaverRequests,
  "grid",
  "setAccess",
  "accessStep",
  "addFolder",
  "renameFolder",
  "removeFolder",
] as const satisfies readonly (keyof OfficeRequests)[];
/** A word of {@link officeRequests}. */
export type OfficeRequestType = (typeof officeRequests)[number];
