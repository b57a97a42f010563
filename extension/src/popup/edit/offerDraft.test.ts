import assert from "node:assert/strict";
import { test } from "node:test";
import { offerDraftFrom, textOfOffer } from "./offerDraft.ts";

const origin = "https://a.example";
const draft = { origin, asNew: true, into: "", title: "Büro", username: "anna", folder: "Work", vault: "" };

test("a draft of an offer is read again", () => assert.deepEqual(offerDraftFrom(textOfOffer(draft), origin), draft));

const others: readonly [name: string, text: string | null][] = [
  ["nothing", null],
  ["no JSON", "{"],
  ["no object", "7"],
  ["another page's", textOfOffer({ ...draft, origin: "https://b.example" })],
  ["a member is missing", JSON.stringify({ ...draft, title: undefined })],
  ["a further member", JSON.stringify({ ...draft, password: "x" })],
  ["another type", JSON.stringify({ ...draft, asNew: "yes" })],
];
for (const [name, text] of others) {
  test(`${name} is no draft of the offer`, () => assert.equal(offerDraftFrom(text, origin), null));
}
