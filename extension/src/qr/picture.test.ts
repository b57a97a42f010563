import assert from "node:assert/strict";
import { test } from "node:test";
import { dimensionsOf } from "./picture.ts";

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

// Beginnings of pictures of 300 by 200 pixels.
const png = "89504e470d0a1a0a 0000000d 49484452 0000012c 000000c8 08020000 00";
const gif = "474946383961 2c01 c800 f7 00 00";
const jpeg = "ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 0011 08 00c8 012c 03 012200 021101 031101";
const lossy = "52494646 00000000 57454250 56503820 00000000 000000 9d012a 2c01 c800";
const lossless = "52494646 00000000 57454250 5650384c 00000000 2f 2bc13100";
const extended = "52494646 00000000 57454250 56503858 0a000000 00000000 2b0100 c70000";

for (const [name, hex] of Object.entries({ png, gif, jpeg, lossy, lossless, extended })) {
  test(`a ${name} picture says how large it is`, () => {
    assert.deepEqual(dimensionsOf(bytesOf(hex)), { width: 300, height: 200 });
  });
  test(`a ${name} picture that ends in its header is none`, () => {
    for (let length = 0; length < 10; length++) assert.equal(dimensionsOf(bytesOf(hex).subarray(0, length)), null);
  });
}

const large = "89504e470d0a1a0a 0000000d 49484452 ffffffff ffffffff 08020000 00";
test("a size beyond all pictures is told as it stands there", () => {
  assert.deepEqual(dimensionsOf(bytesOf(large)), { width: 4294967295, height: 4294967295 });
});

const none: Readonly<Record<string, string>> = {
  nothing: "",
  "a text": Buffer.from("otpauth://totp/x?secret=GEZDGNBV and some more").toString("hex"),
  "a drawing in words": Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'></svg>").toString("hex"),
  "a PNG without a width": "89504e470d0a1a0a 0000000d 49484452 00000000 000000c8 08020000 00",
  "a JPEG that is not one behind its mark": "ffd8 ff00 0010 4a464946000101000001 00000000000000000000000000",
  "a JPEG of empty segments": `ffd8 ${"ffe0 0000".repeat(40)}`,
  "a JPEG of marks alone": `ffd8 ${"ff".repeat(200)}`,
  "a sound in the same container": "52494646 00000000 57415645 666d7420 10000000 01000200 44ac0000",
};
for (const [name, hex] of Object.entries(none)) {
  test(`${name} is no picture`, () => assert.equal(dimensionsOf(bytesOf(hex)), null));
}
