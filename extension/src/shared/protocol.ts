/**
 * The extension's side of the protocol with the host, version 1: what it may send and what it accepts back.
 * The page native-host/docs/protocol.md decides; this file follows it member by member.
 */

import { boolean, count, list, matching, number, object, oneOf, optional, string } from "./parse.ts";
import { officeFailures, officeReplies, rights } from "./officeProtocol.ts";
import { changeRefusals, errorKinds, officeRefusals, otpFlaws, passkeyRefusals, refusalReasons } from "./refusals.ts";
import type { OfficeRequests } from "./officeProtocol.ts";
import type { Parser } from "./parse.ts";

/** The name under which the host's manifest is registered with the browser. */
export const hostName = "org.latchkey.host";

/** The versions of the protocol that this extension speaks. */
export const protocolVersions = { min: 1, max: 1 } as const;

const uuid = matching(/^[A-Za-z0-9_-]{22}$/, "an id of 22 characters");
/** An item's id, and before it the vault's and a full stop if that is not the own one. To us it is one word. */
const itemId = matching(/^([A-Za-z0-9_-]{22}\.)?[A-Za-z0-9_-]{22}$/, "an item id of 22 or 45 characters");

const itemShape = {
  id: itemId,
  kind: oneOf("login", "note", "card", "identity"),
  title: string,
  username: string,
  tags: list(string),
  hasPassword: boolean,
  hasCode: boolean,
  /** A new password waits beside the one that works. */
  hasNewPassword: optional(boolean),
  hasPasskey: optional(boolean),
  /** The id of the vault that it lies in; absent: the own one. */
  vault: optional(uuid),
};
const item = object(itemShape);
const matchKind = oneOf("origin", "hostname", "site");
const matchedItem = object({ ...itemShape, match: matchKind, alwaysFill: boolean });

const status = object({
  state: oneOf("noVault", "locked", "unlocked"),
  vaultName: optional(string),
  vaultPath: optional(string),
  items: optional(count),
  unlockedAt: optional(string),
  lockAfterMinutes: count,
  version: string,
});

const settings = object({
  lockAfterMinutes: count,
  lockAfterHours: count,
  clipboardSeconds: count,
  fillOnLoad: oneOf("chosen", "ownItems"),
  matchKind,
  lockOnScreenLock: boolean,
  lockWithoutBrowserMinutes: count,
});

/** The words for a vault's colour, in the order in which they are offered. */
export const vaultColours = ["slate", "blue", "teal", "green", "amber", "orange", "red", "violet"] as const;
/** A word of {@link vaultColours}. */
export type VaultColour = (typeof vaultColours)[number];

/** What an error says beside its kind. `file` and `seconds` are what the hint, which is English, names. */
const errorWords = {
  message: string,
  hint: optional(string),
  file: optional(string),
  seconds: optional(count),
};

const vault = object({
  vault: uuid,
  name: string,
  path: string,
  colour: oneOf(...vaultColours),
  /** The one that settings and the others' keys lie in. */
  own: boolean,
  /** `hidden`: this browser has not given its passphrase. */
  state: oneOf("open", "hidden", "failed"),
  items: optional(count),
  readOnly: optional(boolean),
  error: optional(object({ kind: oneOf(...errorKinds), ...errorWords })),
  takesNew: boolean,
  /** The id of the office whose items these are. */
  office: optional(uuid),
});

const nothing = object({});
const captureOffer = object({
  kind: oneOf("save", "update"),
  origin: string,
  title: string,
  username: string,
  items: list(item),
});
const settled = object({ item: optional(item), revision: optional(count) });
const trashedItem = object({ ...itemShape, removedAt: string });
const matchKindOfUrl = oneOf("site", "hostname", "origin", "never");

/** An item as lists show it: no secret. */
export type Item = ReturnType<typeof item>;
/** An item in the recycle bin. */
export type TrashedItem = ReturnType<typeof trashedItem>;
/** An item that matches a page. */
export type MatchedItem = ReturnType<typeof matchedItem>;
/** An office that the person is in. */
export type Office = ReturnType<(typeof replies)["enterOffice"]>;
/** What the host would make of a sign-in that it captured. */
export type CaptureOffer = ReturnType<typeof captureOffer>;
/** One of the person's vaults, as this browser profile may see it. */
export type Vault = ReturnType<typeof vault>;
/** The vault's state as this browser profile may see it. */
export type Status = ReturnType<typeof status>;
/** The person's settings. */
export type Settings = ReturnType<typeof settings>;
/** Values that a fill can ask for; a code alone. */
export type FillField = "username" | "password" | "code";
/** Dangers that the person accepted with a click, after both names were shown. */
export type Confirmation = "frame" | "insecure";

