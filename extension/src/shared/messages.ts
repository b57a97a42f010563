/**
 * The messages inside the extension: content script ↔ background ↔ popup and pages. A message from a content script is only as
 * good as its page, so it says what a page may say ("these forms are here") and is parsed; where it came from is
 * read from the browser's `sender`, never from the message.
 */

import { officeRequests } from "./officeProtocol.ts";
import type { AccessRequest, OfficeFailure } from "./officeProtocol.ts";
import type { PageRequests } from "./pageMessages.ts";
import type { Answer } from "../passkeys/wire.ts";
import {
  boolean,
  count,
  list,
  matching,
  nullable,
  number,
  object,
  oneOf,
  optional,
  string,
  variants,
} from "./parse.ts";
import { formId } from "./protocol.ts";
import { pageRules } from "./rules/pageRules.ts";
import type {
  CapturedItem,
  CaptureOffer,
  ChangeRefusal,
  OfficeRefusal,
  Confirmation,
  Item,
  MatchedItem,
  OtpFlaw,
  PasskeyRefusal,
  Recipe,
  RefusalReason,
  Reply,
  Requests,
  RulesRecipe,
  Settings,
  Status,
  TaughtField,
  TaughtName,
  TaughtRole,
  Vault,
} from "./protocol.ts";

export type { TaughtRole };

/** The kinds of form that a login, or a code, may go into, in the detector's words. */
export const formKinds = ["login", "usernameFirst", "passwordOnly", "changePassword", "oneTimeCode"] as const;
export type FormKind = (typeof formKinds)[number];

/** A page could show thousands of forms; more than these are nobody's login. */
const maxForms = 50;

const formSummary = object({
  kind: oneOf(...formKinds),
  username: boolean,
  password: boolean,
  code: boolean,
  focused: boolean,
});
/** One visible form of a page, without anything that was typed, and what a fill would fill there: a login or a code. */
export type FormSummary = ReturnType<typeof formSummary>;

const newForm = object({
  kind: oneOf("signup", "change"),
  /** It asks for the password of today too. */
  current: boolean,
  focused: boolean,
  rules: pageRules,
});
/** A visible form that takes a new password, and what the page says about it. */
export type NewForm = ReturnType<typeof newForm>;

/** Why a page was not filled although the host released the values, or before it was asked. */
export const pageReasons = [
  "noForm",
  "signup",
  "hidden",
  "notPassword",
  "formTarget",
  "getForm",
  "navigated",
  "changed",
  "opaque",
  "occupied",
  "noCode",
  "codeLength",
  "codeRefused",
  "teachNoField",
] as const;
export type PageReason = (typeof pageReasons)[number];
export type Reason = PageReason | RefusalReason;

/** A user name, the password of today, and the new one with its repetitions. */
const maxFields = 8;

const fillResult = object({
  filled: list(oneOf("username", "password", "newPassword", "code"), maxFields),
  refused: optional(oneOf(...pageReasons)),
});
/** What a content script did with an order. */
export type FillResult = ReturnType<typeof fillResult>;
export const parseFillResult = (value: unknown): FillResult => fillResult(value, "fill result");

/** What was taught of a form, as its page is told: of its own site. */
export type TaughtRule = Omit<TaughtField, "hostname">;

/** What the background knows about a document that told its forms; null while nothing is known. */
export interface FormsAnswer {
  /** What the document is to go by from now on, and to look again; absent: it does. */
  readonly taught?: readonly TaughtRule[];
  readonly order?: FillOrder;
}

/** How the field is found again that the person pointed at, or why it cannot be taught. */
const teachAnswer = object({
  form: optional(formId),
  field: optional(count),
  page: optional(string),
  refused: optional(oneOf(...pageReasons)),
});
export type TeachAnswer = ReturnType<typeof teachAnswer>;
export const parseTeachAnswer = (value: unknown): TeachAnswer => teachAnswer(value, "taught field");

/** Values for one document; `origin` is the one that the host released them for. */
export interface FillOrder {
  readonly origin: string;
  /** `step`: goes on with what the person filled in the step before; like `load`, it writes into empty fields only. */
  readonly cause: "person" | "load" | "step";
  readonly username?: string;
  readonly password?: string;
  /** For the form that takes a new one, and for nothing else there. */
  readonly newPassword?: string;
  /** What is sent with it counts as typed by the person: it tells whether a password works. */
  readonly typed?: true;
  /** A code travels alone, and because a person asked. */
  readonly code?: string;
}

