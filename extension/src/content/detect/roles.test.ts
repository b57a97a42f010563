import assert from "node:assert/strict";
import { test } from "node:test";
import { MaxTextLength } from "./concepts.ts";
import type { FieldFacts } from "./fieldFacts.ts";
import { readField, roleOf, type FieldRole } from "./roles.ts";
import { field } from "./testFacts.ts";

const cases: readonly [name: string, facts: Partial<FieldFacts>, role: FieldRole][] = [
  ["a bare password field", { type: "password" }, "currentPassword"],
  ["a password field that asks to repeat", { type: "password", label: "Confirm password" }, "confirmPassword"],
  ["a password field that asks to repeat, in Polish", { type: "password", label: "Powtórz" }, "confirmPassword"],
  ["a password field that asks for a new one", { type: "password", label: "New password" }, "newPassword"],
  ["a password field that asks for the old one", { type: "password", label: "Old password" }, "currentPassword"],
  ["a declared new password", { type: "password", autocomplete: ["new-password"] }, "newPassword"],
  [
    "a declared current password named new",
    { type: "password", autocomplete: ["current-password"], name: "new" },
    "currentPassword",
  ],
  ["a declared code in a password field", { type: "password", autocomplete: ["one-time-code"] }, "oneTimeCode"],
  ["a masked code", { type: "password", label: "MFA code" }, "oneTimeCode"],
  ["a masked one-time password", { type: "password", name: "otpPin", maxLength: 8 }, "oneTimeCode"],
  [
    "a masked password whose label also speaks of codes",
    { type: "password", label: "Password or one-time password", name: "password" },
    "currentPassword",
  ],
  ["a masked identity number", { type: "password", label: "身分證字號" }, "other"],
  ["a letter of a memorable word", { type: "password", maxLength: 1 }, "other"],
  ["the key of a wireless network", { type: "password", name: "wl_wpa_psk" }, "other"],
  ["the secret of a program", { type: "password", label: "Client secret" }, "other"],
  ["a national telephone number", { type: "tel", autocomplete: ["tel-national"] }, "username"],
  ["a sentence that speaks of an account", { label: "To verify, type delete my account below:" }, "other"],
  ["a password shown as text that only its label names", { label: "Wachtwoord", name: "x" }, "currentPassword"],
  ["a masked secret answer", { type: "password", name: "secAnswer1" }, "other"],
  ["a masked card code", { type: "password", label: "CVV", name: "cvv" }, "other"],
  ["a declared user name with words of a code", { autocomplete: ["section-a", "username"], name: "otp" }, "username"],
  ["a field labelled user name", { label: "User name", name: "f1" }, "username"],
  ["a field of type email", { type: "email" }, "username"],
  ["an account number", { placeholder: "Kundennummer" }, "username"],
  ["a code that names a client", { name: "clientCode" }, "username"],
  ["a field that only its preceding text names", { nearby: "Benutzername:" }, "username"],
  ["a search box by type", { type: "search", label: "Username" }, "other"],
  ["a search box by name", { name: "q", placeholder: "Search users" }, "other"],
  ["a newsletter's email", { type: "email", label: "Subscribe to our newsletter" }, "other"],
  ["a picture's characters", { label: "Enter the captcha code", name: "captcha" }, "other"],
  ["a card number that declares itself", { autocomplete: ["cc-number"], label: "Number" }, "other"],
  ["a card number by label", { label: "Card number", type: "tel" }, "other"],
  ["a first name", { label: "First name", name: "fname" }, "other"],
  ["a postal code", { label: "ZIP code", name: "zip" }, "other"],
  ["a promotion code", { label: "Promo code" }, "other"],
  ["a code sent by SMS", { label: "Код из SMS" }, "oneTimeCode"],
  ["a password shown as text", { name: "password", placeholder: "Password" }, "currentPassword"],
  ["a text field that declares a new password to keep browsers away", { autocomplete: ["new-password"] }, "other"],
  ["a field that says nothing", {}, "other"],
];

for (const [name, facts, role] of cases) {
  test(`${name} is ${role}`, () => {
    assert.equal(roleOf(readField(field(facts))).role, role);
  });
}

test("A verdict lists the signals that decided, strongest first", () => {
  const verdict = roleOf(readField(field({ type: "email", label: "Username", name: "login" })));
  assert.deepEqual(verdict, {
    role: "username",
    weight: 95,
    because: ["45 says username", "35 type=email", "15 named login"],
  });
});

test("A text that labels a field hides the text before it", () => {
  assert.equal(roleOf(readField(field({ label: "Username", nearby: "Search" }))).role, "username");
});

test("Of a field whose every text is absurdly long the beginnings are judged", () => {
  const long = `${"email login ".repeat(500_000)} confirm password`;
  const texts = (text: string) =>
    field({ name: text, id: text, label: text, placeholder: text, title: text, nearby: text });
  assert.deepEqual(roleOf(readField(texts(long))), roleOf(readField(texts(long.slice(0, MaxTextLength)))));
});
