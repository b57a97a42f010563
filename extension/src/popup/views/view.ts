/** What every view of the popup is, and what it may ask the popup to do. */

import type { BackgroundRequests, NewOutcome, NewPasswordPage, PasskeyQuestion } from "../../shared/messages.ts";
import type { FoundKey } from "../../shared/otp.ts";
import type { AccessRequest, Right } from "../../shared/officeProtocol.ts";
import type { CapturedItem, Confirmation, Item, Recipe, Reply, TaughtName } from "../../shared/protocol.ts";
import type { OtpFlaw } from "../../shared/refusals.ts";
import type { Rules } from "../../shared/rules/rules.ts";
import type { Clash, Draft } from "../edit/form.ts";
import type { OfferDraft } from "../edit/offerDraft.ts";
import type { CopiedWhat, Row, State, Undo } from "../state.ts";

/** A view is built once when it is entered and follows the state by itself afterwards. */
export interface Shown {
  readonly nodes: readonly Node[];
  /** Follows the state. Keeps focus, selection and scroll. */
  readonly update: (state: State) => void;
  /** Puts the focus where the view starts. */
  readonly focus: () => void;
  /** Forgets what was typed or shown: the view is gone and does not come back. */
  readonly gone?: () => void;
  /** Takes a value from a view that was on top of this one. */
  readonly take?: (value: string, bits: number) => void;
}

/** What a view can have done. All of them show their failures in the state. */
export interface Actions {
  readonly unlock: (passphrase: string, keyFile: string | null) => Promise<void>;
  readonly create: (passphrase: string) => Promise<void>;
  readonly retry: () => Promise<void>;
  readonly lock: () => void;
  readonly type: (query: string) => void;
  readonly more: () => void;
  readonly move: (by: number) => void;
  readonly select: (index: number) => void;
  /** What a click or Enter on a row does: fills for this site, opens the details elsewhere. */
  readonly choose: (row: Row) => void;
  /** The same for the row that Enter means: the chosen one, once the answer to what was typed is there. */
  readonly chooseSelected: () => void;
  /** `waiting`: with the new password that waits in the item. */
  readonly fill: (item: Item, confirmed: readonly Confirmation[], waiting?: true) => void;
  readonly copy: (what: CopiedWhat, item: Item, field?: string, revision?: number) => void;
  readonly copyText: (value: string) => void;
  readonly reveal: (item: Item, field: string, revision?: number) => Promise<string | null>;
  readonly code: (item: Item) => Promise<{ readonly code: string; readonly remainingSeconds: number } | null>;
  readonly dismiss: () => void;
  readonly clearClipboard: () => void;
  readonly back: () => void;
  readonly items: ItemActions;
  readonly site: SiteActions;
  readonly offer: OfferActions;
  readonly generator: GeneratorActions;
  readonly otp: OtpActions;
  readonly passkey: PasskeyActions;
}

/** How a page that asks about passkeys is answered. */
export interface PasskeyActions {
  readonly show: (question: PasskeyQuestion) => void;
  readonly yes: (question: PasskeyQuestion, where: { readonly item: string } | { readonly set: CapturedItem }) => void;
  /** `device`: the browser asks for another one by itself. An empty id: whatever waits for the unlock. */
  readonly no: (question: Pick<PasskeyQuestion, "id">, device: boolean) => void;
}

/** What can be done with a key for codes that is about to be saved. */
export interface OtpActions {
  /** Has the host read it. Returns whose it is and its code, or what is wrong with it; null if the host could not be asked. */
  readonly read: (otp: string) => Promise<Reply<"readOtp"> | OtpFlaw | null>;
  /** Reads the QR code that the page shows; null where the popup is no popup. */
  readonly readPage: (() => Promise<FoundKey>) | null;
  /** Keeps the form and goes where a picture is chosen. */
  readonly toPicture: (key: string, draft: Draft) => void;
}

