/** What stands above the list: what became of the last fill, and what is special about this page. */

import { text } from "../../shared/browser.ts";
import { el, icon, switchLine } from "../../shared/ui/dom.ts";
import type { IconName } from "../../shared/ui/icons.ts";
import { confirmationFor, rowsOf } from "../state.ts";
import type { State } from "../state.ts";
import type { Outcome, PageContext } from "../../shared/messages.ts";
import { hintFor, reasonWords, vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import type { Actions } from "./view.ts";

/** Returns the banners for the state, most important first. */
export function bannersFor(state: State, actions: Actions): readonly Node[] {
  if (state.found !== null) return failureBanner(state);
  const { outcome } = state;
  const page = state.known?.page ?? null;
  const banners: Node[] = [...failureBanner(state)];
  if (outcome?.kind === "filled") banners.push(filledBanner(outcome, page, actions));
  if (outcome?.kind === "refused") banners.push(refusedBanner(state, outcome, actions));
  if (page === null) return banners;
  if (page.insecure) banners.push(banner("warning", "warn", text("insecureTitle", page.host), text("insecureBody")));
  else if (page.host !== page.top && page.items.length > 0) {
    banners.push(banner("warning", "warn", text("frameTitle", page.host), text("frameBody", page.host, page.top)));
  }
  const saysNoMatch = outcome?.kind === "refused" && outcome.reason === "noMatch";
  if (page.items.length === 0 && !saysNoMatch && state.known?.all?.total !== 0) {
    banners.push(banner("search", "", text("noMatchTitle", page.host), text("noMatchBody")));
  }
  return banners;
}

function failureBanner({ failure, known }: State): readonly Node[] {
  if (failure === null) return [];
  const hint = hintFor(failure) ?? "";
  return [banner("warning", "danger", wordsFor(failure, vaultOf(known)), hint)];
}

function filledBanner(
  { item, title, host }: Outcome & { readonly kind: "filled" },
  page: PageContext | null,
  actions: Actions,
): HTMLElement {
  const found = page?.items.find(({ id }) => id === item);
  // Always filling is for the page itself, encrypted; the host would refuse anything else.
  const offered = found !== undefined && page !== null && page.host === page.top && !page.insecure;
  const always = offered
    ? switchLine("always", text("alwaysFillHere"), found.alwaysFill, (on) => actions.alwaysFill(found, on))
    : null;
  const shown = banner("check", "accent", text("filledTitle", title), text("filledBody", host), always);
  shown.setAttribute("id", "filled");
  return shown;
}

function refusedBanner(state: State, outcome: Outcome & { readonly kind: "refused" }, actions: Actions): HTMLElement {
  const [title, body] = reasonWords(outcome);
  const row = rowsOf(state).find(({ item }) => item.id === outcome.item);
  const anyway = confirmationFor(outcome) !== null && row !== undefined;
  const button = anyway
    ? el(
        "div",
        { class: "actions" },
        el(
          "button",
          { type: "button", class: "btn sm", onclick: () => actions.fill(row.item, []) },
          text("fillAnyway"),
        ),
      )
    : null;
  return banner("whyNot", "warn", title, body, button);
}

function banner(
  drawing: IconName,
  tone: "" | "warn" | "danger" | "accent",
  title: string,
  body: string,
  ...more: readonly (Node | null)[]
): HTMLElement {
  const lines = el("div", { class: "grow" }, el("b", {}, title), ...(body === "" ? [] : [el("br"), body]), ...more);
  const role = tone === "danger" ? "alert" : "status";
  return el("div", { class: `banner ${tone}`.trim(), role }, icon(drawing), lines);
}
