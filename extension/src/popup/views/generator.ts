/**
 * Makes passwords: the result first, then how it is made. Each value is in the vault's history before it is shown. For a page that asks
 * for a new one it is made as the page says, and one button writes it there.
 */

import { text } from "../../shared/browser.ts";
import { el, icon, iconButton } from "../../shared/ui/dom.ts";
import { reasonWords, vaultOf, wordsFor } from "../../shared/ui/failure.ts";
import type { NewPasswordPage } from "../../shared/messages.ts";
import type { Recipe, Reply } from "../../shared/protocol.ts";
import { rulesOf } from "../../shared/rules/pageRules.ts";
import { isAnyPassword, noRules } from "../../shared/rules/rules.ts";
import type { Rules } from "../../shared/rules/rules.ts";
import { meter } from "../meter.ts";
import { lengthsFor } from "../pageRecipe.ts";
import { classes, defaults, isPattern, limits, withClass } from "../recipe.ts";
import type { RecipeKind } from "../recipe.ts";
import { coloured } from "../secret.ts";
import { segments } from "../../shared/ui/segments.ts";
import type { View } from "../state.ts";
import { titleOf } from "./row.ts";
import type { Actions, Shown } from "./view.ts";

const kinds: readonly RecipeKind[] = ["characters", "words", "pattern"];

export function generatorView(view: View & { readonly is: "generator" }, actions: Actions): Shown {
  const { page } = view;
  const rules = page === null ? null : rulesOf(page.form.rules);
  const words = page === null ? text("generate") : text("newPasswordFor", page.host);
  const heading = el("h1", { class: "cut", tabindex: -1, title: words }, words);
  const value = el("p", { class: "secret result", "aria-live": "polite" });
  const bar = meter();
  const bits = el("span", { class: "small muted" });
  const failed = el("p", { class: "hint error", role: "alert", hidden: true });
  /** What is said about this value, while no request failed. */
  let said: string | null = null;
  const say = (words: string | null) => {
    said = words;
    failed.hidden = words === null;
    failed.replaceChildren(icon("warning", "s"), words ?? "");
  };
  const options = el("div", { class: "flow" });
  let made: Reply<"generate"> | null = null;
  let recipes = { ...defaults };
  let recipe: Recipe = defaults.characters;
  // Of the values that are asked for one after the other, the last counts.
  let asked = 0;

  const make = async () => {
    const mine = ++asked;
    const answer =
      rules === null ? await actions.generator.make(recipe) : await actions.generator.makeFor(recipe, rules);
    if (mine !== asked) return;
    const next = answer === "unmet" ? null : answer;
    made = next;
    say(answer === "unmet" ? text("newPasswordUnmet") : null);
    value.replaceChildren(...(next === null ? [] : coloured(next.value)));
    bits.textContent = next === null ? "" : text("bits", Math.floor(next.bits));
    bar.node.hidden = next === null;
    if (next !== null) bar.show(next.bits);
    for (const button of [copy, use]) button?.toggleAttribute("disabled", next === null);
  };
  const become = (next: Recipe) => {
    recipe = next;
    recipes = { ...recipes, [next.kind]: next };
    void make();
  };
  const whose = page === null || page.items.length === 0 ? null : whoseChoice(page);
  const fillPage = async (page: NewPasswordPage, value: string) => {
    const refused = await actions.generator.fillNew(value, page, whose?.item() ?? null);
    if (refused !== null) say(reasonWords(refused).join(". "));
  };
  const give = () => {
    if (made === null) return;
    if (page !== null) void fillPage(page, made.value);
    else actions.generator.use(made.value, made.bits);
  };
  const isTaken = view.forForm || page !== null;
  const use = isTaken
    ? el(
        "button",
        { type: "button", class: "btn primary grow", id: "use", onclick: give },
        page === null ? text("useThis") : text("newPasswordFill"),
      )
    : null;
  const copy = el(
    "button",
    {
      type: "button",
      class: isTaken ? "btn grow" : "btn primary grow",
      onclick: () => made !== null && actions.generator.copyNew(made.value),
    },
    icon("copyPassword"),
    text("copy"),
  );
  const again = el(
    "button",
    {
      type: "button",
      class: "btn icon",
      "aria-label": text("again"),
      title: text("again"),
      onclick: () => void make(),
    },
    icon("again"),
  );
  const showOptions = () => options.replaceChildren(...optionsOf(recipe, become, rules));
  const chooser = el("div", {});
  const begin = async () => {
    recipe = await actions.generator.recipe();
    recipes = { ...recipes, [recipe.kind]: recipe };
    const choices = kinds.map((kind) => [kind, text(`recipe_${kind}`)] as const);
    const chosen = segments<RecipeKind>({ "aria-label": text("recipeKind") }, choices, (kind) => {
      become(recipes[kind]);
      chosen.show(kind);
      showOptions();
    });
    chosen.show(recipe.kind);
    chooser.replaceChildren(chosen.node);
    showOptions();
    await make();
  };
  void begin();

  const well = el(
    "div",
    { class: "card well" },
    value,
    el("div", { class: "h" }, el("div", { class: "grow" }, bar.node), bits),
  );
  const history = iconButton("history", text("generatedBefore"), actions.generator.history, { id: "generated" });
  return {
    nodes: [
      el("header", {}, iconButton("back", text("back"), actions.back, { keys: "Esc" }), heading, history),
      el(
        "main",
        { class: "pad flow" },
        well,
        failed,
        el("div", { class: "actions" }, use, copy, again),
        rules === null || isAnyPassword(rules) ? null : el("p", { class: "small muted" }, rulesWords(rules)),
        whose?.node ?? null,
        chooser,
        options,
      ),
      el(
        "footer",
        {},
        el(
          "span",
          { class: "h" },
          icon("history", "s"),
          el("span", { class: "cut", title: text("keptInVault") }, text("keptInVault")),
        ),
        el("span", { class: "h footnote" }, el("span", {}, el("kbd", {}, "Esc"), ` ${text("hintBack")}`)),
      ),
    ],
    update: ({ failure, known }) => {
      failed.hidden = failure === null && said === null;
      if (failure !== null) failed.replaceChildren(icon("warning", "s"), wordsFor(failure, vaultOf(known)));
    },
    focus: () => (use ?? copy).focus(),
    gone: () => value.replaceChildren(),
  };
}