/** What can be done with an item besides filling and copying it. */
export interface ItemActions {
  readonly details: (item: Item, removed?: boolean) => void;
  /** Opens the form of a new login, or the draft that was kept of one. */
  readonly start: (title: string) => void;
  readonly edit: (item: Item) => void;
  /** Keeps a draft, or with null removes it. Returns whether it is kept now. */
  readonly keep: (key: string, draft: Draft | null) => Promise<boolean>;
  /** Saves and shows the item. Returns what clashes with a change made elsewhere, and the form to go on with; else null. */
  readonly save: (
    item: Item | null,
    draft: Draft,
  ) => Promise<{ readonly draft: Draft; readonly clashes: readonly Clash[] } | null>;
  /** Folders and tags of a vault, by its id; empty: the own one. */
  readonly folders: (vault: string) => Promise<Reply<"folders"> | null>;
  readonly remove: (item: Item) => void;
  readonly restore: (item: Item) => void;
  readonly askToErase: (item: Item) => void;
  /** Puts it into the recycle bin without asking any more. */
  readonly bin: (item: Item) => void;
  readonly erase: (item: Item) => void;
  /** Goes where a higher right than `right` is asked for. */
  readonly wantAccess: (item: Item, right: Right) => void;
  readonly askAccess: (item: Item, right: Right, reason: string) => void;
  /** Answers a request, takes one back, or forgets one that is over. */
  readonly answer: (request: AccessRequest, grant: boolean) => void;
  readonly history: (item: Item) => void;
  readonly bringBack: (item: Item, revision: number) => void;
  /** Makes the new password that waits the item's. */
  readonly promote: (item: Item) => void;
  readonly dropNew: (item: Item) => void;
  readonly dropPasskey: (item: Item) => void;
  readonly trash: () => void;
  readonly moreTrash: () => void;
  readonly undo: (undo: Undo) => void;
}

/** What can be done about the page that the popup is about. */
export interface SiteActions {
  readonly alwaysFill: (item: Item, on: boolean) => void;
  readonly never: (on: boolean) => void;
  readonly pause: (on: boolean) => void;
  /** The browser's own dialog asks for user name and password. */
  readonly leaveToBrowser: () => void;
  readonly why: () => void;
  /** Copies what was seen of the page, without its words, for whoever is to find out why. */
  readonly copyReport: () => void;
  /** Opens the page that shows every signal of a tab. */
  readonly signals: (tab: number) => void;
  readonly forgetTaught: (names: readonly TaughtName[]) => void;
  /** Lets the person choose the item that gets this site as a further one. */
  readonly startAdding: () => void;
  readonly stopAdding: () => void;
  readonly addTo: (item: Item) => void;
}

/** What can be done with an offer to save. */
export interface OfferActions {
  /** Saves, and says so with an undo. */
  readonly keep: (where: BackgroundRequests["keepOffer"][0]) => void;
  /** Keeps what was changed in it. */
  readonly draft: (draft: OfferDraft) => void;
  /** The password that would be saved. */
  readonly reveal: () => Promise<string | null>;
  readonly notNow: () => void;
  /** Nothing is offered on that site any more. */
  readonly never: () => void;
}

export interface GeneratorActions {
  /** `forForm`: a form takes the value. */
  readonly open: (forForm: boolean) => void;
  /** The page takes the value. */
  readonly openFor: (page: NewPasswordPage) => void;
  /** Makes a value, which the vault's history has before anybody sees it. Null: the recipe is none, or it failed. */
  readonly make: (recipe: Recipe) => Promise<Reply<"generate"> | null>;
  /** The same for the page, by its rules. `unmet`: none that was made is as the page says. */
  readonly makeFor: (recipe: Recipe, rules: Rules) => Promise<Reply<"generate"> | "unmet" | null>;
  readonly recipe: () => Promise<Recipe>;
  readonly history: () => void;
  readonly reveal: (id: string) => Promise<string | null>;
  readonly copyKept: (id: string) => void;
  readonly copyNew: (value: string) => void;
  /** Writes the value into the page that takes it. Returns why it was not, or null. */
  readonly fillNew: (value: string, page: NewPasswordPage, item: string | null) => Promise<NewOutcome>;
  /** Gives the value to the form below and goes back to it. */
  readonly use: (value: string, bits: number) => void;
}
