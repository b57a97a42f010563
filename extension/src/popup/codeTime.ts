/** How a copied code stands in time. Pure. */

/** When a code begins to be good, and when it ends, in milliseconds since 1970. */
export interface CodeTime {
  readonly from: number;
  readonly until: number;
}

/** Returns the times of a code that the host has just given: of the next one more seconds remain than its period has. */
export function timeOf(
  { periodSeconds, remainingSeconds }: { readonly periodSeconds: number; readonly remainingSeconds: number },
  now: number,
): CodeTime {
  const waits = Math.max(0, remainingSeconds - periodSeconds);
  return { from: now + waits * 1000, until: now + remainingSeconds * 1000 };
}

/** Returns whether a code is not good yet, good, or over, and for how many more seconds. */
export function phaseOf(
  { from, until }: CodeTime,
  now: number,
): { readonly is: "soon" | "good" | "over"; readonly seconds: number } {
  if (now < from) return { is: "soon", seconds: Math.ceil((from - now) / 1000) };
  if (now < until) return { is: "good", seconds: Math.ceil((until - now) / 1000) };
  return { is: "over", seconds: 0 };
}
