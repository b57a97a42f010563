/** What a person changed in an offer to save before the popup closed, as the text that the host keeps sealed, and back. Pure. */

import { boolean, object, ParseError, string } from "../../shared/parse.ts";

const offerDraft = object({
  /** The page's, so that it is not taken for another offer's. */
  origin: string,
  /** A new item is made where one could be changed. */
  asNew: boolean,
  /** The id of the item that takes the password; empty: none was chosen. */
  into: string,
  title: string,
  username: string,
  folder: string,
  vault: string,
});
export type OfferDraft = ReturnType<typeof offerDraft>;

/** Returns the text of a draft. */
export function textOfOffer(draft: OfferDraft): string {
  return JSON.stringify(draft);
}

/** Returns the draft of a text for an offer of that page, or null if it is none, or another one's. */
export function offerDraftFrom(text: string | null, origin: string): OfferDraft | null {
  if (text === null) return null;
  try {
    const draft = offerDraft(JSON.parse(text), "draft");
    return draft.origin === origin ? draft : null;
  } catch (error) {
    if (error instanceof ParseError || error instanceof SyntaxError) return null;
    throw error;
  }
}
