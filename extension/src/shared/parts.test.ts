import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ParseError } from "./parse.ts";
import { PartReader, partsOf } from "./parts.ts";

/** A case of tests/vectors/parts.json: frames of one port, as text. */
interface Vector {
  readonly name: string;
  readonly frames: readonly string[];
  readonly expected: { readonly messages: readonly string[] } | { readonly error: "badMessage" };
}

// The build of the tests names the extension's folder here.
const file = join(import.meta.dirname, "..", "tests", "vectors", "parts.json");
for (const { name, frames, expected } of JSON.parse(readFileSync(file, "utf8")) as readonly Vector[]) {
  test(`parts.json: ${name}`, () => {
    const reader = new PartReader();
    const sent = frames.map((frame): unknown => JSON.parse(frame));
    if ("messages" in expected) {
      const messages = sent.map((frame) => reader.take(frame)).filter((message) => message !== undefined);
      return assert.deepEqual(
        messages,
        expected.messages.map((message): unknown => JSON.parse(message)),
      );
    }
    for (const frame of sent.slice(0, -1)) reader.take(frame);
    assert.throws(() => reader.take(sent.at(-1)), ParseError);
    assert.deepEqual(reader.take({ id: 9, ok: {} }), { id: 9, ok: {} }, "what had come is forgotten");
  });
}

const texts: readonly [name: string, text: string][] = [
  ["letters", "x".repeat(3_000_000)],
  ["quotes, which take two bytes in a frame", '"'.repeat(1_000_000)],
  ["line breaks, which are escaped twice", "\n\\".repeat(600_000)],
  ["letters of three bytes", "€".repeat(1_000_000)],
  ["pairs of surrogates at even places", "😀".repeat(700_000)],
  ["pairs of surrogates at odd places", `x${"😀".repeat(700_000)}`],
];
for (const [name, value] of texts) {
  test(`a long message of ${name} is the same after its way in parts`, () => {
    const message = { id: 7, type: "save", value };
    const parts = partsOf(message);
    const reader = new PartReader();

    const taken = parts.map((part) => {
      const frame = new TextEncoder().encode(JSON.stringify(part));
      assert.ok(frame.length <= 1024 * 1024);
      return reader.take(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(frame)));
    });
    assert.ok(parts.length > 1);
    assert.deepEqual(taken, [...parts.slice(1).map(() => undefined), message]);
  });
}

test("a message that fits into a frame to the byte is not cut, and one byte more is", () => {
  const around = JSON.stringify({ id: 7, value: "" }).length;
  assert.equal(partsOf({ id: 7, value: "x".repeat(1024 * 1024 - around) } as { id: number }).length, 0);
  assert.equal(partsOf({ id: 7, value: "x".repeat(1024 * 1024 - around + 1) } as { id: number }).length, 5);
});

test("a message above 24 MiB is not sent", () => {
  assert.throws(() => partsOf({ id: 7, value: "x".repeat(24 * 1024 * 1024) } as { id: number }), RangeError);
});

test("parts that are too long together are refused before all have come", () => {
  const reader = new PartReader();
  const text = "x".repeat(512 * 1024);
  for (let part = 1; part <= 48; part++) assert.equal(reader.take({ id: 7, part, of: 60, text }), undefined);
  assert.throws(() => reader.take({ id: 7, part: 49, of: 60, text }), ParseError);
});

test("the end of the host between two parts is told, and the parts are forgotten", () => {
  const reader = new PartReader();
  assert.equal(reader.take({ id: 7, part: 1, of: 2, text: '{"id":7,' }), undefined);
  const locked = { event: "locked", reason: "stopped" };
  assert.equal(reader.take(locked), locked);
  assert.throws(() => reader.take({ id: 7, part: 2, of: 2, text: '"ok":{}}' }), ParseError);
});
