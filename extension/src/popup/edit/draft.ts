/** A draft as the text that the host keeps sealed, and back. Pure. */

import { boolean, list, object, oneOf, ParseError, string } from "../../shared/parse.ts";
import type { Parser } from "../../shared/parse.ts";
import type { Draft } from "./form.ts";

function orNull<T>(parser: Parser<T>): Parser<T | null> {
  return (value, path) => (value === null ? null : parser(value, path));
}

const form = object({
  kind: oneOf("login", "note", "card", "identity"),
  title: string,
  username: string,
  password: orNull(string),
  otp: orNull(string),
  urls: list(object({ url: string, match: oneOf("site", "hostname", "origin", "never") })),
  notes: string,
  tags: string,
  folder: string,
  expires: string,
  fields: list(object({ name: string, value: orNull(string), protected: boolean })),
  vault: string,
});
const draft = object({ form, base: orNull(object({ form, modifiedAt: string })) });

/** The host's key for the draft of a new item; that of another one is the item's id. */
export const newItemKey = "new";

/** Returns the text of a draft. */
export function textOf(draft: Draft): string {
  return JSON.stringify(draft);
}

/** Returns the draft of a text, or null if it is none, such as one of an earlier version. */
export function draftFrom(text: string): Draft | null {
  try {
    return draft(JSON.parse(text), "draft");
  } catch (error) {
    if (error instanceof ParseError || error instanceof SyntaxError) return null;
    throw error;
  }
}
