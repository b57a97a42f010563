/** What a person means by a path that they typed or pasted. Pure. */

/** Why a text is no path that the host can open. */
export type PathObjection = "empty" | "relative" | "home" | "remote";

/**
 * Reads an absolute path: as it is, in quotation marks as terminals and Windows copy it, or as the file: address that
 * file managers copy.
 * @returns The path, or why it is none.
 */
export function pathFrom(typed: string): { readonly path: string } | { readonly objection: PathObjection } {
  const text = withoutQuotes(typed.trim());
  if (text === "") return { objection: "empty" };
  if (/^file:/i.test(text)) return fromAddress(text);
  // A page does not know where the person's home is.
  if (text.startsWith("~")) return { objection: "home" };
  const isAbsolute = text.startsWith("/") || text.startsWith("\\\\") || /^[a-z]:[\\/]/i.test(text);
  return isAbsolute ? { path: text } : { objection: "relative" };
}

function fromAddress(address: string): ReturnType<typeof pathFrom> {
  if (!URL.canParse(address)) return { objection: "relative" };
  const { hostname, pathname } = new URL(address);
  if (hostname !== "" && hostname !== "localhost") return { objection: "remote" };
  try {
    const path = decodeURIComponent(pathname);
    return { path: /^\/[a-z]:\//i.test(path) ? path.slice(1) : path };
  } catch {
    // A percent sign that stands for itself: no file manager writes it so.
    return { objection: "relative" };
  }
}

function withoutQuotes(text: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  return quoted?.[2] ?? text;
}
