/** What the popup does with the generator. How a value is made last is kept in the extension's storage; it is no secret. */

import { browser } from "../shared/browser.ts";
import { ask } from "../shared/ui/ask.ts";
import type { Context } from "./items.ts";
import { recipeFor } from "./pageRecipe.ts";
import { recipeFrom } from "./recipe.ts";
import type { GeneratorActions } from "./views/view.ts";
import { closePopup, isPopupWindow } from "./window.ts";

const recipeName = "recipe";

/**
 * @param copySecret Copies a secret and has it cleared in time.
 * @param give Gives a value to the view below.
 */
export function generatorActions(
  { change, attempt }: Context,
  copySecret: (value: string) => Promise<void>,
  give: (value: string, bits: number) => void,
): GeneratorActions {
  return {
    open: (forForm) => change({ type: "entered", view: { is: "generator", forForm, page: null } }),
    openFor: (page) => change({ type: "entered", view: { is: "generator", forForm: false, page } }),
    make: (recipe) =>
      attempt(async () => {
        await browser.storage.local.set({ [recipeName]: recipe });
        // Kept before it is shown: a value that somebody has used must never be lost.
        return await ask("generate", { ...recipe, keep: true });
      }),
    makeFor: (recipe, rules) =>
      attempt(async () => {
        await browser.storage.local.set({ [recipeName]: recipe });
        return (await ask("makeNew", { recipe: recipeFor(recipe, rules) })) ?? "unmet";
      }),
    fillNew: async (value, page, item) => {
      const outcome = await attempt(async () => ({
        refused: await ask("fillNew", { value, ...(item === null ? {} : { item }) }),
      }));
      if (outcome === null || outcome.refused !== null) return outcome?.refused ?? null;
      change({ type: "home" });
      change({ type: "told", toast: { is: "done", done: "newFilled", name: page.host, undo: null } });
      if (isPopupWindow()) closePopup();
      return null;
    },
    recipe: async () => recipeFrom((await browser.storage.local.get(recipeName))[recipeName]),
    history: () =>
      void attempt(async () => {
        const { entries } = await ask("generated", {});
        change({ type: "entered", view: { is: "generated", entries } });
      }),
    reveal: async (id) => (await attempt(() => ask("revealGenerated", { entry: id, purpose: "show" })))?.value ?? null,
    copyKept: (id) =>
      void attempt(async () => await copySecret((await ask("revealGenerated", { entry: id, purpose: "copy" })).value)),
    copyNew: (value) => void attempt(() => copySecret(value)),
    use: (value, bits) => {
      change({ type: "back" });
      give(value, bits);
    },
  };
}