const base64url = matching(/^[A-Za-z0-9_-]*$/, "bytes");
const maxCredentials = 256;
const maxAlgorithms = 64;
/** What a page asks of an authenticator. All of it is the page's word; who asks is the browser's. */
const passkeyRequest = variants("kind", {
  create: object({
    kind: oneOf("create"),
    relyingParty: nullable(string),
    siteName: string,
    user: object({ id: base64url, name: string, displayName: string }),
    challenge: base64url,
    algorithms: list(number, maxAlgorithms),
    exclude: list(base64url, maxCredentials),
  }),
  get: object({
    kind: oneOf("get"),
    relyingParty: nullable(string),
    challenge: base64url,
    allow: nullable(list(base64url, maxCredentials)),
    conditional: boolean,
  }),
});
/** What a page asks of an authenticator: a new passkey, or the use of one. */
export type PasskeyRequest = ReturnType<typeof passkeyRequest>;
/** What a page is answered. */
export type PasskeyAnswer = Answer;

const contentMessages = {
  /** The page asks for a passkey. `policy`: whether its document may, by the permissions policy. */
  passkey: object({
    type: oneOf("passkey"),
    document: string,
    question: count,
    policy: oneOf("allowed", "forbidden", "unknown"),
    request: passkeyRequest,
  }),
  /** Nobody waits for the answer any more; without a question, for none of the document. */
  passkeyEnd: object({ type: oneOf("passkeyEnd"), document: string, question: optional(count) }),
  /** The forms of this document, now. `load`: this document may be filled without a person's action. */
  forms: object({
    type: oneOf("forms"),
    document: string,
    forms: list(formSummary, maxForms),
    load: boolean,
    /** The form that takes a new password; told only when somebody asked. */
    newForm: optional(newForm),
    /** What it goes by, word for word as it was told. */
    taught: string,
    /** The fingerprints that were taught on this page and fit none of its forms any more. */
    outgrown: list(formId, maxForms),
  }),
  /** The person sent a form; the values are what they typed into it. */
  signIn: object({
    type: oneOf("signIn"),
    document: string,
    typed: object({
      form: oneOf("login", "signup", "change"),
      username: optional(string),
      password: optional(string),
      newPassword: optional(string),
    }),
  }),
  /** The form of the last `signIn` is gone, and no new document came. */
  left: object({ type: oneOf("left"), document: string }),
  /** What became of an order that was the reply to `forms`. */
  filled: object({ type: oneOf("filled"), document: string, result: fillResult }),
  /** The person is in a field that something of theirs goes into. The answer: whether an icon is wanted there. */
  focused: object({ type: oneOf("focused"), document: string }),
  /** The person pressed that icon. The answer is an {@link IconAnswer}. */
  icon: object({ type: oneOf("icon"), document: string }),
};
/** What a press of the icon came to: whether the popup is open, and the key that opens it, empty if there is none. */
export interface IconAnswer {
  readonly opened: boolean;
  readonly key: string;
}
/** A message from a content script. */
export type ContentMessage = ReturnType<(typeof contentMessages)[keyof typeof contentMessages]>;
/** What a person typed into a form that signs in, signs up or changes a password. **Secret.** */
export type Typed = ReturnType<typeof contentMessages.signIn>["typed"];

/** Reads a message from a content script. Throws ParseError if it is none. */
export function parseContentMessage(value: unknown): ContentMessage {
  const type = (value as { readonly type?: unknown } | null)?.type;
  const parse =
    contentMessages[
      typeof type === "string" && Object.hasOwn(contentMessages, type) ? (type as ContentMessage["type"]) : "forms"
    ];
  return parse(value, "message");
}

/** What the detector takes a form and a field for, in its words. */
export const seenKinds = [...formKinds, "signup", "notLogin"] as const;
export const seenRoles = [
  "username",
  "currentPassword",
  "newPassword",
  "confirmPassword",
  "oneTimeCode",
  "other",
] as const;

