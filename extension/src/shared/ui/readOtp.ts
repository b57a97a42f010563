/** Has the host read a key for codes. */

import { otpFlaws } from "../refusals.ts";
import type { Reply } from "../protocol.ts";
import type { OtpFlaw } from "../refusals.ts";
import { ask, AskFailed } from "./ask.ts";

/**
 * Returns whose key it is and its code, or what is wrong with it.
 * @throws AskFailed if the host could not be asked.
 */
export async function readOtp(otp: string): Promise<Reply<"readOtp"> | OtpFlaw> {
  try {
    return await ask("readOtp", { otp });
  } catch (error) {
    const failure = error instanceof AskFailed && "kind" in error.failure ? error.failure : null;
    const flaw = otpFlaws.find((each) => failure?.kind === "refused" && each === failure.reason);
    if (flaw === undefined) throw error;
    return flaw;
  }
}
