import assert from "node:assert/strict";
import { test } from "node:test";
import type { Documents as Known } from "./documents.ts";

const tabId = 7;
/** The content script is there from this question on. */
const startsAt = 3;
let asked = 0;
let documents: Known;
Object.assign(globalThis, {
  chrome: {
    webNavigation: { getAllFrames: () => Promise.resolve([{ frameId: 0 }]) },
    tabs: {
      sendMessage: (_: number, { type }: { readonly type: string }) => {
        if (type === "describe") return Promise.resolve([]);
        asked++;
        if (asked < startsAt) return Promise.reject(new Error("Could not establish connection."));
        const sender = {
          tab: { id: tabId },
          frameId: 0,
          origin: "https://shop.example",
        } as chrome.runtime.MessageSender;
        documents.record(sender, "token", { forms: [], newForm: null, outgrown: [] });
        return Promise.resolve();
      },
    },
  },
});
const { Documents } = await import("./documents.ts");

for (const [waits, seen, questions] of [
  [true, [{ origin: "https://shop.example", forms: [] }], startsAt],
  [false, null, 1],
] as const) {
  test(`a page that was loaded just now is ${waits ? "" : "not "}waited for`, async () => {
    asked = 0;
    documents = new Documents();

    assert.deepEqual(await documents.describe(tabId, waits), seen);
    assert.equal(asked, questions);
  });
}
