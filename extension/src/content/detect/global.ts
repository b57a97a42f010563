/**
 * The detector as one classic script, for programs that score it on recorded pages: `globalThis.__detect` and
 * `globalThis.__observe`. No part of the extension.
 */
import { detect, type FieldRole, type FormKind } from "./index.ts";
import { watch } from "./watch.ts";

interface ScoredField {
  readonly element: HTMLInputElement;
  readonly role: string;
  readonly formKind: string;
  readonly fill: boolean;
}

const roleNames: Readonly<Record<FieldRole, string>> = {
  username: "username",
  currentPassword: "current-password",
  newPassword: "new-password",
  confirmPassword: "confirm-password",
  oneTimeCode: "one-time-code",
  other: "none",
};

const kindNames: Readonly<Record<FormKind, string>> = {
  login: "login",
  usernameFirst: "username-first",
  passwordOnly: "password-only",
  signup: "signup",
  changePassword: "change-password",
  oneTimeCode: "one-time-code",
  notLogin: "not-login",
};

function score(page: Document): readonly ScoredField[] {
  return detect(page).flatMap(({ kind, fields, fillable }) =>
    fields
      .filter(({ visible }) => visible)
      .map(({ element, role }) => ({
        element,
        role: roleNames[role],
        formKind: kindNames[kind],
        fill: element === fillable.username || element === fillable.currentPassword,
      })),
  );
}

Object.assign(globalThis, {
  __detect: score,
  __observe: (page: Document) => {
    watch(page, () => score(page));
  },
});