/** A form's fingerprint. */
export const formId = matching(/^[0-9a-f]{16}$/, "a fingerprint");
/** What a field can be taught to be. */
export const taughtRoles = ["username", "password", "code"] as const;
/** A word of {@link taughtRoles}. */
export type TaughtRole = (typeof taughtRoles)[number];
const taughtField = object({
  hostname: string,
  role: oneOf(...taughtRoles),
  form: formId,
  field: count,
  page: string,
});
const taught = object({ taught: list(taughtField, 1000) });
/** A field of a form of a site that the person taught. */
export type TaughtField = ReturnType<typeof taughtField>;

/** The parser of the `ok` member of each type's reply. Each returns the value or throws ParseError. */
export const replies = {
  hello: object({
    protocol: count,
    version: string,
    capabilities: list(string),
    limits: object({ toHostBytes: count, fromHostBytes: count }),
    status,
  }),
  status,
  create: status,
  unlock: status,
  lock: nothing,
  retire: nothing,
  match: object({ items: list(matchedItem), more: boolean, insecure: boolean, never: boolean }),
  explain: object({ reason: optional(oneOf(...refusalReasons)) }),
  search: object({ items: list(item), total: count, after: optional(string) }),
  get: object({
    item,
    folder: string,
    fields: list(object({ name: string, protected: boolean, value: optional(string) })),
    urls: list(object({ url: string, match: matchKindOfUrl })),
    attachments: list(object({ name: string, bytes: count })),
    createdAt: string,
    modifiedAt: string,
    expiresAt: optional(string),
    revisions: count,
    passkey: optional(object({ relyingParty: string, username: string, createdAt: optional(string) })),
    /** What the person may do with it; only of an item of an office. */
    right: optional(oneOf(...rights)),
  }),
  history: object({
    revisions: list(
      object({ revision: count, modifiedAt: string, title: string, username: string, changed: list(string) }),
    ),
  }),
  reveal: object({ value: string }),
  code: object({ code: string, periodSeconds: count, remainingSeconds: count }),
  readOtp: object({
    issuer: optional(string),
    account: optional(string),
    code: string,
    periodSeconds: count,
    remainingSeconds: count,
  }),
  fill: object({
    item,
    username: optional(string),
    password: optional(string),
    code: optional(string),
    periodSeconds: optional(count),
    remainingSeconds: optional(count),
  }),
  alwaysFill: nothing,
  site: object({ hostname: string, never: boolean }),
  sites: object({ never: list(string) }),
  teach: taught,
  taught,
  save: object({ item }),
  update: object({ item }),
  remove: nothing,
  restore: object({ item }),
  trash: object({ items: list(trashedItem), total: count, after: optional(string) }),
  folders: object({
    folders: list(object({ path: string, items: count })),
    tags: list(object({ tag: string, items: count })),
  }),
  attachment: object({ value: string }),
  attach: object({ item }),
  capture: nothing,
  captured: object({ offer: optional(captureOffer) }),
  revealCaptured: object({ value: string }),
  keepCaptured: object({ item, revision: optional(count) }),
  promote: settled,
  dropNew: settled,
  passkeys: object({ passkeys: list(object({ item, username: string }), 100) }),
  createPasskey: object({
    item,
    credential: string,
    clientData: string,
    attestation: string,
    authenticatorData: string,
    publicKey: string,
    algorithm: number,
  }),
  usePasskey: object({
    credential: string,
    clientData: string,
    authenticatorData: string,
    signature: string,
    user: string,
  }),
  dropPasskey: settled,
  draft: object({ value: optional(string) }),
  generate: object({ value: string, bits: number }),
  keepGenerated: nothing,
  generated: object({ entries: list(object({ id: uuid, at: string }), 100) }),
  revealGenerated: object({ value: string }),
  vaults: object({ vaults: list(vault) }),
  addVault: vault,
  removeVault: nothing,
  changeVault: vault,
  profiles: object({
    profiles: list(object({ id: string, browser: string, addedAt: string, current: boolean })),
  }),
  settings,
  ...officeReplies(
    item,
    object({ kind: oneOf(...errorKinds), ...errorWords, reason: optional(oneOf(...officeFailures)) }),
  ),
} as const;

/** The words that name a request. */
export type RequestType = keyof typeof replies;
/** What the host answers to a request of type T. */
export type Reply<T extends RequestType> = ReturnType<(typeof replies)[T]>;