/** More than the detector has of one side. */
const maxSignals = 100;
/** What is shown of one page: more is nobody's to read. */
export const maxSeenFields = 40;

const seenField = object({
  name: string,
  type: string,
  autocomplete: string,
  role: oneOf(...seenRoles),
  visible: boolean,
  fills: boolean,
  because: list(string, maxSignals),
});
const seenForm = object({
  kind: oneOf(...seenKinds),
  because: list(string, maxSignals),
  fields: list(seenField, maxSeenFields),
});
const seenForms = list(seenForm, maxForms);
/** One form of a page as the detector sees it. Names and types are the page's own words. */
export type SeenForm = ReturnType<typeof seenForm>;
/** A document with what the detector sees in it. */
export interface SeenDocument {
  readonly origin: string;
  readonly forms: readonly SeenForm[];
}
/** Reads a content script's answer to `describe`. Throws ParseError if it is none. */
export const parseSeenForms = (value: unknown): readonly SeenForm[] => seenForms(value, "forms");

/** A message to a content script. `document` is the token that the content script itself made up. */
export type ToContent =
  | { readonly type: "announce" }
  | { readonly type: "describe" }
  | { readonly type: "report" }
  /** What the field is that the person opened the menu on. The answer is a {@link TeachAnswer}. */
  | { readonly type: "teach"; readonly document: string; readonly role: TaughtRole }
  /** Whether the browser would take a value for the field of a new password, by its `pattern`. */
  | { readonly type: "fits"; readonly document: string; readonly value: string }
  | { readonly type: "fill"; readonly document: string; readonly order: FillOrder };

/** What became of the last fill in a tab, or of what the person taught there, for the popup. */
export type Outcome =
  | { readonly kind: "taught"; readonly item?: never; readonly name: TaughtName }
  | { readonly kind: "filled"; readonly item: string; readonly title: string; readonly host: string }
  | {
      readonly kind: "refused";
      readonly item?: string;
      readonly reason: Reason;
      readonly host: string;
      readonly top: string;
    };

/** Whether a fill was refused since the item is of another site: that says nothing about what else there is for this one. */
export function isAboutItem(outcome: Outcome): boolean {
  return outcome.kind === "refused" && outcome.reason === "noMatch" && outcome.item !== undefined;
}

/** Why the host cannot be reached; the popup has its own words and its own fix for each. */
export const problems = [
  "notInstalled",
  "forbidden",
  "cannotStart",
  "stopped",
  "badReply",
  "hostTooOld",
  "extensionTooOld",
  "hostFailed",
  "programGone",
  "libraryMissing",
] as const;
export type Problem = (typeof problems)[number];

/** A page of the list of all items. */
export type SearchPage = Reply<"search">;

/** The page that the popup is about. */
export interface PageContext {
  /** The origin of the document that would be filled. */
  readonly origin: string;
  /** The hostname of the document that would be filled. */
  readonly host: string;
  /** The hostname of the tab. Differs from `host` in a subframe of another site. */
  readonly top: string;
  /** An http page that is not on this computer: filled after a confirmation only. */
  readonly insecure: boolean;
  readonly items: readonly MatchedItem[];
  /** The person chose that nothing is offered here by itself. */
  readonly never: boolean;
  /** The form that takes a new password; null if there is none. */
  readonly newForm: NewPasswordPage | null;
  /** What was taught on this page and fits it no more. */
  readonly outgrown: readonly TaughtName[];
  /** The server asks by HTTP itself, before there is a page. */
  readonly byHttp?: true;
}

/** A page that asks for a new password. */
export interface NewPasswordPage {
  readonly host: string;
  readonly form: NewForm;
  /** Whose password is changed: the items for this page. Empty for a sign-up. */
  readonly items: readonly MatchedItem[];
}

/** What became of a new password: null if it stands in the page. */
export type NewOutcome = (Outcome & { readonly kind: "refused" }) | null;

/** Why a page has not been filled by itself, where the host or the page did not say. */
export const whyReasons = ["paused", "ready", "code"] as const;
export type WhyReason = Reason | (typeof whyReasons)[number];

