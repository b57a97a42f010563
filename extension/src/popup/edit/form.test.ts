import assert from "node:assert/strict";
import { test } from "node:test";
import type { Reply } from "../../shared/protocol.ts";
import {
  baseOf,
  changeOf,
  errorIn,
  isOtpSeed,
  isUnchanged,
  newForm,
  newItemOf,
  rebase,
  tagsOf,
  urlOf,
  withKind,
} from "./form.ts";
import type { Base, ItemForm } from "./form.ts";

const details: Reply<"get"> = {
  item: {
    id: "AAAAAAAAAAAAAAAAAAAAAA",
    kind: "login",
    title: "Shop",
    username: "anna",
    tags: ["red", "blue"],
    hasPassword: true,
    hasCode: true,
  },
  folder: "Sales",
  fields: [
    { name: "Title", protected: false, value: "Shop" },
    { name: "UserName", protected: false, value: "anna" },
    { name: "Password", protected: true },
    { name: "URL", protected: false, value: "https://shop.test" },
    { name: "Notes", protected: false, value: "by the door" },
    { name: "otp", protected: true },
    { name: "Customer", protected: false, value: "4711" },
    { name: "PIN", protected: true },
  ],
  urls: [{ url: "https://shop.test", match: "hostname" }],
  attachments: [],
  createdAt: "2026-01-02T03:04:05Z",
  modifiedAt: "2026-02-03T04:05:06Z",
  revisions: 0,
};
const base = baseOf(details);
const changed = (more: Partial<ItemForm>): ItemForm => ({ ...base.form, ...more });

test("the form of an item holds what it shows, and no secret", () => {
  assert.deepEqual(base.form, {
    kind: "login",
    title: "Shop",
    username: "anna",
    password: null,
    otp: null,
    urls: [{ url: "https://shop.test", match: "hostname" }],
    notes: "by the door",
    tags: "red, blue",
    folder: "Sales",
    expires: "",
    fields: [
      { name: "Customer", value: "4711", protected: false },
      { name: "PIN", value: null, protected: true },
    ],
    vault: "",
  });
});

test("an item without a password and a code has empty ones", () => {
  const { form } = baseOf({ ...details, item: { ...details.item, hasPassword: false, hasCode: false } });
  assert.deepEqual([form.password, form.otp], ["", ""]);
});

test("a form that nobody touched changes nothing", () => {
  assert.deepEqual(changeOf(base.form, base.form), {});
  assert.equal(isUnchanged({ form: base.form, base }), true);
  assert.equal(isUnchanged({ form: newForm("card", "", []), base: null }), true);
});

const changes: readonly [name: string, form: Partial<ItemForm>, change: object][] = [
  ["a title", { title: " Shop 2 " }, { title: "Shop 2" }],
  ["a new password", { password: "Tide7" }, { password: "Tide7" }],
  ["a password that is taken away", { password: "" }, { password: "" }],
  ["a code's key with spaces around it", { otp: " JBSW Y3DP " }, { otp: "JBSW Y3DP" }],
  ["tags in another spelling", { tags: "red,blue," }, {}],
  ["tags", { tags: "red" }, { tags: ["red"] }],
  ["notes that are taken away", { notes: "" }, { notes: "" }],
  [
    "a URL without its scheme",
    { urls: [{ url: "shop.test", match: "site" }] },
    { urls: [{ url: "https://shop.test", match: "site" }] },
  ],
  ["an empty line for a URL", { urls: [...base.form.urls, { url: " ", match: "hostname" }] }, {}],
  [
    "a field of one's own",
    { fields: [{ name: "Customer", value: "4712", protected: false }, ...base.form.fields.slice(1)] },
    { fields: [{ name: "Customer", value: "4712", protected: false }] },
  ],
  [
    "a secret field of one's own",
    { fields: [...base.form.fields.slice(0, 1), { name: "PIN", value: "0000", protected: true }] },
    { fields: [{ name: "PIN", value: "0000", protected: true }] },
  ],
  [
    "a field that is taken away",
    { fields: base.form.fields.slice(0, 1) },
    { fields: [{ name: "PIN", protected: true }] },
  ],
  [
    "a field that was renamed",
    { fields: [{ name: "Client", value: "4711", protected: false }, ...base.form.fields.slice(1)] },
    {
      fields: [
        { name: "Customer", protected: false },
        { name: "Client", value: "4711", protected: false },
      ],
    },
  ],
];
for (const [name, form, change] of changes) {
  test(`${name}: only that is told`, () => assert.deepEqual(changeOf(base.form, changed(form)), change));
}

