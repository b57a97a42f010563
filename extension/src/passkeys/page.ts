/**
 * The page's half of the passkey module, in the page's own world at `document_start`: `navigator.credentials.create` and `get` ask us first.
 * It decides nothing that matters: who asked is the browser's word, to the background; what is signed is the host's; whether, is the
 * person's, in the popup. Whatever is not exactly a request that we can serve goes to the browser's own function, untouched.
 */

import {
  abortReason,
  abortable,
  after,
  bytesOfText,
  call,
  dispatch,
  failure,
  hear,
  isAborted,
  listOf,
  lookalike,
  namesOf,
  on,
  plain,
  post,
  promise,
  readPost,
  stop,
  textOfBytes,
  wrap,
} from "./platform.ts";
import type { Abortable } from "./platform.ts";
import { answerEvent, askEvent, hereEvent, meetEvent } from "./wire.ts";
import type { Answer, CreateRequest, GetRequest } from "./wire.ts";

/** ES256 and EdDSA, as the host has them; a list that names no algorithm means the first and RS256 (WebAuthn section 5.1.3). */
const es256 = -7;
const edDsa = -8;

const maxChallenge = 4096;
const maxUserId = 64;
const maxCredentialId = 1023;
const maxCredentials = 256;
const maxAlgorithms = 64;
const maxText = 1024;

/** In milliseconds: a page may ask for less or more; a person needs some time, and nobody waits for ever. */
const shortest = 10_000;
const usual = 300_000;
const longest = 600_000;

/** Other kinds of credential that a page may ask for at the same time. */
const otherKinds = ["password", "federated", "identity", "otp", "digital"];

interface Waiting {
  readonly answered: (answer: Answer) => void;
}

const root = document;
const container = navigator.credentials;
const looks =
  container === undefined
    ? null
    : {
        credential: PublicKeyCredential.prototype,
        attestation: AuthenticatorAttestationResponse.prototype,
        assertion: AuthenticatorAssertionResponse.prototype,
      };
const waiting: Record<number, Waiting | undefined> = plain({});
let lastId = 0;
/** What both halves talk through; null while the relay has not come. */
let channel: EventTarget | null = null;

if (looks !== null) {
  meet();
  const { prototype } = CredentialsContainer;
  wrap(prototype, "create", (native, self, args) => serve(native, self, args, readCreate));
  wrap(prototype, "get", (native, self, args) => serve(native, self, args, readGet));
  for (const name of ["isUserVerifyingPlatformAuthenticatorAvailable", "isConditionalMediationAvailable"]) {
    wrap(PublicKeyCredential, name, (native, self, args) =>
      channel === null ? call(native, self, args) : promise((resolve) => resolve(true)),
    );
  }
}

/** Hands the relay the element that both talk through, before the page has a script. Whoever comes second says so. */
function meet(): void {
  const element = document.createElement("i");
  const offer = () => {
    const taken = !dispatch(root, new MouseEvent(meetEvent, { relatedTarget: element, cancelable: true }));
    if (taken) channel = element;
    return taken;
  };
  on(element, answerEvent, (event) => {
    const { id, answer } = readPost(event) as { id: number; answer: Answer };
    waiting[id]?.answered(answer);
  });
  if (!offer()) document.addEventListener(hereEvent, offer, { once: true });
}

type Read = (options: Options) => CreateRequest | GetRequest;
/** What a page hands over. Each member is read once, and may be anything. */
type Options = Record<string, unknown>;

/** Thrown for what the browser is to answer by itself. */
class NotOurs {}

