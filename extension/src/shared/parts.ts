/**
 * Messages longer than a frame may be: cut into parts, and put together again. See "Parts" of
 * native-host/docs/protocol.md. What a message means is not known here.
 */

import { count, object, ParseError, string } from "./parse.ts";

/** The word by which a side says in hello that it takes messages in parts. */
export const partsCapability = "parts";

/** The longest frame to the host, in bytes of UTF-8. */
const frameBytes = 1024 * 1024;
/** The longest message, in bytes of UTF-8. */
const messageBytes = 24 * 1024 * 1024;
const maxParts = 256;
/** UTF-16 units of a part's text. In a frame each takes three bytes at the most, so that a part always fits. */
const pieceUnits = 256 * 1024;

const partFrame = object({ id: count, part: count, of: count, text: string });
/** A frame that carries a part of a message. */
export type Part = ReturnType<typeof partFrame>;

/**
 * Cuts a message into parts.
 * @returns The parts in order; none if the message fits into a frame as it is.
 * @throws RangeError if it is longer than any message may be.
 */
export function partsOf(message: { readonly id: number }): readonly Part[] {
  const text = JSON.stringify(message);
  if (bytesOf(text) <= frameBytes) return [];
  if (bytesOf(text) > messageBytes) throw new RangeError("the message is too long");
  const texts: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + pieceUnits;
    const piece = text.slice(start, isSecondHalf(text.charCodeAt(end)) ? end - 1 : end);
    texts.push(piece);
    start += piece.length;
  }
  return texts.map((piece, index) => ({ id: message.id, part: index + 1, of: texts.length, text: piece }));
}

/** Puts the messages of one port together. */
export class PartReader {
  #first: Part | null = null;
  #texts: string[] = [];
  #bytes = 0;

  /**
   * Takes the next frame.
   * @returns The next message: the frame itself, or what it completed; undefined while parts are missing.
   * @throws ParseError if it is not the part that must come next.
   */
  take(frame: unknown): unknown {
    try {
      if (has(frame, "part")) return this.#add(partFrame(frame, "part"));
      if (this.#first === null) return frame;
    } catch (error) {
      this.#forget();
      throw error;
    }
    this.#forget();
    // The host ended, and the relay says so: the other parts will never come.
    if (has(frame, "event") && frame.event === "locked") return frame;
    throw new ParseError("frame", "the next part of the message");
  }

  #add(part: Part): unknown {
    const first = (this.#first ??= part);
    const isNext = part.id === first.id && part.of === first.of && part.part === this.#texts.length + 1;
    if (!isNext || part.of < 2 || part.of > maxParts || part.text === "") {
      throw new ParseError("part", "the part that comes next");
    }
    this.#bytes += bytesOf(part.text);
    if (this.#bytes > messageBytes) throw new ParseError("part", `at most ${messageBytes} bytes in all parts`);
    this.#texts.push(part.text);
    if (part.part < part.of) return undefined;
    const message = parseJson(this.#texts.join(""));
    this.#forget();
    if (!has(message, "id") || message.id !== part.id) throw new ParseError("part.id", "the id of the message in it");
    return message;
  }

  #forget(): void {
    this.#first = null;
    this.#texts = [];
    this.#bytes = 0;
  }
}

function has<N extends string>(value: unknown, name: N): value is Readonly<Record<N, unknown>> {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name);
}

function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Its message would quote the text.
    throw new ParseError("part", "a message");
  }
}
