/** The messages between the background and the extension's own pages, the popup first of all. Those of content scripts: contentMessages.ts. */

import type { NewForm, Reason, SeenDocument } from "./contentMessages.ts";
import { officeRequests } from "./officeProtocol.ts";
import type { AccessRequest, OfficeFailure } from "./officeProtocol.ts";
import type { PageRequests } from "./pageMessages.ts";
import type {
  CaptureOffer,
  CapturedItem,
  Confirmation,
  Item,
  MatchedItem,
  Recipe,
  Reply,
  Requests,
  RulesRecipe,
  Settings,
  Status,
  TaughtField,
  TaughtName,
  Vault,
} from "./protocol.ts";
import type { ChangeRefusal, OfficeRefusal, OtpFlaw, PasskeyRefusal, RefusalReason } from "./refusals.ts";

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
