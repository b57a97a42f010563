/** Which key for codes a picture's QR codes hold. Pure. */

import type { Read } from "../qr/index.ts";

/** Why there is no key to go on with. `notAllowed`: the browser does not show us the page. `manyFiles`: more than one was chosen. */
export const qrProblems = ["none", "several", "other", "notPicture", "tooLarge", "notAllowed", "manyFiles"] as const;
export type QrProblem = (typeof qrProblems)[number];

/** A key as the site's QR code has it, or why there is none. The host says whether codes can be made from it. **Secret.** */
export type FoundKey = { readonly otp: string } | { readonly problem: QrProblem };

/** Returns the one key among what was read. */
export function keyIn(read: Read): FoundKey {
  if (read.is !== "read") return { problem: read.is };
  const keys = read.texts.filter(isKeyUri);
  const [otp] = keys;
  if (otp === undefined) return { problem: "other" };
  return keys.length > 1 ? { problem: "several" } : { otp };
}

/** Whether a text says of itself that it is a key for codes, of whatever make. */
export function isKeyUri(text: string): boolean {
  return /^otpauth(-migration)?:/i.test(text.trim());
}
