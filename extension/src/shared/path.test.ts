import assert from "node:assert/strict";
import { test } from "node:test";
import { pathFrom } from "./path.ts";

const paths: readonly [typed: string, path: string][] = [
  ["/home/anna/passwords.kdbx", "/home/anna/passwords.kdbx"],
  ["  /home/anna/my passwords.kdbx\n", "/home/anna/my passwords.kdbx"],
  ["'/home/anna/my passwords.kdbx'", "/home/anna/my passwords.kdbx"],
  ['"C:\\Users\\Anna\\passwords.kdbx"', "C:\\Users\\Anna\\passwords.kdbx"],
  ["C:/Users/Anna/passwords.kdbx", "C:/Users/Anna/passwords.kdbx"],
  ["\\\\server\\share\\passwords.kdbx", "\\\\server\\share\\passwords.kdbx"],
  ["file:///home/anna/my%20passwords.kdbx", "/home/anna/my passwords.kdbx"],
  ["FILE:///home/anna/passw%C3%B6rter.kdbx", "/home/anna/passwörter.kdbx"],
  ["file://localhost/home/anna/a.kdbx", "/home/anna/a.kdbx"],
  ["file:///C:/Users/Anna/a.kdbx", "C:/Users/Anna/a.kdbx"],
  ["/home/anna/100%.kdbx", "/home/anna/100%.kdbx"],
  ["/", "/"],
];
for (const [typed, path] of paths) {
  test(`${JSON.stringify(typed)} is ${path}`, () => assert.deepEqual(pathFrom(typed), { path }));
}

const objections: readonly [typed: string, objection: string][] = [
  ["", "empty"],
  ["   ", "empty"],
  ["''", "empty"],
  ["passwords.kdbx", "relative"],
  ["./passwords.kdbx", "relative"],
  ["C:passwords.kdbx", "relative"],
  ["https://cloud.example/passwords.kdbx", "relative"],
  ["~/passwords.kdbx", "home"],
  ["~anna/passwords.kdbx", "home"],
  ["file://server/share/a.kdbx", "remote"],
  ["file:///home/anna/100%.kdbx", "relative"],
];
for (const [typed, objection] of objections) {
  test(`${JSON.stringify(typed)} is no path: ${objection}`, () => assert.deepEqual(pathFrom(typed), { objection }));
}
