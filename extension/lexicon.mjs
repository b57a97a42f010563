/**
 * Packs the words of src/content/detect/words.ts for looking up, when a bundle is made: filling sets with 2,500 words took a third of the
 * first look at a page, and a page needs some hundred of them. What it makes is declared in src/content/detect/lexicon.d.ts.
 */
import { build as bundle } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "src/content/detect");
const isAscii = (text) => /^[\x00-\x7f]*$/.test(text);

/** A plugin for esbuild. */
export const lexicon = {
  name: "lexicon",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/lexicon\.js$/ }, () => ({ path: join(folder, "lexicon.js"), namespace: "lexicon" }));
    onLoad({ filter: /.*/, namespace: "lexicon" }, async () => ({ contents: await packed() }));
  },
};

async function packed() {
  const entry = join(folder, "words.ts");
  const { outputFiles } = await bundle({ entryPoints: [entry], bundle: true, format: "esm", write: false });
  const { wholeWords, stems } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
  );
  const bits = Object.fromEntries(Object.keys(wholeWords).map((concept, index) => [concept, 1 << index]));
  const rows = (table) =>
    Object.entries(table).flatMap(([concept, languages]) =>
      Object.values(languages).map((row) => ({ bit: bits[concept], row, entries: row.split("|") })),
    );
  const all = { words: rows(wholeWords), stems: rows(stems) };
  const table = (kept) => {
    const [words, glued] = [all.words.filter(kept), all.stems.filter(kept)];
    const meanings = new Map();
    for (const { bit, entries } of [...words, ...glued]) {
      for (const entry of entries) meanings.set(entry, (meanings.get(entry) ?? 0) | bit);
    }
    const spell = (entry) => `|${entry}=${(meanings.get(entry) >>> 0).toString(36)}`;
    const longestFirst = (one, other) => other.length - one.length || (one < other ? -1 : 1);
    return {
      phrases: byFirst(words, (entries) => `${entries.map(spell).join("")}|`),
      stems: byFirst(glued, (entries) => entries.sort(longestFirst).flatMap((entry) => [entry, meanings.get(entry)])),
    };
  };
  const tables = { latin: table(({ row }) => isAscii(row)), others: table(({ row }) => !isAscii(row)) };
  return Object.entries({ bits, ...tables })
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
    .join("");
}

/** What `make` makes of the entries that begin with the same unit, by that unit. */
function byFirst(rows, make) {
  const entries = [...new Set(rows.flatMap((row) => row.entries))].sort();
  const groups = {};
  for (const entry of entries) (groups[entry[0]] ??= []).push(entry);
  return Object.fromEntries(Object.entries(groups).map(([first, group]) => [first, make(group)]));
}
