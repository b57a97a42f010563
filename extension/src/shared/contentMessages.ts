/**
 * The messages between content scripts and the background. One from a content script is only as good as its page, so it says what a page may
 * say ("these forms are here") and is parsed; where it came from is read from the browser's `sender`, never from the message.
 */

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
import type { TaughtField, TaughtRole } from "./protocol.ts";
import type { RefusalReason } from "./refusals.ts";
import { pageRules } from "./rules/pageRules.ts";

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
