/**
 * The platform as it is before the page's first script: what the page changes later, in prototypes or on `window`, is not what runs
 * here. Everything is called through `apply`, objects that are read by name have no prototype, and nothing is iterated: loops count.
 */

const { apply, construct } = Reflect;
const { getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf, defineProperty, create, keys } = Object;
const { parse, stringify } = JSON;
const { isView } = ArrayBuffer;
const isList = Array.isArray;
const NativePromise = Promise;
const Bytes = Uint8Array;
const Buffered = ArrayBuffer;
const Failure = DOMException;
const FailedType = TypeError;
const wait = setTimeout;
const stopWaiting = clearTimeout;
const afterwards = Promise.prototype.then;
const listen = EventTarget.prototype.addEventListener;
const send = EventTarget.prototype.dispatchEvent;
const Custom = CustomEvent;
const Aborter = AbortController;
const abortIt = AbortController.prototype.abort;

type Getter = (this: unknown) => unknown;
const detailOf = getterOf(CustomEvent.prototype, "detail");
const abortedOf = getterOf(AbortSignal.prototype, "aborted");
const reasonOf = getterOf(AbortSignal.prototype, "reason");
const signalOf = getterOf(AbortController.prototype, "signal");
const lengthOfBuffer = getterOf(ArrayBuffer.prototype, "byteLength");
const typedPrototype = getPrototypeOf(Uint8Array.prototype) as object;
const ofTyped = viewGetters(typedPrototype);
const ofDataView = viewGetters(DataView.prototype);

interface ViewGetters {
  readonly buffer: Getter;
  readonly offset: Getter;
  readonly length: Getter;
}

function viewGetters(prototype: object): ViewGetters {
  return {
    buffer: getterOf(prototype, "buffer"),
    offset: getterOf(prototype, "byteOffset"),
    length: getterOf(prototype, "byteLength"),
  };
}

function getterOf(prototype: object, name: string): Getter {
  const getter = getOwnPropertyDescriptor(prototype, name)?.get;
  if (getter === undefined) throw new TypeError(`the platform has no getter for ${name}`);
  return getter;
}

/** Puts a function of ours around a native one, which keeps its name, its length and its looks. */
export function wrap(
  owner: object,
  name: string,
  around: (native: Function, self: unknown, args: ArrayLike<unknown>) => unknown,
): void {
  const found = getOwnPropertyDescriptor(owner, name);
  if (found === undefined || typeof found.value !== "function") return;
  const handler = { __proto__: null, apply: around } as unknown as ProxyHandler<Function>;
  setPrototypeOf(found, null);
  defineProperty(owner, name, {
    __proto__: null,
    ...found,
    value: new Proxy(found.value as Function, handler),
  } as never);
}

/** Calls a native function as the page did. */
export function call(native: Function, self: unknown, args: ArrayLike<unknown>): unknown {
  return apply(native, self, args);
}

export function promise<T>(work: (resolve: (value: T) => void, reject: (error: unknown) => void) => void): Promise<T> {
  return new NativePromise(work);
}

/** Hears what becomes of a promise, whatever the page did to promises. */
export function hear(of: unknown, good: (value: unknown) => void, bad: (error: unknown) => void): void {
  apply(afterwards, of, [good, bad]);
}

export function failure(name: string): DOMException {
  return new Failure("The operation either timed out or was not allowed.", name);
}

export function after(milliseconds: number, then: () => void): number {
  return wait(then, milliseconds) as unknown as number;
}

export function stop(timer: number): void {
  stopWaiting(timer);
}

export function on(target: EventTarget, name: string, listener: (event: Event) => void): void {
  apply(listen, target, [name, listener]);
}

/** Sends an event; returns whether nobody said that they took it. */
export function dispatch(target: EventTarget, event: Event): boolean {
  return apply(send, target, [event]) as boolean;
}

