/** What the popup does with a key for codes before it is saved. */

import { ask } from "../shared/ui/ask.ts";
import { readVisiblePage } from "../shared/ui/qrReader.ts";
import { readOtp } from "../shared/ui/readOtp.ts";
import { textOf } from "./edit/draft.ts";
import type { Context } from "./items.ts";
import type { OtpActions } from "./views/view.ts";
import { isPopupWindow, openTab } from "./window.ts";

export function otpActions({ attempt }: Context): OtpActions {
  return {
    read: (otp) => attempt(() => readOtp(otp)),
    readPage: isPopupWindow() ? readVisiblePage : null,
    toPicture: (key, draft) =>
      void attempt(async () => {
        await ask("draft", { key, set: textOf(draft) });
        await openTab(`picture.html#${key}`);
      }),
  };
}
