/** What the popup answers a page that asks about passkeys. */

import { ask } from "../shared/ui/ask.ts";
import type { Context } from "./items.ts";
import type { PasskeyActions } from "./views/view.ts";
import { closePopup, isPopupWindow } from "./window.ts";

export function passkeyActions({ change, attempt, open }: Context): PasskeyActions {
  /** The page goes on; so does the person. */
  const done = async () => {
    if (isPopupWindow()) return closePopup();
    change({ type: "home" });
    await open();
  };
  return {
    show: (question) => change({ type: "entered", view: { is: "passkey", question } }),
    yes: ({ id }, where) =>
      void attempt(async () => {
        await ask("passkeyYes", { id, ...where });
        await done();
      }),
    no: ({ id }, device) =>
      void attempt(async () => {
        await ask("passkeyNo", { id, device });
        await done();
      }),
  };
}
