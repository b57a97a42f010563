import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ParseError } from "./parse.ts";
import { parseFrame, replies } from "./protocol.ts";
import type { RequestType } from "./protocol.ts";

/** A case of tests/vectors/protocol, whose README says what its members mean. Requests are the host's to read. */
interface Vector {
  readonly name: string;
  readonly direction: "request" | "reply" | "event";
  readonly to?: string;
  readonly frame?: string;
  readonly expected: { readonly ok: true } | { readonly error: string; readonly id: number };
}

// The build of the tests names the extension's folder here.
const folder = join(import.meta.dirname, "..", "tests", "vectors", "protocol");

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const vectors = JSON.parse(readFileSync(join(folder, file), "utf8")) as readonly Vector[];
  for (const vector of vectors.filter(({ direction }) => direction !== "request")) {
    test(`${file}: ${vector.direction}: ${vector.name}`, () => check(vector));
  }
}

function check({ direction, to, frame, expected }: Vector): void {
  const sent: unknown = JSON.parse(frame ?? "");
  if (direction === "event") return assert.equal(parseFrame(sent).is, "event");
  if ("error" in expected && expected.error === "badMessage" && !isError(sent)) {
    return assert.throws(() => read(sent, to), ParseError);
  }
  const content = read(sent, to);
  if ("ok" in expected) return assert.deepEqual(content, (sent as { readonly ok?: unknown }).ok);
  assert.deepEqual(content, (sent as { readonly error?: unknown }).error);
}

function isError(sent: unknown): boolean {
  return typeof sent === "object" && sent !== null && Object.hasOwn(sent, "error");
}

/** Returns the content of a reply, read as the background reads it. */
function read(sent: unknown, to: string | undefined): unknown {
  const frame = parseFrame(sent);
  if (frame.is === "error") return frame.error;
  assert.ok(frame.is === "ok" && to !== undefined && Object.hasOwn(replies, to));
  return replies[to as RequestType](frame.ok, to);
}
