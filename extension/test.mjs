/** Bundles every test below src for Node, runs them with its own test runner and prints "N passed, N failed". */
import { build } from "esbuild";
import { lexicon } from "./lexicon.mjs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const sources = (await readdir(join(here, "src"), { recursive: true })).filter((path) => path.endsWith(".test.ts"));
const folder = await mkdtemp(join(tmpdir(), "latchkey-tests-"));
try {
  const { metafile } = await build({
    entryPoints: sources.map((path) => join(here, "src", path)),
    outdir: folder,
    outbase: join(here, "src"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    plugins: [lexicon],
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    metafile: true,
    logLevel: "warning",
    absWorkingDir: here,
    // The tests read vectors and locales from the repository, wherever the bundle of the test lies.
    define: { "import.meta.dirname": JSON.stringify(here) },
  });
  const totals = { passed: 0, failed: 0 };
  const stream = run({ files: Object.keys(metafile.outputs).map((path) => join(here, path)), concurrency: true });
  stream.on("test:pass", ({ details }) => (totals.passed += details.type === "suite" ? 0 : 1));
  stream.on("test:fail", ({ details }) => (totals.failed += details.type === "suite" ? 0 : 1));
  for await (const lines of stream.compose(new spec())) process.stdout.write(lines);
  console.log(`extension: ${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}