/** Why the page has not been filled, and what was seen there. */
export interface WhyNot {
  readonly reason: WhyReason;
  readonly host: string;
  readonly top: string;
  /** The item that it is about. */
  readonly item: MatchedItem | null;
  readonly documents: readonly SeenDocument[];
  /** The tab that it is about; null without one. */
  readonly tab: number | null;
}

/** What a page asks of the person, as the background understands it: names are the browser's, but for user and site's name. */
export type PasskeyQuestion = {
  /** Answers name it: the page may have asked for something else meanwhile. */
  readonly id: string;
  /** The hostname of the document that asks, and of the tab if that has another origin. */
  readonly host: string;
  readonly top: string | null;
  readonly relyingParty: string;
} & (
  | {
      readonly kind: "create";
      readonly siteName: string;
      readonly username: string;
      readonly displayName: string;
      /** The items that could take it, best first. */
      readonly items: readonly Item[];
      /** The one whose passkey, of the same user, it would replace. */
      readonly replaces: string | null;
    }
  /** There is one already, and the site wants none beside it. */
  | { readonly kind: "excluded" }
  | { readonly kind: "get"; readonly passkeys: Reply<"passkeys">["passkeys"] }
);

/** Everything the popup shows first, in one message. */
export interface PopupState {
  readonly problem: Problem | null;
  readonly status: Status | null;
  readonly page: PageContext | null;
  readonly all: SearchPage | null;
  /** The hostname that is filled after the next unlock, if a fill waits for it. */
  readonly pending: string | null;
  readonly outcome: Outcome | null;
  readonly clipboard: ClipboardHold | null;
  readonly clipboardSeconds: number;
  /** How a new URL matches, if the person does not say otherwise. */
  readonly matchKind: Settings["matchKind"];
  /** Nothing is offered or filled by itself until the browser starts again. */
  readonly paused: boolean;
  /** What could be saved of the sign-in that has just worked in this tab. */
  readonly offer: CaptureOffer | null;
  /** What was changed in the offer before the popup closed. */
  readonly offerDraft: string | null;
  /** The hostname of a sign-in that may be saved once the vault is open. */
  readonly signedIn: string | null;
  /** The key of the draft that the popup showed when it was closed. */
  readonly editing: string | null;
  /** The own one first; empty while they are locked. */
  readonly vaults: readonly Vault[];
  /** Requests for access to items of offices. */
  readonly requests: readonly AccessRequest[];
  /** What the page asks of the person about passkeys. */
  readonly passkey: PasskeyQuestion | null;
  /** The passkeys that the page takes, if the person chooses one, without having asked in so many words. */
  readonly passkeysOffered: (PasskeyQuestion & { readonly kind: "get" }) | null;
  /** The hostname of a page that waits for a passkey until the vault is open. */
  readonly passkeyWaits: string | null;
}

/** A secret on the clipboard: a salted hash of it (base64), never itself, and when it is cleared. */
export interface ClipboardHold {
  readonly salt: string;
  readonly digest: string;
  readonly clearsAt: number;
}

/** Requests of our own pages that the host gets as they are. */
export const passedOn = [
  "get",
  "reveal",
  "code",
  "readOtp",
  "history",
  "save",
  "update",
  "remove",
  "restore",
  "folders",
  "attachment",
  "attach",
  "draft",
  "generate",
  "generated",
  "revealGenerated",
  "changeVault",
  ...officeRequests,
] as const;
/** What is passed on to the host, with its replies. */
export type PassedOn = { readonly [T in (typeof passedOn)[number]]: [Requests[T], Reply<T>] };

