/** What the members view shows, and what is chosen in it. Pure. */

import { fold } from "../../shared/fold.ts";
import type { Reply } from "../../shared/protocol.ts";

/** Members, groups and invitations as the host lists them. */
export type People = Reply<"people">;
/** A member. */
export type Member = People["members"][number];
/** A group. */
export type Group = People["groups"][number];
/** An invitation that is open. */
export type Invitation = People["invitations"][number];

/** What the panel at the side is about. */
export type Choice =
  | { readonly is: "none" }
  | { readonly is: "member" | "group"; readonly id: string }
  | { readonly is: "invite"; readonly member: string | null }
  | { readonly is: "newGroup" };

/** The hours that an invitation can be good for. */
export const invitationHours = [1, 8, 24, 72, 168] as const;

/** What people have, sorted by name, as far as it fits what was typed. */
export function foundIn(people: People, query: string): People {
  const wanted = fold(query.trim());
  const fits = (...words: readonly string[]) => words.some((word) => fold(word).includes(wanted));
  const byName = <T extends { readonly name: string }>(all: readonly T[]) =>
    [...all].sort((one, other) => one.name.localeCompare(other.name));
  return {
    members: byName(
      people.members.filter((member) => fits(member.name, member.mail ?? "", ...groupsOf(people, member))),
    ),
    groups: byName(people.groups.filter(({ name }) => fits(name))),
    invitations: wanted === "" ? people.invitations : [],
  };
}

/** The names of the groups that a member is in. */
export function groupsOf(people: People, { member }: Member): readonly string[] {
  return people.groups
    .filter(({ members }) => members.includes(member))
    .map(({ name }) => name)
    .sort((one, other) => one.localeCompare(other));
}

/** Whether there is one owner, and so nobody who could go on without them. */
export function hasOneOwner({ members }: People): boolean {
  return members.filter(({ role }) => role === "owner").length === 1;
}

/** What one may do to somebody: owners everything, administrators what concerns those who are neither. */
export function mayChange(us: Member["role"] | undefined, them: Member): boolean {
  return us === "owner" || (us === "administrator" && them.role === "member" && !them.you);
}

/** Keeps a choice as long as what it is about is there. */
export function keptChoice(choice: Choice, { members, groups }: People): Choice {
  const isThere =
    choice.is === "member"
      ? members.some(({ member }) => member === choice.id)
      : choice.is !== "group" || groups.some(({ group }) => group === choice.id);
  return isThere ? choice : { is: "none" };
}

/** Whole hours until a time, 0 when it has come. */
export function hoursUntil(time: string, now: number): number {
  return Math.max(0, Math.ceil((new Date(time).getTime() - now) / 3_600_000));
}
