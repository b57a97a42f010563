import assert from "node:assert/strict";
import { test } from "node:test";
import { changePageOf } from "./changePage.ts";

const items: readonly [urls: readonly string[], page: string | null][] = [
  [["https://shop.example/login?next=1#top"], "https://shop.example/.well-known/change-password"],
  [["https://shop.example:8443"], "https://shop.example:8443/.well-known/change-password"],
  [["http://shop.example:8080/a"], "https://shop.example/.well-known/change-password"],
  [["shop.example"], "https://shop.example/.well-known/change-password"],
  [["https://anna:secret@shop.example/"], "https://shop.example/.well-known/change-password"],
  [["https://[::1]:8443/"], "https://[::1]:8443/.well-known/change-password"],
  [["androidapp://shop", "https://shop.example"], "https://shop.example/.well-known/change-password"],
  [["javascript:alert(1)"], null],
  [["file:///etc/passwd", "ftp://shop.example"], null],
  [["https://"], null],
  [["", " "], null],
  [[], null],
];
for (const [urls, page] of items) {
  test(`${JSON.stringify(urls)} leads to ${page}`, () => {
    assert.equal(changePageOf(urls.map((url) => ({ url, match: "hostname" }))), page);
  });
}

test("an address that matches nothing is passed over", () => {
  assert.equal(changePageOf([{ url: "https://shop.example", match: "never" }]), null);
});