/** Sends a value as one text. */
export function post(target: EventTarget, name: string, value: object): void {
  dispatch(target, construct(Custom, [name, { __proto__: null, detail: stringify(value) }]) as Event);
}

/** Reads the text that an event carries. */
export function readPost(event: Event): unknown {
  return parse(apply(detailOf, event, []) as string);
}

export function isAborted(signal: unknown): boolean {
  return apply(abortedOf, signal, []) as boolean;
}

export function abortReason(signal: unknown): unknown {
  return apply(reasonOf, signal, []);
}

export interface Abortable {
  readonly signal: unknown;
  readonly abort: (reason?: unknown) => void;
}

export function abortable(): Abortable {
  const controller = new Aborter();
  return plain({
    signal: apply(signalOf, controller, []),
    abort: (reason?: unknown) => void apply(abortIt, controller, reason === undefined ? [] : [reason]),
  });
}

/** Throws unless it is a list of the page's own, and copies it without a prototype: nothing is added to how it is written. */
export function listOf<T>(value: unknown, limit: number, read: (each: unknown) => T): T[] {
  if (!isList(value) || value.length > limit) throw new FailedType();
  const copy: T[] = [];
  setPrototypeOf(copy, null);
  for (let index = 0; index < (value.length as number); index++) {
    defineProperty(copy, index, { __proto__: null, value: read(value[index]), enumerable: true } as never);
  }
  return copy;
}

/** Returns the object without a prototype. */
export function plain<T extends object>(value: T): T {
  return setPrototypeOf(value, null) as T;
}

/** Makes an object that looks like one of the platform's, with properties of its own. */
export function lookalike(prototype: object, properties: object): object {
  const made = create(prototype) as object;
  const names = keys(properties);
  for (let at = 0; at < names.length; at++) {
    const name = names[at]!;
    const value = (properties as Record<string, unknown>)[name];
    defineProperty(made, name, { __proto__: null, value, enumerable: true, configurable: true } as never);
  }
  return made;
}

export function namesOf(value: object): readonly string[] {
  return keys(value);
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Returns a copy of a page's bytes as base64url. Throws for anything but an ArrayBuffer or a view of one, and beyond the limit. */
export function textOfBytes(value: unknown, limit: number): string {
  const bytes = bytesIn(value);
  const length = apply(ofTyped.length, bytes, []) as number;
  if (length > limit) throw new FailedType();
  let text = "";
  let bits = 0;
  let held = 0;
  for (let at = 0; at < length; at++) {
    held = ((held << 8) | bytes[at]!) & 0xffff;
    for (bits += 8; bits >= 6; bits -= 6) text += digits[(held >> (bits - 6)) & 63];
  }
  return bits === 0 ? text : text + digits[(held << (6 - bits)) & 63];
}

/** Returns the bytes of base64url. */
export function bytesOfText(text: string): ArrayBuffer {
  const buffer = new Buffered((text.length * 3) >> 2);
  const bytes = new Bytes(buffer);
  let next = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < text.length; at++) {
    held = ((held << 6) | valueOf(text[at]!)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[next++] = (held >> bits) & 255;
  }
  return buffer;
}

function bytesIn(value: unknown): Uint8Array {
  if (!isView(value)) {
    apply(lengthOfBuffer, value, []); // throws if it is none
    return new Bytes(value as ArrayBuffer);
  }
  const getters = isTyped(value) ? ofTyped : ofDataView;
  const buffer = apply(getters.buffer, value, []);
  apply(lengthOfBuffer, buffer, []); // no memory that another thread could change meanwhile
  const offset = apply(getters.offset, value, []) as number;
  return new Bytes(buffer as ArrayBuffer, offset, apply(getters.length, value, []) as number);
}

function isTyped(view: object): boolean {
  try {
    apply(ofTyped.buffer, view, []);
    return true;
  } catch {
    return false;
  }
}

function valueOf(digit: string): number {
  for (let value = 0; value < digits.length; value++) if (digits[value] === digit) return value;
  return 0;
}
