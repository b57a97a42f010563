/**
 * Builds the extension for both browsers, the Firefox package and the detector as a classic script, into ../dist.
 * One source, one bundle; the two outputs differ in manifest.json only.
 */
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { lexicon } from "./lexicon.mjs";
import { zip } from "./zip.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "dist");
const common = {
  bundle: true,
  target: "es2023",
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
  plugins: [lexicon],
};

const chromium = join(dist, "extension-chromium");
const firefox = join(dist, "extension-firefox");
await Promise.all([outputFor("chromium", chromium), outputFor("firefox", firefox)]);
await writeFile(join(dist, "latchkey-firefox.xpi"), zip(await filesOf(firefox)));
await build({
  ...common,
  entryPoints: [join(here, "src/content/detect/global.ts")],
  outfile: join(dist, "detector.js"),
  format: "iife",
});

async function outputFor(browser, folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const pages = [
    "popup",
    "options",
    "office",
    "firstRun",
    "attachments",
    "picture",
    "signals",
    ...(browser === "chromium" ? ["offscreen"] : []),
  ];
  await Promise.all([
    build({
      ...common,
      entryPoints: ["background", "qr", ...pages].map((name) => ({
        in: join(here, `src/${name}/index.ts`),
        out: name,
      })),
      outdir: folder,
      format: "esm",
    }),
    build({
      ...common,
      entryPoints: [
        { in: join(here, "src/content/index.ts"), out: "content" },
        { in: join(here, "src/popup/early.ts"), out: "early" },
        { in: join(here, "src/passkeys/page.ts"), out: "passkeys-page" },
        { in: join(here, "src/passkeys/relay.ts"), out: "passkeys-relay" },
      ],
      outdir: folder,
      format: "iife",
    }),
    ...pages.map((name) => cp(join(here, `src/${name}/${name}.html`), join(folder, `${name}.html`))),
    ...["tokens", "page", "vaults"].map((name) =>
      cp(join(here, `src/shared/ui/${name}.css`), join(folder, `${name}.css`)),
    ),
    cp(join(here, "src/popup/popup.css"), join(folder, "popup.css")),
    ...["office", "people"].map((name) => cp(join(here, `src/office/${name}.css`), join(folder, `${name}.css`))),
    cp(join(here, "_locales"), join(folder, "_locales"), { recursive: true }),
    // What is in qr.js of others.
    cp(join(here, "node_modules/qr/LICENSE-MIT"), join(folder, "qr.LICENSE.txt")),
    cp(join(here, "icons"), join(folder, "icons"), { recursive: true, filter: (path) => !path.endsWith(".svg") }),
  ]);
  await writeFile(join(folder, "manifest.json"), JSON.stringify(await manifestFor(browser), null, 2) + "\n");
}

/** The common manifest with one browser's patch: lists are joined, everything else is replaced. */
async function manifestFor(browser) {
  const manifest = JSON.parse(await readFile(join(here, "manifest.json"), "utf8"));
  const patch = JSON.parse(await readFile(join(here, `manifest.${browser}.json`), "utf8"));
  for (const [name, value] of Object.entries(patch)) {
    manifest[name] = Array.isArray(value) ? [...(manifest[name] ?? []), ...value] : value;
  }
  return manifest;
}

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map();
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1).replaceAll("\\", "/"), await readFile(path));
  }
  return files;
}