test("an item expires when its last day is over, here, and the day is the same when it is read again", () => {
  const { expiresAt } = changeOf(base.form, changed({ expires: "2027-05-12" }));
  assert.match(expiresAt ?? "", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  assert.equal(baseOf({ ...details, expiresAt: expiresAt ?? "" }).form.expires, "2027-05-12");
  assert.equal(new Date(expiresAt ?? "").getHours(), 23);
});

test("a new item carries no empty member", () => {
  assert.deepEqual(newItemOf(newForm("login", " Figma ", [{ url: "figma.test", match: "hostname" }])), {
    kind: "login",
    title: "Figma",
    urls: [{ url: "https://figma.test", match: "hostname" }],
    tags: [],
  });
});

test("a new item names the vault that was chosen for it", () => {
  assert.equal(newItemOf({ ...newForm("login", "Figma", []), vault: "office" }).vault, "office");
});

test("the form of an item knows its vault, and the kind that it becomes leaves it", () => {
  const { form } = baseOf({ ...details, item: { ...details.item, vault: "office" } });
  assert.deepEqual([form.vault, withKind(form, "note").vault, changeOf(form, form)], ["office", "office", {}]);
});

test("a new item carries what was typed", () => {
  const typed = { username: "anna", password: " Tide7", otp: "JBSWY3DP", notes: "n", tags: "a, b", folder: " Sales " };
  const fields = [{ name: "PIN", value: "0815", protected: true }];
  const { expiresAt, ...item } = newItemOf({
    ...newForm("login", "Figma", []),
    ...typed,
    fields,
    expires: "2027-05-12",
  });
  assert.match(expiresAt ?? "", /^2027-05-1[123]T/);
  assert.deepEqual(item, {
    kind: "login",
    title: "Figma",
    urls: [],
    tags: ["a", "b"],
    username: "anna",
    password: " Tide7",
    otp: "JBSWY3DP",
    notes: "n",
    folder: "Sales",
    fields,
  });
});

test("a card that becomes a note keeps what was typed and loses the empty fields", () => {
  const card = newForm("card", "Visa", []);
  const typed = {
    ...card,
    fields: card.fields.map((field) => (field.name === "PIN" ? { ...field, value: "1" } : field)),
  };
  assert.deepEqual(withKind(typed, "note").fields, [{ name: "PIN", value: "1", protected: true }]);
  assert.equal(withKind(typed, "card").fields.length, 5);
});

const errors: readonly [name: string, form: Partial<ItemForm>, at: string | null, words?: string][] = [
  ["nothing", {}, null],
  ["no title", { title: " " }, "title", "titleMissing"],
  ["a URL of another scheme", { urls: [{ url: "ftp://a.test", match: "site" }] }, "url", "urlWrong"],
  ["a URL with a space", { urls: [{ url: "a b", match: "site" }] }, "url", "urlWrong"],
  ["a code's key that is none", { otp: "not a key!" }, "otp", "otpWrong"],
  ["a field without a name", { fields: [{ name: " ", value: "x", protected: false }] }, "field", "fieldNameMissing"],
  [
    "a field with the name of another part",
    { fields: [{ name: "URL", value: "x", protected: false }] },
    "field",
    "fieldNameTaken",
  ],
  [
    "two fields of one name",
    { fields: [...base.form.fields, { name: "PIN ", value: "x", protected: true }] },
    "field",
    "fieldNameTaken",
  ],
];
for (const [name, form, at, words] of errors) {
  test(`${name}: ${at === null ? "may be saved" : `stands in the way at the ${at}`}`, () => {
    const error = errorIn(changed(form));
    assert.deepEqual([error?.at ?? null, error?.words], [at, words]);
  });
}

const seeds: readonly [seed: string, is: boolean][] = [
  ["otpauth://totp/Shop:anna?secret=JBSWY3DPEHPK3PXP&issuer=Shop", true],
  ["OTPAUTH://totp/Shop?secret=jbswy3dpehpk3pxp", true],
  ["JBSW Y3DP-EHPK 3PXP", true],
  ["jbswy3dpehpk3pxp==", true],
  ["steam://JBSWY3DPEHPK3PXP", true],
  ["otpauth://hotp/Shop?secret=JBSWY3DPEHPK3PXP", false],
  ["otpauth://totp/Shop", false],
  ["otpauth://totp/Shop?secret=18", false],
  ["JBSW0189", false],
  ["ABC", false],
  ["123456", false],
  ["", false],
];
for (const [seed, is] of seeds) {
  test(`"${seed}" is ${is ? "a" : "no"} seed of codes`, () => assert.equal(isOtpSeed(seed), is));
}

test("tags are split at commas, each once", () => assert.deepEqual(tagsOf(" a,b ,, a,c d"), ["a", "b", "c d"]));

const urls: readonly [typed: string, url: string][] = [
  ["shop.test", "https://shop.test"],
  ["shop.test:8443/x", "https://shop.test:8443/x"],
  [" http://shop.test ", "http://shop.test"],
  ["", ""],
];
for (const [typed, url] of urls) test(`"${typed}" is the URL "${url}"`, () => assert.equal(urlOf(typed), url));

const theirs = (more: Partial<ItemForm>): Base => ({
  form: { ...base.form, ...more },
  modifiedAt: "2026-03-04T05:06:07Z",
});

test("what was changed in one place only is taken from there", () => {
  const ours = changed({
    notes: "ours",
    fields: [{ name: "Customer", value: "1", protected: false }, ...base.form.fields.slice(1)],
  });
  const { draft, clashes } = rebase({ form: ours, base }, theirs({ username: "berta", folder: "Office" }));
  assert.deepEqual(clashes, []);
  assert.deepEqual(changeOf(draft.base?.form ?? ours, draft.form), {
    notes: "ours",
    fields: [{ name: "Customer", value: "1", protected: false }],
  });
  assert.deepEqual(
    [draft.form.username, draft.form.folder, draft.base?.modifiedAt],
    ["berta", "Office", "2026-03-04T05:06:07Z"],
  );
});

test("what was changed in both places stays as here, and theirs is shown", () => {
  const { draft, clashes } = rebase({ form: changed({ username: "ours" }), base }, theirs({ username: "theirs" }));
  assert.deepEqual(clashes, [{ part: "username", name: "", theirs: "theirs" }]);
  assert.equal(draft.form.username, "ours");
});

test("both changed it to the same: no clash", () => {
  assert.deepEqual(rebase({ form: changed({ notes: "x" }), base }, theirs({ notes: "x" })).clashes, []);
});

test("a password that was changed here is always shown beside theirs, which may have been changed too", () => {
  const { draft, clashes } = rebase({ form: changed({ password: "Tide7" }), base }, theirs({ notes: "x" }));
  assert.deepEqual(clashes, [{ part: "password", name: "", theirs: null }]);
  assert.deepEqual(changeOf(draft.base?.form ?? draft.form, draft.form), { password: "Tide7" });
});

test("a field that was changed here and is gone there is shown", () => {
  const ours = changed({ fields: [{ name: "Customer", value: "1", protected: false }, ...base.form.fields.slice(1)] });
  const { draft, clashes } = rebase({ form: ours, base }, theirs({ fields: base.form.fields.slice(1) }));
  assert.deepEqual(clashes, [{ part: "field", name: "Customer", theirs: "" }]);
  assert.deepEqual(
    draft.form.fields.map(({ name }) => name),
    ["PIN", "Customer"],
  );
});

test("a field that came there is there", () => {
  const fields = [...base.form.fields, { name: "New", value: "n", protected: false }];
  assert.deepEqual(rebase({ form: changed({ notes: "x" }), base }, theirs({ fields })).draft.form.fields, fields);
});
