/** What a picture's first bytes say about it: checked before the browser makes pixels of it. Pure. */

/** A screenshot of three large screens is smaller. */
export const maxPictureBytes = 16 * 1024 * 1024;
/** 25 megapixels: a hundred megabytes once it is unpacked. */
export const maxPixels = 25_000_000;

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** Returns the size of a PNG, JPEG, GIF or WebP picture; null if the bytes are the beginning of none. */
export function dimensionsOf(bytes: Uint8Array): Dimensions | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = readers.find(({ begins }) => begins.every((byte, index) => byte === null || bytes[index] === byte));
  if (found === undefined || bytes.length < found.needs) return null;
  const size = found.read(view);
  return size === null || size.width === 0 || size.height === 0 ? null : size;
}

/** A kind of picture: how it begins (null: any byte), and where its size stands in how many bytes at least. */
interface Reader {
  readonly begins: readonly (number | null)[];
  readonly needs: number;
  readonly read: (view: DataView) => Dimensions | null;
}

const any = [null, null, null, null];
const riff = [0x52, 0x49, 0x46, 0x46, ...any, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38];

const readers: readonly Reader[] = [
  {
    // PNG (W3C): the signature, then the chunk IHDR.
    begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...any, 0x49, 0x48, 0x44, 0x52],
    needs: 24,
    read: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  },
  {
    begins: [0x47, 0x49, 0x46, 0x38],
    needs: 10,
    read: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  },
  { begins: [0xff, 0xd8, 0xff], needs: 4, read: jpegSize },
  {
    // WebP (RFC 9649), with loss: 14 bits each.
    begins: [...riff, 0x20],
    needs: 30,
    read: (view) => ({ width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }),
  },
  {
    // Without loss: 14 bits each, less one, one behind the other.
    begins: [...riff, 0x4c],
    needs: 25,
    read: (view) => {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    },
  },
  {
    // Extended: 24 bits each, less one.
    begins: [...riff, 0x58],
    needs: 30,
    read: (view) => ({ width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }),
  },
];

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

/** JPEG (ITU-T T.81): the size stands in the frame's header, behind segments of any number. */
function jpegSize(view: DataView): Dimensions | null {
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}