/** A URL of an item and how it matches. */
export interface ItemUrl {
  readonly url: string;
  readonly match: "site" | "hostname" | "origin" | "never";
}

/** An item to add. */
export interface NewItem extends ItemChanges {
  readonly kind: Item["kind"];
  readonly title: string;
  readonly urls: readonly ItemUrl[];
  readonly tags: readonly string[];
  /** The id of the vault to put it into; absent: the one that takes new items. */
  readonly vault?: string;
}

/** The field in which a new password waits. */
export const waitingField = "Latchkey.NewPassword";

/** How to generate a password. */
export type Recipe =
  | {
      readonly kind: "characters";
      readonly length: number;
      readonly classes: readonly ("lower" | "upper" | "digit" | "symbol")[];
      readonly avoidAmbiguous: boolean;
    }
  | {
      readonly kind: "words";
      readonly count: number;
      readonly separator: string;
      readonly capitalise: boolean;
      readonly digit: boolean;
    }
  | { readonly kind: "pattern"; readonly pattern: string };

/** How to generate a password as a page asks for it: of some characters, one of each required set among them. */
export interface RulesRecipe {
  readonly kind: "rules";
  readonly length: number;
  readonly allowed: string;
  readonly required: readonly string[];
  readonly maxConsecutive?: number;
}

/** Which field was taught: a form takes one of each role. */
export type TaughtName = Pick<TaughtField, "hostname" | "role" | "form">;

/** What to change of an item: what is absent stays, what is empty is removed. */
export interface ItemChanges {
  readonly title?: string;
  readonly username?: string;
  readonly password?: string;
  readonly urls?: readonly ItemUrl[];
  readonly notes?: string;
  readonly tags?: readonly string[];
  readonly folder?: string;
  readonly otp?: string;
  readonly expiresAt?: string;
  readonly fields?: readonly { readonly name: string; readonly protected: boolean; readonly value?: string }[];
}

/** What a form that was sent is for, where something may be kept of it. */
export type CapturedForm = "login" | "signup" | "change";

/** Where a new item goes, and what it is called. */
export interface CapturedItem {
  readonly title: string;
  readonly username: string;
  readonly tags: readonly string[];
  readonly folder?: string;
  readonly vault?: string;
}

