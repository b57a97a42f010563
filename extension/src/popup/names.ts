/** What people call an item's fields. The vault keeps KeePass's names, and ours for the fields of cards and identities. */

import { text } from "../shared/browser.ts";
import { waitingField } from "../shared/protocol.ts";

const passkeyField = "KPEX_PASSKEY_";

const keys: Readonly<Record<string, string>> = {
  Title: "fieldTitle",
  UserName: "fieldUser",
  Password: "fieldPassword",
  URL: "opensOn",
  Notes: "fieldNotes",
  [waitingField]: "fieldNewPassword",
  otp: "fieldCode",
  [passkeyField]: "fieldPasskey",
  Cardholder: "fieldCardholder",
  Number: "fieldNumber",
  "Valid until": "fieldValidUntil",
  "Security code": "fieldSecurityCode",
  PIN: "fieldPin",
  "Full name": "fieldFullName",
  Email: "fieldEmail",
  Phone: "fieldPhone",
  Company: "fieldCompany",
  Address: "fieldAddress",
};

/** One name for all fields of a passkey, which the vault keeps by KeePassXC's names and one of ours. */
const ofPasskey = /^(KPEX_PASSKEY_.*|Latchkey\.PasskeyCreated)$/;

/** Returns the words for a field's name; a name that the person gave is its own word. */
export function nameOfField(name: string): string {
  // KeePass programs keep further URLs as fields of this name, with numbers behind it.
  const known = name.startsWith("KP2A_URL") ? "URL" : ofPasskey.test(name) ? passkeyField : name;
  const key = Object.hasOwn(keys, known) ? keys[known] : undefined;
  return key === undefined ? name : text(key);
}
