/** Reads the key for codes that a picture shows. The reader itself is loaded when the first picture is there. */

import type * as qr from "../../qr/index.ts";
import { browser } from "../browser.ts";
import { keyIn } from "../otp.ts";
import type { FoundKey } from "../otp.ts";

/** Chromium has no picture of a page that it is just painting, and makes two a second. */
const secondTryMs = 600;

/** Reads a picture that the person chose. */
export async function readPicture(picture: Blob): Promise<FoundKey> {
  // By an address that the bundler does not know: it is a file of its own.
  const reader = (await import(browser.runtime.getURL("qr.js"))) as typeof qr;
  return keyIn(await reader.readPicture(picture));
}

/** Reads what is to be seen of the active tab, which the person's click on the toolbar allows. */
export async function readVisiblePage(): Promise<FoundKey> {
  const picture = () => browser.tabs.captureVisibleTab({ format: "png" });
  let address: string;
  try {
    address = await picture().catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, secondTryMs));
      return await picture();
    });
  } catch {
    return { problem: "notAllowed" };
  }
  const [, base64 = ""] = address.split(",", 2);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return await readPicture(new Blob([bytes], { type: "image/png" }));
}
