/** Writes tables as CSV (RFC 4180) that a spreadsheet opens as text, and gives them to the person as a file. */

/** A browser that asks where to put the file reads it only then. */
const offeredForMs = 60_000;

/** What a spreadsheet would take for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/;

/** Returns one table. A cell that a spreadsheet would calculate gets an apostrophe in front, which it shows as text. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(value: string): string {
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Gives a table to the person as a file of that name. Spreadsheets need the mark in front to read it as UTF-8. */
export function saveCsv(name: string, rows: readonly (readonly string[])[]): void {
  const address = URL.createObjectURL(new Blob(["\ufeff", csvOf(rows)], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), offeredForMs);
}
