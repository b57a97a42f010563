/** The names of roles and kinds outside of the detector: in scores, in labelled pages and in reports. */

import type { FormKind } from "./kinds.ts";
import type { FieldRole } from "./roles.ts";

export const roleNames: Readonly<Record<FieldRole, string>> = {
  username: "username",
  currentPassword: "current-password",
  newPassword: "new-password",
  confirmPassword: "confirm-password",
  oneTimeCode: "one-time-code",
  other: "none",
};

export const kindNames: Readonly<Record<FormKind, string>> = {
  login: "login",
  usernameFirst: "username-first",
  passwordOnly: "password-only",
  signup: "signup",
  changePassword: "change-password",
  oneTimeCode: "one-time-code",
  notLogin: "not-login",
};
