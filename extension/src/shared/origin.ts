/** Origins as the protocol wants them: exactly what the browser says, or nothing. */

/** Returns the http(s) origin of a URL that the browser reported, or null for any other (about:, data:, file: …). */
export function originOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { origin, protocol } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? origin : null;
}

/** Returns the hostname (with port number, if it is not the scheme's own) that people know an origin by. */
export function hostOf(origin: string): string {
  return new URL(origin).host;
}
