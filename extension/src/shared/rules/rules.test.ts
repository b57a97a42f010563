import assert from "node:assert/strict";
import { test } from "node:test";
import { digits, lower, printable, symbols, union, upper, without } from "./characters.ts";
import { rulesOf } from "./pageRules.ts";
import { readPasswordRules } from "./passwordRules.ts";
import { readPattern } from "./patternRules.ts";
import { isAnyPassword, meets, noRules } from "./rules.ts";
import type { Rules } from "./rules.ts";

const sorted = (set: string): string => [...set].sort().join("");
const plain = (rules: Rules): Rules => ({
  ...rules,
  allowed: rules.allowed === null ? null : sorted(rules.allowed),
  required: rules.required.map(sorted),
});

const sentences: readonly [text: string, rules: Partial<Rules>][] = [
  ["", {}],
  ["minlength: 8; maxlength: 20", { minLength: 8, maxLength: 20 }],
  ["MinLength:8;MAXLENGTH :20 ;", { minLength: 8, maxLength: 20 }],
  ["minlength: 8; minlength: 12; maxlength: 30; maxlength: 20", { minLength: 12, maxLength: 20 }],
  ["required: upper; required: digit", { required: [upper, digits], allowed: union(upper, digits) }],
  ["required: upper, lower", { required: [union(upper, lower)], allowed: union(upper, lower) }],
  ["required: lower; allowed: digit, [-_]", { required: [lower], allowed: union(lower, digits, "-_") }],
  ["allowed: upper; allowed: lower", { allowed: union(upper, lower) }],
  ["allowed: ascii-printable", { allowed: printable }],
  ["required: special", { required: [symbols], allowed: symbols }],
  ["required: unicode", { required: [printable], allowed: printable }],
  ["max-consecutive: 3; max-consecutive: 2", { maxConsecutive: 2 }],
  ["required: [;,:]; minlength: 9", { required: [";,:"], allowed: ";,:", minLength: 9 }],
  ["required: [ab]]", { required: ["ab]"], allowed: "ab]" }],
  ["required: []]; minlength: 9", { required: ["]"], allowed: "]", minLength: 9 }],
  ["required: [-ab]", { required: ["-ab"], allowed: "-ab" }],
  ["required: [a-z]", { required: ["az"], allowed: "az" }],
  ["required: [aaü]", { required: ["a"], allowed: "a" }],
  // Not understood: as if it were not there.
  ["colour: red; minlength: 8", { minLength: 8 }],
  ["required: emoji; minlength: 8", { minLength: 8 }],
  ["required: emoji, digit", { required: [digits], allowed: digits }],
  ["required: []", {}],
  ["required: [ab; minlength: 8", {}],
  ["required; minlength", {}],
  ["minlength: eight; maxlength: -3", {}],
  ["minlength: 8.5; maxlength: 99999999999", {}],
  ["max-consecutive: 0", {}],
  ["required: constructor", {}],
  [";;;:::", {}],
];
for (const [text, rules] of sentences) {
  test(`passwordrules: ${text}`, () =>
    assert.deepEqual(plain(readPasswordRules(text)), plain({ ...noRules, ...rules })));
}

const word = union(lower, upper, digits, "_");
const expressions: readonly [pattern: string, rules: Partial<Rules>][] = [
  ["", {}],
  [".{8,}", { minLength: 8 }],
  ["^.{8,20}$", { minLength: 8, maxLength: 20 }],
  ["[a-z]{6}", { minLength: 6, maxLength: 6, allowed: lower }],
  ["[A-Za-z0-9]+", { minLength: 1, allowed: union(lower, upper, digits) }],
  ["[\\w.-]{4,9}", { minLength: 4, maxLength: 9, allowed: union(word, ".-") }],
  ["[^\\s<>]*", { allowed: without(printable, "<>") }],
  ["\\d{4}", { minLength: 4, maxLength: 4, allowed: digits }],
  ["\\S{8,}", { minLength: 8 }],
  ["([a-z0-9]){8,12}", { minLength: 8, maxLength: 12, allowed: union(lower, digits) }],
  ["(?:[a-z]{8,12})", { minLength: 8, maxLength: 12, allowed: lower }],
  ["(?=.*\\d)(?=.*[a-z])(?=.*[A-Z]).{8,}", { required: [digits, lower, upper], minLength: 8 }],
  [
    "^(?=.*?[0-9])(?=.*[!@#])[A-Za-z0-9!@#]{8,16}$",
    {
      required: [digits, "!@#"],
      minLength: 8,
      maxLength: 16,
      allowed: union(lower, upper, digits, "!@#"),
    },
  ],
  ["(?=.{8,16}$)(?=.*\\d).*", { required: [digits], minLength: 8, maxLength: 16 }],
  ["(?!.*[&<>])(?!.*\\s).{8,}", { minLength: 8, allowed: without(printable, "&<>") }],
  ["(?=.*[A-Z].*)(?=[a-zA-Z]*\\d).{8,}", { required: [upper, digits], minLength: 8 }],
  // Not understood: what is understood counts.
  ["(?=.*\\d)(foo|bar)+", { required: [digits] }],
  ["(?!.*(.)\\1)(?=.*\\d).{8,}", { required: [digits], minLength: 8 }],
  ["[a-z]{4}-[a-z]{4}", {}],
  ["[z-a]{8}", {}],
  ["[a-z", {}],
  ["(?=.*\\d", {}],
  ["\\p{L}{8,}", {}],
  ["[\\p{L}]{8,}", {}],
  [".{8,", {}],
  ["a{8,", {}],
  ["((((((((((", {}],
  ["[]", {}],
];
for (const [pattern, rules] of expressions) {
  test(`pattern: ${pattern}`, () => assert.deepEqual(plain(readPattern(pattern)), plain({ ...noRules, ...rules })));
}

test("what is long takes no longer than its length", () => {
  for (const part of ["(", "(?=.*[", "[a-", "\\", "{9,", "required:[", ";", "(?=.*\\d)"]) {
    readPattern(part.repeat(20_000));
    readPasswordRules(part.repeat(20_000));
  }
});

test("a page's words together ask for the stricter of each", () => {
  const rules = rulesOf({
    passwordRules: "minlength: 10; maxlength: 40; required: digit; allowed: lower, [-.]",
    pattern: "[a-z0-9-]{6,30}",
    minLength: 8,
    maxLength: 24,
  });
  assert.deepEqual(
    plain(rules),
    plain({
      minLength: 10,
      maxLength: 24,
      required: [digits],
      allowed: union(lower, digits, "-"),
      maxConsecutive: null,
    }),
  );
});

test("a page that says nothing takes any password", () => {
  assert.equal(isAnyPassword(rulesOf({ passwordRules: "", pattern: "", minLength: 0 })), true);
  assert.equal(isAnyPassword(rulesOf({ passwordRules: "", pattern: "", minLength: 0, maxLength: 64 })), false);
});

const rules: Rules = { minLength: 4, maxLength: 8, allowed: "abc12", required: ["abc", "12"], maxConsecutive: 2 };
const values: readonly [value: string, meets: boolean][] = [
  ["abc1", true],
  ["aab1122b", true],
  ["ab1", false],
  ["abc12abc1", false],
  ["abcd1", false],
  ["abca", false],
  ["1212", false],
  ["aaa1", false],
  ["", false],
];
for (const [value, wanted] of values) {
  test(`“${value}” ${wanted ? "is" : "is not"} as the rules say`, () => assert.equal(meets(value, rules), wanted));
}
