import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOf, routeOf, viewNames } from "./route.ts";

const office = "AAECAwQFBgcICQoLDA0ODw";

for (const view of viewNames) {
  for (const of of [null, office]) {
    test(`#${view} of ${of ?? "the first office"} is read as it is written`, () => {
      assert.deepEqual(routeOf(hashOf({ view, office: of })), { view, office: of });
    });
  }
}

for (const hash of ["", "#", "#nothing", "#access/../../x", "#access/short"]) {
  test(`"${hash}" is the first view of the first office`, () => {
    assert.deepEqual(routeOf(hash), { view: "access", office: null });
  });
}
