import assert from "node:assert/strict";
import { test } from "node:test";
import { csvOf } from "./csv.ts";

const cells: readonly (readonly [what: string, value: string, written: string])[] = [
  ["plain", "Router, 2nd floor".replace(",", ""), "Router 2nd floor"],
  ["with a comma", "Router, 2nd floor", '"Router, 2nd floor"'],
  ["with a quotation mark", 'the "old" one', '"the ""old"" one"'],
  ["of two lines", "a\nb", '"a\nb"'],
  ["that is empty", "", ""],
  ["that is a formula", "=1+1", "'=1+1"],
  [
    "that is a formula with a comma",
    '=HYPERLINK("https://evil.example","x")',
    '"\'=HYPERLINK(""https://evil.example"",""x"")"',
  ],
  ["that begins with a sign", "+49 30 1234", "'+49 30 1234"],
  ["that begins with a minus", "-1", "'-1"],
  ["that begins with an at", "@SUM(A1)", "'@SUM(A1)"],
  ["that begins with a tab", "\t=1", "'\t=1"],
  ["that begins with a carriage return", "\r=1", '"\'\r=1"'],
  ["with a sign inside", "a=b", "a=b"],
];
for (const [what, value, written] of cells) {
  test(`a cell ${what} is text`, () => assert.equal(csvOf([[value]]), `${written}\r\n`));
}

test("rows end as RFC 4180 has it", () => {
  assert.equal(
    csvOf([
      ["a", "b"],
      ["c", "d"],
    ]),
    "a,b\r\nc,d\r\n",
  );
});