/** Whose password the page changes: the field for the one of today gets it. */
function whoseChoice({ items }: NewPasswordPage): { readonly node: HTMLElement; readonly item: () => string | null } {
  const choices = [...items, null].map((item, index) => {
    const input = el("input", { type: "radio", name: "whose", id: `whose-${index}` });
    input.checked = index === 0;
    const name = item === null ? text("newPasswordNobody") : titleOf(item);
    const words = el("span", { class: "grow long" }, name);
    if (item !== null && item.username !== "") {
      words.append(el("br"), el("span", { class: "small muted" }, item.username));
    }
    return { item, input, node: el("label", { class: "h check", for: input.id }, input, words) };
  });
  const node = el(
    "div",
    { class: "field" },
    el("span", { class: "label", id: "whose" }, text("newPasswordWhose")),
    el("div", { class: "whose", role: "radiogroup", "aria-labelledby": "whose" }, ...choices.map(({ node }) => node)),
  );
  return { node, item: () => choices.find(({ input }) => input.checked)?.item?.id ?? null };
}

function rulesWords(rules: Rules): string {
  const { min, max } = lengthsFor(rules);
  return rules.maxLength === null ? text("newPasswordRules", min) : text("newPasswordRulesTo", min, max);
}

function optionsOf(recipe: Recipe, become: (recipe: Recipe) => void, rules: Rules | null): readonly Node[] {
  // Several options of one recipe change one after the other: each change builds on the last.
  let now = recipe;
  const change = (next: Recipe) => {
    now = next;
    become(next);
  };
  switch (recipe.kind) {
    case "characters": {
      type Characters = Recipe & { readonly kind: "characters" };
      const boxes = classes.map((name) =>
        check(text(`class_${name}`), recipe.classes.includes(name), (on, box) => {
          const next = withClass(now as Characters, name, on);
          // The last class stays on.
          box.checked = (next as Characters).classes.includes(name);
          if (next !== now) change(next);
        }),
      );
      const plain = check(text("avoidAmbiguous"), recipe.avoidAmbiguous, (avoidAmbiguous) =>
        change({ ...(now as Characters), avoidAmbiguous }),
      );
      const lengths = lengthsFor(rules ?? noRules);
      const shown = Math.max(lengths.min, Math.min(lengths.max, recipe.length));
      const length = range("length", text("length"), shown, lengths, (value) =>
        change({ ...(now as Characters), length: value }),
      );
      return [length, el("div", { class: "checks" }, ...boxes, plain)];
    }
    case "words": {
      type Words = Recipe & { readonly kind: "words" };
      const count = range("count", text("wordCount"), recipe.count, limits.count, (value) =>
        change({ ...(now as Words), count: value }),
      );
      const separator = line("separator", text("separator"), recipe.separator, 4, (value) =>
        change({ ...(now as Words), separator: value }),
      );
      const capitalise = check(text("capitalise"), recipe.capitalise, (on) =>
        change({ ...(now as Words), capitalise: on }),
      );
      const digit = check(text("withDigit"), recipe.digit, (on) => change({ ...(now as Words), digit: on }));
      return [count, separator, el("div", { class: "checks" }, capitalise, digit)];
    }
    case "pattern": {
      const wrong = el(
        "p",
        { class: "hint error", role: "alert", hidden: true },
        icon("warning", "s"),
        text("patternWrong"),
      );
      const pattern = line("pattern", text("recipe_pattern"), recipe.pattern, 256, (value) => {
        wrong.hidden = isPattern(value);
        if (wrong.hidden) change({ kind: "pattern", pattern: value });
      });
      pattern.append(wrong);
      const rows = patternWords.map(([sign, key]) =>
        el("div", {}, el("dt", { class: "mono" }, sign), el("dd", {}, text(key))),
      );
      return [pattern, el("dl", { class: "signs small muted" }, ...rows)];
    }
  }
}