function serve(native: Function, self: unknown, args: ArrayLike<unknown>, read: Read): unknown {
  const goNative = () => call(native, self, args);
  const through = channel;
  if (through === null || self !== container) return goNative();
  let request: CreateRequest | GetRequest;
  let options: Options;
  let signal: unknown;
  let timeout: unknown;
  try {
    options = objectOf(args[0]);
    request = read(options);
    signal = options["signal"] ?? null;
    timeout = objectOf(options["publicKey"])["timeout"] ?? usual;
    if (signal !== null && isAborted(signal)) return goNative();
    if (typeof timeout !== "number") return goNative();
  } catch {
    return goNative();
  }
  const beside = request.kind === "get" && request.conditional ? nativeBeside(native, self, options) : null;
  return promise((resolve, reject) => {
    const id = ++lastId;
    let timer = 0;
    const end = () => {
      if (waiting[id] === undefined) return false;
      delete waiting[id];
      stop(timer);
      return true;
    };
    const leave = () => {
      if (!end()) return false;
      post(through, askEvent, plain({ id, request: plain({ kind: "end" }) }));
      return true;
    };
    waiting[id] = plain({
      answered: (answer: Answer) => {
        if (!end()) return;
        if (answer.is === "native") return resolve(beside === null ? goNative() : beside.answer);
        beside?.abort();
        if (answer.is === "refused") return reject(failure(answer.name));
        resolve(credentialOf(answer));
      },
    });
    if (signal !== null) {
      on(signal as EventTarget, "abort", () => {
        beside?.abort(abortReason(signal));
        if (leave()) reject(abortReason(signal));
      });
    }
    if (beside !== null)
      hear(
        beside.answer,
        (found) => leave() && resolve(found),
        () => {},
      );
    else {
      timer = after(within(timeout as number), () => leave() && reject(failure("NotAllowedError")));
    }
    post(through, askEvent, plain({ id, request }));
  });
}

/** The browser's own conditional request, beside ours: what it offers in its own places the person can choose all the same. */
function nativeBeside(
  native: Function,
  self: unknown,
  options: Options,
): { readonly answer: unknown; readonly abort: Abortable["abort"] } {
  const { signal, abort } = abortable();
  const own = plain({ publicKey: options["publicKey"], mediation: "conditional", signal });
  return plain({ answer: call(native, self, [own]), abort });
}

function within(timeout: number): number {
  if (timeout < shortest) return shortest;
  return timeout <= longest ? timeout : longest;
}

function readCreate(options: Options): CreateRequest {
  if (options["mediation"] === "conditional") throw new NotOurs();
  const publicKey = onlyPublicKey(options);
  const site = objectOf(publicKey["rp"]);
  const user = objectOf(publicKey["user"]);
  const wanted = publicKey["authenticatorSelection"] ?? null;
  if (wanted !== null && objectOf(wanted)["authenticatorAttachment"] === "cross-platform") throw new NotOurs();
  if (publicKey["attestation"] === "enterprise") throw new NotOurs();
  const named = listOf(publicKey["pubKeyCredParams"], maxAlgorithms, (each) => {
    const { type, alg } = objectOf(each);
    if (typeof alg !== "number") throw new NotOurs();
    return type === "public-key" ? alg : 0;
  });
  const algorithms = named.length > 0 ? named : listOf([es256], 1, (each) => each as number);
  let takesOurs = false;
  for (let at = 0; at < algorithms.length; at++) takesOurs ||= algorithms[at] === es256 || algorithms[at] === edDsa;
  if (!takesOurs) throw new NotOurs();
  const exclude = publicKey["excludeCredentials"] ?? null;
  return plain({
    kind: "create",
    relyingParty: textOrNull(site["id"]),
    siteName: textOf(site["name"]),
    user: plain({
      id: textOfBytes(user["id"], maxUserId),
      name: textOf(user["name"]),
      displayName: textOf(user["displayName"]),
    }),
    challenge: textOfBytes(publicKey["challenge"], maxChallenge),
    algorithms,
    exclude: exclude === null ? listOf([], 0, () => "") : credentialsOf(exclude),
  });
}

