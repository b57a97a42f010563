import assert from "node:assert/strict";
import { test } from "node:test";
import { auditKinds } from "../shared/leaverProtocol.ts";
import type { AuditEvent } from "../shared/leaverProtocol.ts";
import { byDay, kindGroups, requestOf } from "./auditState.ts";

const all = { member: "", item: null, kinds: "all", days: 0 } as const;
const now = Date.UTC(2026, 10, 26, 12, 0, 0, 345);

test("a filter for everything asks for nothing in particular", () => {
  assert.deepEqual(requestOf("office", all, 100, undefined, now), { office: "office", limit: 100 });
});

test("each filter is asked for, and times to the second", () => {
  const filter = { member: "anna", item: { id: "v.i", title: "Router" }, kinds: "access", days: 7 } as const;
  assert.deepEqual(requestOf("office", filter, 50, "12", now), {
    office: "office",
    limit: 50,
    after: "12",
    member: "anna",
    item: "v.i",
    kinds: ["access", "revision", "removal", "putBack", "request"],
    since: "2026-11-19T12:00:00Z",
  });
});

test("every kind is in exactly one group", () => {
  const grouped = Object.values(kindGroups).flatMap((kinds) => kinds ?? []);
  assert.deepEqual([...grouped].sort(), [...auditKinds].sort());
});

test("events stand under their day, and a day that comes again stands again", () => {
  const at = (time: string): AuditEvent => ({ time, kind: "fill" });
  const days = byDay([at("b1"), at("b2"), at("a1"), at("b3")], (time) => time.slice(0, 1));
  assert.deepEqual(
    days.map(([day, events]) => [day, events.map(({ time }) => time)]),
    [
      ["b", ["b1", "b2"]],
      ["a", ["a1"]],
      ["b", ["b3"]],
    ],
  );
});
