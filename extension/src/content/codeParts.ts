/** How a one-time code is shared out among the fields of a form. Pure. */

/** Shares the code out among the fields: whole into one, by their lengths into several. Null if it does not fit. */
export function partsOf<F extends Pick<HTMLInputElement, "maxLength">>(
  fields: readonly F[],
  code: string,
): readonly { readonly field: F; readonly value: string }[] | null {
  const [only] = fields;
  if (only === undefined) return null;
  const isBoxes = fields.length === code.length;
  const lengths = fields.length === 1 ? [code.length] : fields.map(({ maxLength }) => (isBoxes ? 1 : maxLength));
  const isWhole = lengths.every((length) => length > 0) && sum(lengths) === code.length;
  if (!isWhole || (fields.length === 1 && only.maxLength >= 0 && only.maxLength < code.length)) return null;
  return fields.map((field, index) => {
    const start = sum(lengths.slice(0, index));
    return { field, value: code.slice(start, start + (lengths[index] ?? 0)) };
  });
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((before, length) => before + length, 0);
}
