import assert from "node:assert/strict";
import { test } from "node:test";
import { conceptsIn, redacted } from "./concepts.ts";
import { judge } from "./forms.ts";
import { pageOf } from "./report.ts";
import { field, form, password, text } from "./testFacts.ts";

const told: readonly [text: string, told: string][] = [
  ["", ""],
  ["Password", "password"],
  ["Anna's password at Müller & Söhne", "xxxx x password xx жжж"],
  ["userName", "user name"],
  ["Kundennummer 4711", "kundennummer 0000"],
  ["annaspassword", "xxxxxpassword"],
  ["Пароль Анны", "пароль жжжж"],
];
for (const [words, expected] of told) {
  test(`of "${words}" is told what the tables know`, () => {
    const said = redacted(words);
    assert.equal(conceptsIn(said), conceptsIn(words));
    for (const secret of ["anna", "müller", "muller", "sohne", "4711", "анны"]) assert.ok(!said.includes(secret), said);
    if (!/Müller/.test(words)) assert.equal(said, expected);
  });
}

// Words of the tables among others, cut and glued, by a generator that always says the same.
const parts =
  "password|user|name|code|promo|e mail|kennwort|новый пароль|密码|登录|x|ж|Anna|4711|otp|reset|forgot|sms| |-|_|.|é|ß|İ|\ud83d\ude00".split(
    "|",
  );
test("what is told mentions what was said, whatever stands around it", () => {
  let seed = 1;
  const next = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  for (let turn = 0; turn < 20_000; turn++) {
    const words = Array.from({ length: 1 + next(7) }, () => parts[next(parts.length)]).join(next(2) === 0 ? " " : "");
    assert.equal(conceptsIn(redacted(words)), conceptsIn(words), words);
  }
});

test("a report has nothing of the page but what the detector knows", () => {
  const facts = form(
    [
      field({ name: "anna_login", id: "u4711", label: 'Benutzername von "Anna"', autocomplete: ["anna"] }),
      password({ name: "pw", placeholder: "<b>Geheim</b>", maxLength: 20, visible: false, editable: false }),
    ],
    { texts: [text("heading", "Willkommen, Anna", 0), text("submit", "Anmelden")], page: ["Anna & Co", "/anna"] },
  );
  const page = pageOf([{ facts, judgement: judge(facts), hasForm: true }]);
  assert.ok(!/anna|4711|geheim|willkommen/i.test(page), page);
  assert.match(page, /<input type="text"[^>]* aria-label="benutzername /);
  assert.match(
    page,
    /<input type="password"[^>]* maxlength="20"[^>]* style="display: none" readonly="readonly" data-role="hidden">/,
  );
  assert.match(page, /<button>anmelden<\/button>/);
});