/** The popup's requests and the replies to them. */
export interface PopupRequests extends PassedOn {
  readonly open: [object, PopupState];
  readonly unlock: [{ readonly passphrase: string; readonly keyFile?: string }, Outcome | null];
  readonly create: [{ readonly passphrase: string }, null];
  readonly lock: [object, null];
  readonly search: [{ readonly query: string; readonly after?: string }, SearchPage];
  /** `waiting`: with the new password that waits in the item. */
  readonly fill: [
    { readonly item: string; readonly confirmed: readonly Confirmation[]; readonly waiting?: true },
    Outcome,
  ];
  readonly trash: [{ readonly after?: string }, Reply<"trash">];
  readonly never: [{ readonly origin: string; readonly on: boolean }, null];
  readonly pause: [{ readonly on: boolean }, null];
  readonly why: [object, WhyNot];
  /** What is seen of a tab, or of the page that the popup is about, as a page without its words; empty if nothing is. */
  readonly report: [{ readonly tab?: number }, string];
  /** What the detector sees in a tab. */
  readonly signals: [{ readonly tab: number }, readonly SeenDocument[]];
  /** Forgets what was taught; the answer is what is left. */
  readonly forgetTaught: [{ readonly names: readonly TaughtName[] }, readonly TaughtField[]];
  readonly editing: [{ readonly key: string | null }, null];
  readonly alwaysFill: [{ readonly item: string; readonly on: boolean }, null];
  /** Saves what the offer is about: into an item that it names, or as a new one. */
  readonly keepOffer: [{ readonly into: string } | { readonly set: CapturedItem }, Reply<"keepCaptured">];
  /** Keeps what was changed in the offer. */
  readonly draftOffer: [{ readonly text: string }, null];
  readonly revealOffer: [object, Reply<"revealCaptured">];
  /** `never`: the person wants nothing to be offered on that site any more. */
  readonly dropOffer: [{ readonly never: boolean }, null];
  /** Makes a password for the page's form, kept by the host before it is told. Null: none that was made is as the page says. */
  readonly makeNew: [{ readonly recipe: Recipe | RulesRecipe }, Reply<"generate"> | null];
  /** Writes a new password into the page's form; with an item, its password into the field for the one of today. */
  readonly fillNew: [{ readonly value: string; readonly item?: string }, NewOutcome];
  /** Makes the new password that waits the item's. */
  readonly promote: [{ readonly item: string }, Reply<"promote">];
  readonly dropNew: [{ readonly item: string }, Reply<"dropNew">];
  /** Gives the page what it asked for: with the passkey of an item, or with a new one in it. */
  readonly passkeyYes: [
    { readonly id: string } & ({ readonly item: string } | { readonly set: CapturedItem }),
    { readonly item: Item | null },
  ];
  /** Gives it nothing: the browser asks by itself (`device`), or the page is told so. An empty id: whatever waits for the unlock. */
  readonly passkeyNo: [{ readonly id: string; readonly device: boolean }, null];
  readonly dropPasskey: [{ readonly item: string }, Reply<"dropPasskey">];
  /** The browser's own dialog asks for user name and password instead. */
  readonly leaveToBrowser: [object, null];
  readonly dismiss: [object, null];
  readonly copied: [ClipboardHold, null];
  readonly clearClipboard: [object, null];
}

/** The port that a popup holds open while it asks for a server: when it closes, the browser asks. */
export const byHttpPort = "byHttp";

/** Everything that the extension's own pages may ask of the background. */
export interface BackgroundRequests extends PopupRequests, PageRequests {}
export type BackgroundRequestType = keyof BackgroundRequests;
/** A message from a page of the extension. */
export type BackgroundMessage = {
  readonly [T in BackgroundRequestType]: { readonly type: T } & BackgroundRequests[T][0];
}[BackgroundRequestType];

/** Why a request came to nothing. `kind` is the host's word, with what only the host knows; `problem` the connection's. */
export type Failure =
  | { readonly problem: Problem }
  | {
      readonly kind: string;
      readonly reason?: RefusalReason | ChangeRefusal | OfficeRefusal | OfficeFailure | PasskeyRefusal | OtpFlaw;
      readonly file?: string;
      readonly seconds?: number;
    };
/** What the background answers. */
export type BackgroundReply<T extends BackgroundRequestType> =
  { readonly ok: BackgroundRequests[T][1] } | { readonly failure: Failure };

/**
 * What the background tells open pages of ours without being asked. `fillSample` is for the first-run page alone; `codeWaits`: a fill waits
 * until then for the next code to be good.
 */
export type ToPopup =
  { readonly type: "changed" | "fillSample" } | { readonly type: "codeWaits"; readonly until: number };

/** What the offscreen page (Chromium) is told about the clipboard. */
export type ToOffscreen =
  { readonly type: "holdClipboard"; readonly hold: ClipboardHold } | { readonly type: "clearHeldClipboard" };
