import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeQR } from "qr/decode.js";
import { modulesOf } from "./qr.ts";

const pixelsPerModule = 4;

test("what is drawn of an invitation is read back by the reader of pictures", () => {
  const content = "https://office.example:7443 7QHM-2VDX-9RTC-K4WA-P8NE-63GF-YJ5S";
  const { path, size } = modulesOf(content);
  const width = size * pixelsPerModule;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < pixelsPerModule; row++) {
      const from = ((Number(y) * pixelsPerModule + row) * width + Number(x) * pixelsPerModule) * 4;
      for (let at = from; at < from + pixelsPerModule * 4; at += 4) data.fill(0, at, at + 3);
    }
  }

  assert.equal(decodeQR({ width, height: width, data }), content);
});