const patternWords = [
  ["a A", "pattern_letters"],
  ["d s", "pattern_digits"],
  ["x v", "pattern_any"],
  ["w W", "pattern_words"],
  ["[abc]", "pattern_set"],
  ["x{3}", "pattern_times"],
] as const;

function check(label: string, on: boolean, change: (on: boolean, box: HTMLInputElement) => void): HTMLElement {
  const box = el("input", { type: "checkbox", onchange: () => change(box.checked, box) });
  box.checked = on;
  return el("label", { class: "check" }, box, label);
}

function range(
  id: string,
  label: string,
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
  change: (value: number) => void,
): HTMLElement {
  const shown = el("output", { class: "strong end", for: id }, String(value));
  const input = el("input", {
    class: "range",
    type: "range",
    id,
    min,
    max,
    value,
    oninput: () => {
      shown.textContent = input.value;
    },
    // A value is made, and kept, once the person lets go.
    onchange: () => change(Number(input.value)),
  });
  return el(
    "div",
    { class: "field" },
    el("div", { class: "h" }, el("label", { class: "label", for: id }, label), shown),
    input,
  );
}

function line(id: string, label: string, value: string, most: number, change: (value: string) => void): HTMLElement {
  const input = el("input", {
    type: "text",
    class: "mono",
    id,
    value,
    maxlength: most,
    autocomplete: "off",
    spellcheck: "false",
    autocapitalize: "off",
    onchange: () => change(input.value),
  });
  return el("div", { class: "field" }, el("label", { for: id }, label), el("div", { class: "input" }, input));
}
