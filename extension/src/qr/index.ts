/**
 * Reads the QR codes of a picture. A file of its own, which a page of ours loads when a person asks: it is most of what would
 * otherwise be loaded each time.
 */

import { decodeQRBatch } from "qr/decode.js";
import { dimensionsOf, maxPictureBytes, maxPixels } from "./picture.ts";

/** What the reading came to. */
export type Read =
  { readonly is: "read"; readonly texts: readonly string[] } | { readonly is: "none" | "notPicture" | "tooLarge" };

/** For the further attempts at a picture that is blurred or turned: a person waits. */
const timeLimit = 1500;

/** Reads every QR code of a picture. Never throws for what is in it. */
export async function readPicture(picture: Blob): Promise<Read> {
  if (picture.size > maxPictureBytes) return { is: "tooLarge" };
  const bytes = await bytesOf(picture);
  const size = bytes === null ? null : dimensionsOf(bytes);
  if (size === null) return { is: "notPicture" };
  if (size.width * size.height > maxPixels) return { is: "tooLarge" };
  const image = await pixelsOf(picture);
  if (image === null) return { is: "notPicture" };
  const [found = []] = await decodeQRBatch([image], { timeLimit });
  const texts = found.filter((each) => typeof each === "string");
  return texts.length === 0 ? { is: "none" } : { is: "read", texts: [...new Set(texts)] };
}

/** Returns null if the browser cannot read it: a folder, or a file that has gone meanwhile. */
async function bytesOf(picture: Blob): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await picture.arrayBuffer());
  } catch {
    return null;
  }
}

/** Returns null if the browser cannot make a picture of it. */
async function pixelsOf(picture: Blob): Promise<ImageData | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(picture);
  } catch {
    return null;
  }
  try {
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    if (context === null || width * height > maxPixels) return null;
    // What is transparent is as light as the page that would show it.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, width, height);
  } finally {
    bitmap.close();
  }
}
