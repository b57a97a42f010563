/** How the size of a file is said. */

const units = ["byte", "kilobyte", "megabyte"] as const;

/** Returns the words for a size, in the person's language. */
export function sizeOf(bytes: number, lang = document.documentElement.lang): string {
  let value = bytes;
  let unit: (typeof units)[number] = "byte";
  for (const larger of units.slice(1)) {
    if (value < 1000) break;
    value /= 1000;
    unit = larger;
  }
  const digits = unit === "byte" || value >= 10 ? 0 : 1;
  // The short word of a byte has no plural.
  const unitDisplay = unit === "byte" ? "long" : "short";
  const format = { style: "unit", unit, unitDisplay, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(lang, format).format(value);
}
