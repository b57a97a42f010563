/** Fills the page's own form with a made-up login, by the code that fills web pages. */

import { chooseForm, fillableForms, pageForms } from "../content/forms.ts";
import { write } from "../content/write.ts";
import type { FillOrder, Reason } from "../shared/contentMessages.ts";

/** Returns why nothing was written, as a web page would be told, or null. */
export function fillSample(): Reason | null {
  const order: FillOrder = {
    origin: self.origin,
    cause: "person",
    username: "anna@nordlicht.example",
    password: "this login is made up",
  };
  // The vault's passphrase has a field on this page, too.
  const inSample = fillableForms(pageForms(true)).filter(({ fields }) =>
    fields.every(({ element }) => element.closest(".sample")),
  );
  const form = chooseForm(inSample, order);
  return form === null ? "noForm" : (write(form, order).refused ?? null);
}
