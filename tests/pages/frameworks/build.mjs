// Makes NAME.html of each page here that is written with a framework, into the folder named by the first argument. The packages
// are installed there too, so that nothing is written beside the sources.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const pages = ["controlled-react", "model-vue"];

const source = dirname(fileURLToPath(import.meta.url));
const destination = resolve(process.argv[2]);
mkdirSync(destination, { recursive: true });
for (const name of ["package.json", "package-lock.json", ".npmrc"]) copyFileSync(join(source, name), join(destination, name));
const { error, status, stdout, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: destination, encoding: "utf8" });
if (error || status !== 0) {
  console.error(`error: npm could not install what tests/pages/frameworks/package-lock.json names\n${error ?? stdout + stderr}`);
  console.error("hint: check the connection to the package registry, and build again");
  process.exit(1);
}

const { build } = await import(pathToFileURL(join(destination, "node_modules/esbuild/lib/main.js")));
for (const name of pages) {
  const { outputFiles } = await build({
    entryPoints: [join(source, `${name}.js`)],
    nodePaths: [join(destination, "node_modules")],
    alias: { vue: "vue/dist/vue.esm-bundler.js" }, // with the compiler of templates
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "false",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    bundle: true,
    minify: true,
    format: "iife",
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  const script = outputFiles[0].text.replaceAll("</script", "<\\/script");
  const head = `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${name}</title>\n`;
  writeFileSync(join(destination, `${name}.html`), `${head}<main id="root"></main>\n<script>${script}</script>\n`);
}
