/**
 * The detector as one classic script, for programs that score it on recorded pages: `globalThis.__detect`,
 * `__report` and `__observe`. No part of the extension.
 */
import { detect, report } from "./index.ts";
import { kindNames, roleNames } from "./names.ts";
import { watch } from "./watch.ts";

interface ScoredField {
  readonly element: HTMLInputElement;
  readonly role: string;
  readonly formKind: string;
  readonly fill: boolean;
}

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
  __report: report,
  __observe: (page: Document) => {
    watch(page, () => score(page));
  },
});
