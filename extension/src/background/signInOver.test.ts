import assert from "node:assert/strict";
import { test } from "node:test";
import type { SeenDocument, SeenForm } from "../shared/contentMessages.ts";
import type { CapturedForm } from "../shared/protocol.ts";
import { stillAsks } from "./signInOver.ts";

type Role = SeenForm["fields"][number]["role"];

function form(kind: SeenForm["kind"], ...roles: readonly Role[]): SeenForm {
  const field = (role: Role) => ({
    name: "",
    type: "text",
    autocomplete: "",
    role,
    visible: true,
    fills: false,
    because: [],
  });
  return { kind, because: [], fields: roles.map(field) };
}

function hidden({ fields, ...form }: SeenForm): SeenForm {
  return { ...form, fields: fields.map((field) => ({ ...field, visible: false })) };
}

const page = (...forms: readonly SeenForm[]): SeenDocument => ({ origin: "https://a.example", forms });
const login = form("login", "username", "currentPassword");
const change = form("changePassword", "currentPassword", "newPassword", "confirmPassword");

const cases: readonly [name: string, sent: CapturedForm, documents: readonly SeenDocument[], asks: boolean][] = [
  ["a page without a form", "login", [page()], false],
  ["the login again", "login", [page(login)], true],
  ["the login again, in a subframe", "login", [page(), page(login)], true],
  ["the login hidden by the page", "login", [page(hidden(login))], false],
  ["the password alone again", "login", [page(form("passwordOnly", "currentPassword"))], true],
  ["the code that follows", "login", [page(form("oneTimeCode", "oneTimeCode"))], true],
  ["the code that follows a sign-up", "signup", [page(form("oneTimeCode", "oneTimeCode"))], true],
  ["a first step, as after a sign-out", "login", [page(form("usernameFirst", "username"))], false],
  ["a newsletter", "login", [page(form("notLogin", "other"))], false],
  ["a form for changing the password, as on a profile's page", "login", [page(change)], false],
  ["the sign-up again", "signup", [page(form("signup", "username", "newPassword"))], true],
  ["a login after a sign-up", "signup", [page(login)], false],
  ["the change again", "change", [page(change)], true],
  ["a login after a change", "change", [page(login)], false],
];

for (const [name, sent, documents, asks] of cases) {
  test(`${name}: a sent ${sent} is ${asks ? "not " : ""}over`, () => {
    assert.equal(stillAsks(sent, documents), asks);
  });
}
