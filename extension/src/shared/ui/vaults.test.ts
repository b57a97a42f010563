import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { vaultColours } from "../protocol.ts";

// The build of the tests names the extension's folder here.
const folder = join(import.meta.dirname, "src", "shared", "ui");
const css = ["tokens.css", "vaults.css"].map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
const themes = ["light", "dark"] as const;
const grounds = ["surface", "hover", "accent-wash"];

/** WCAG 2.2, 1.4.11: what tells things apart without being text. */
const leastContrast = 3;

/** Returns the colour of a custom property in a theme, as its three parts from 0 to 255. */
function colourOf(property: string, theme: (typeof themes)[number]): readonly number[] {
  const found = new RegExp(`--${property}:\\s*light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  assert.ok(found, `no style sheet says --${property}`);
  const colour = found[themes.indexOf(theme) + 1] as string;
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/** WCAG 2.2, "relative luminance". */
function luminanceOf(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(one: readonly number[], other: readonly number[]): number {
  const [darker, lighter] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

test("contrast is counted as WCAG does", () => {
  assert.equal(contrastOf([0, 0, 0], [255, 255, 255]), 21);
  assert.ok(Math.abs(contrastOf([0x76, 0x76, 0x76], [255, 255, 255]) - 4.54) < 0.01);
});

for (const theme of themes) {
  for (const ground of grounds) {
    test(`every vault's colour stands out from ${ground} in the ${theme} theme`, () => {
      const weak = vaultColours.filter(
        (colour) => contrastOf(colourOf(`vault-${colour}`, theme), colourOf(ground, theme)) < leastContrast,
      );
      assert.deepEqual(weak, []);
    });
  }
}

test("every word for a colour has its dot", () => {
  for (const colour of vaultColours) assert.ok(css.includes(`.${colour} { --dot: var(--vault-${colour}); }`), colour);
});
