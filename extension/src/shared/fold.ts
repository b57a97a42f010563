/** Returns a text without accents and case, as the host searches. */
export function fold(value: string): string {
  return value.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