/** What each request carries besides `id` and `type`. */
export interface Requests extends OfficeRequests {
  readonly hello: {
    readonly protocol: typeof protocolVersions;
    readonly client: "extension";
    readonly version: string;
    readonly capabilities: readonly string[];
    readonly locale: string;
    readonly profile: string;
    readonly browser: string;
  };
  readonly status: object;
  readonly create: { readonly passphrase: string };
  readonly unlock: { readonly passphrase: string; readonly path?: string; readonly keyFile?: string };
  readonly lock: object;
  readonly match: { readonly origin: string; readonly ancestors: readonly string[] };
  readonly explain: {
    readonly item: string;
    readonly origin: string;
    readonly ancestors: readonly string[];
    readonly cause: "person" | "load";
    readonly fields: readonly FillField[];
  };
  readonly search: { readonly query: string; readonly limit: number; readonly after?: string };
  readonly get: { readonly item: string };
  readonly history: { readonly item: string };
  readonly reveal: {
    readonly item: string;
    readonly field: string;
    readonly purpose: "show" | "copy";
    readonly revision?: number;
  };
  readonly code: { readonly item: string; readonly purpose: "show" | "copy" };
  readonly readOtp: { readonly otp: string };
  readonly fill: {
    readonly item?: string;
    readonly origin: string;
    readonly ancestors: readonly string[];
    readonly cause: "person" | "load";
    readonly fields: readonly FillField[];
    readonly confirmed: readonly Confirmation[];
    /** The new password that waits in the item, in the place of its own. */
    readonly waiting?: true;
    /** Waits in the item from now on, in the file before the answer. */
    readonly newPassword?: string;
  };
  readonly alwaysFill: { readonly item: string; readonly origin: string; readonly on: boolean };
  readonly site: { readonly origin: string; readonly never?: boolean };
  readonly sites: object;
  readonly teach: { readonly origin: string } & Omit<TaughtField, "hostname">;
  readonly taught: { readonly remove?: TaughtName };
  readonly save: { readonly item: NewItem };
  readonly update: { readonly item: string; readonly modifiedAt?: string; readonly set: ItemChanges };
  readonly remove: { readonly item: string; readonly forever?: boolean };
  readonly restore: { readonly item: string; readonly revision?: number };
  readonly trash: { readonly limit: number; readonly after?: string };
  readonly folders: { readonly vault?: string };
  readonly attachment: { readonly item: string; readonly name: string };
  readonly attach: { readonly item: string; readonly name: string; readonly value?: string };
  readonly capture: {
    readonly key: string;
    readonly origin: string;
    readonly ancestors: readonly string[];
    readonly form: CapturedForm;
    readonly username?: string;
    readonly password?: string;
    readonly newPassword?: string;
  };
  readonly captured: { readonly key: string; readonly forget?: true };
  readonly revealCaptured: { readonly key: string; readonly purpose: "show" | "copy" };
  readonly keepCaptured: { readonly key: string } & ({ readonly into: string } | { readonly set: CapturedItem });
  readonly promote: { readonly item: string } | { readonly key: string };
  readonly dropNew: { readonly item: string };
  readonly passkeys: {
    readonly origin: string;
    readonly ancestors: readonly string[];
    readonly relyingParty: string;
    readonly credentials?: readonly string[];
    readonly user?: string;
  };
  readonly createPasskey: {
    readonly origin: string;
    readonly ancestors: readonly string[];
    readonly confirmed: readonly "frame"[];
    readonly relyingParty: string;
    readonly user: { readonly id: string; readonly name: string };
    readonly challenge: string;
    readonly algorithms: readonly number[];
    readonly exclude: readonly string[];
  } & ({ readonly item: string } | { readonly set: CapturedItem });
  readonly usePasskey: {
    readonly item: string;
    readonly origin: string;
    readonly ancestors: readonly string[];
    readonly confirmed: readonly "frame"[];
    readonly relyingParty: string;
    readonly challenge: string;
    readonly allow?: readonly string[];
  };
  readonly dropPasskey: { readonly item: string };
  readonly draft: { readonly key: string; readonly set?: string };
  readonly generate: (Recipe | RulesRecipe) & { readonly keep?: boolean };
  readonly keepGenerated: { readonly value: string };
  readonly generated: object;
  readonly revealGenerated: { readonly entry: string; readonly purpose: "show" | "copy" };
  readonly vaults: object;
  /** `path`: a further vault. `vault`: one that is listed, to give its passphrase for this browser. */
  readonly addVault: { readonly passphrase: string; readonly keyFile?: string } & (
    { readonly path: string } | { readonly vault: string }
  );
  readonly removeVault: { readonly vault: string };
  readonly changeVault: {
    readonly vault: string;
    readonly set: { readonly colour?: VaultColour; readonly takesNew?: true };
  };
  readonly profiles: { readonly remove?: string };
  readonly settings: { readonly set?: Partial<Settings> };
}

const error = object({
  kind: oneOf(...errorKinds),
  ...errorWords,
  reason: optional(
    oneOf(...refusalReasons, ...changeRefusals, ...officeRefusals, ...passkeyRefusals, ...otpFlaws, ...officeFailures),
  ),
});
const requestId: Parser<number> = count;
const okFrame = object({ id: requestId, ok: (value) => value });
const errorFrame = object({ id: requestId, error });
const lockedEvent = object({
  event: oneOf("locked"),
  reason: oneOf("command", "idle", "limit", "sleep", "screen", "session", "browsers", "stopped"),
});
const plainEvent = object({ event: oneOf("unlocked", "changed") });

/** The host's refusal of a request. */
export type WireError = ReturnType<typeof error>;
/** A frame from the host, before the reply's content is known to fit its request. */
export type Frame =
  | { readonly is: "ok"; readonly id: number; readonly ok: unknown }
  | { readonly is: "error"; readonly id: number; readonly error: WireError }
  | { readonly is: "event"; readonly event: "locked" | "unlocked" | "changed" };

/**
 * Reads one frame from the host.
 * @returns The frame; the content of an `ok` is still `unknown`, for {@link replies} to read.
 * @throws ParseError if it is no frame of protocol version 1.
 */
export function parseFrame(value: unknown): Frame {
  const has = (name: string) => typeof value === "object" && value !== null && Object.hasOwn(value, name);
  if (has("event")) {
    const isLock = (value as { event: unknown }).event === "locked";
    return { is: "event", event: (isLock ? lockedEvent(value, "frame") : plainEvent(value, "frame")).event };
  }
  if (has("error")) return { is: "error", ...errorFrame(value, "frame") };
  const { id, ok } = okFrame(value, "frame");
  return { is: "ok", id, ok };
}