function readGet(options: Options): GetRequest {
  const mediation = options["mediation"] ?? "optional";
  if (mediation !== "optional" && mediation !== "required" && mediation !== "conditional") throw new NotOurs();
  const publicKey = onlyPublicKey(options);
  const allow = publicKey["allowCredentials"] ?? null;
  const credentials = allow === null ? null : credentialsOf(allow);
  return plain({
    kind: "get",
    relyingParty: textOrNull(publicKey["rpId"]),
    challenge: textOfBytes(publicKey["challenge"], maxChallenge),
    allow: credentials === null || credentials.length === 0 ? null : credentials,
    conditional: mediation === "conditional",
  });
}

/** What every request of ours has: a public key alone, no extension but those known, and no wish for another device first. */
function onlyPublicKey(options: Options): Options {
  for (let at = 0; at < otherKinds.length; at++) {
    const other = options[otherKinds[at]!];
    if (other !== undefined && other !== false) throw new NotOurs();
  }
  const publicKey = objectOf(options["publicKey"]);
  const extensions = publicKey["extensions"] ?? null;
  if (extensions !== null) {
    const names = namesOf(objectOf(extensions));
    for (let at = 0; at < names.length; at++) if (names[at] !== "credProps") throw new NotOurs();
  }
  const hints = publicKey["hints"] ?? null;
  if (hints !== null) {
    const first = listOf(hints, maxAlgorithms, (each) => each)[0];
    if (first === "security-key" || first === "hybrid") throw new NotOurs();
  }
  return publicKey;
}

function credentialsOf(value: unknown): readonly string[] {
  return listOf(value, maxCredentials, (each) => {
    const { type, id } = objectOf(each);
    if (type !== "public-key") throw new NotOurs();
    return textOfBytes(id, maxCredentialId);
  });
}

function objectOf(value: unknown): Options {
  if (typeof value !== "object" || value === null) throw new NotOurs();
  return value as Options;
}

function textOf(value: unknown): string {
  if (typeof value !== "string" || value.length > maxText) throw new NotOurs();
  return value;
}

function textOrNull(value: unknown): string | null {
  return value === undefined ? null : textOf(value);
}

/** What the page gets, as the browser's own would look. */
function credentialOf(answer: Answer & { readonly is: "created" | "used" }): object {
  const prototypes = looks!;
  const clientData = bytesOfText(answer.clientData);
  const isNew = answer.is === "created";
  const authenticatorData = bytesOfText(answer.authenticatorData);
  const response = isNew
    ? lookalike(prototypes.attestation, {
        clientDataJSON: clientData,
        attestationObject: bytesOfText(answer.attestation),
        getAuthenticatorData: () => authenticatorData,
        getPublicKey: () => bytesOfText(answer.publicKey),
        getPublicKeyAlgorithm: () => answer.algorithm,
        getTransports: () => ["hybrid", "internal"],
      })
    : lookalike(prototypes.assertion, {
        clientDataJSON: clientData,
        authenticatorData,
        signature: bytesOfText(answer.signature),
        userHandle: answer.user === "" ? null : bytesOfText(answer.user),
      });
  const results = () => (isNew ? { credProps: { rk: true } } : {});
  const json = () => ({
    id: answer.credential,
    rawId: answer.credential,
    type: "public-key",
    authenticatorAttachment: "platform",
    clientExtensionResults: results(),
    response: isNew
      ? {
          clientDataJSON: answer.clientData,
          attestationObject: answer.attestation,
          authenticatorData: answer.authenticatorData,
          publicKey: answer.publicKey,
          publicKeyAlgorithm: answer.algorithm,
          transports: ["hybrid", "internal"],
        }
      : {
          clientDataJSON: answer.clientData,
          authenticatorData: answer.authenticatorData,
          signature: answer.signature,
          userHandle: answer.user === "" ? undefined : answer.user,
        },
  });
  return lookalike(prototypes.credential, {
    id: answer.credential,
    rawId: bytesOfText(answer.credential),
    type: "public-key",
    authenticatorAttachment: "platform",
    response,
    getClientExtensionResults: results,
    toJSON: json,
  });
}
