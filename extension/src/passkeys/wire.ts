/**
 * What the two halves of the passkey module say to each other: `page.ts` in the page's own world, where `navigator.credentials` is, and
 * `relay.ts` in the extension's. Each message is one JSON text, so that no object of one world is ever in the hands of the other.
 */

/** The event by which the page's half hands over what they talk through: an element that is in no document. */
export const meetEvent = "latchkey-passkeys-meet";
/** The event by which the relay says that it has come later than that. */
export const hereEvent = "latchkey-passkeys-here";
/** On the element: a question of the page's half, and an answer of the relay. */
export const askEvent = "ask";
export const answerEvent = "answer";

/** A new passkey, as the page asked for it. Bytes are base64url; what the page left out is null. */
export interface CreateRequest {
  readonly kind: "create";
  readonly relyingParty: string | null;
  readonly siteName: string;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly algorithms: readonly number[];
  readonly exclude: readonly string[];
}

/** The use of a passkey. `allow` is null where any will do. */
export interface GetRequest {
  readonly kind: "get";
  readonly relyingParty: string | null;
  readonly challenge: string;
  readonly allow: readonly string[] | null;
  /** It waits, without a word, until the person chooses one. */
  readonly conditional: boolean;
}

/** From the page's half. `end`: nobody waits for the answer any more. */
export type Question =
  | { readonly id: number; readonly request: CreateRequest | GetRequest }
  | { readonly id: number; readonly request: { readonly kind: "end" } };

/** What the browser itself is to answer, what the page is told, or what it gets. */
export type Answer =
  | { readonly is: "native" }
  | { readonly is: "refused"; readonly name: "NotAllowedError" | "InvalidStateError" }
  | {
      readonly is: "created";
      readonly credential: string;
      readonly clientData: string;
      readonly attestation: string;
      readonly authenticatorData: string;
      readonly publicKey: string;
      readonly algorithm: number;
    }
  | {
      readonly is: "used";
      readonly credential: string;
      readonly clientData: string;
      readonly authenticatorData: string;
      readonly signature: string;
      readonly user: string;
    };
