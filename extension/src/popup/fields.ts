/** Which of an item's fields its details list by name, and in which order. Pure. */

import type { Reply } from "../shared/protocol.ts";

export type Field = Reply<"get">["fields"][number];

export interface ListedFields {
  /** User name and password, in this order: the code and the URLs follow them. */
  readonly first: readonly Field[];
  /** Notes, then what the person added, in the vault's order. */
  readonly last: readonly Field[];
}

const first = ["UserName", "Password"];
const notes = "Notes";
// The heading shows the title and lines of their own the URLs, which KeePass programs keep as fields too.
const shownElsewhere = /^(Title|URL|KP2A_URL.*)$/;
// How KeePass programs keep the seed of a code; the line of the code stands for all of them.
const ofCode = /^(otp|TOTP Seed|TOTP Settings|TimeOtp-.*)$/;

/** Returns the fields that the person, or another program, added: all that have no place of their own. */
export function ownFields(fields: readonly Field[], hasCode: boolean): readonly Field[] {
  return fields.filter(
    ({ name }) =>
      !first.includes(name) && name !== notes && !shownElsewhere.test(name) && !(hasCode && ofCode.test(name)),
  );
}

/** Returns the fields that hold something and are shown nowhere else. `hasCode`: a line shows the code. */
export function listedFields(fields: readonly Field[], hasCode: boolean): ListedFields {
  const listed = fields.filter(
    ({ name, protected: secret, value }) =>
      (secret || value !== "") && !shownElsewhere.test(name) && !(hasCode && ofCode.test(name)),
  );
  const named = (name: string) => listed.filter((field) => field.name === name);
  return { first: first.flatMap(named), last: [...named(notes), ...ownFields(listed, hasCode)] };
}
