/** What the address of the office page says after the `#`: a view, and the office where there are several. */

export const viewNames = ["access", "bring", "members", "leavers", "audit", "log"] as const;
/** A view of the office page. */
export type ViewName = (typeof viewNames)[number];

export interface Route {
  readonly view: ViewName;
  /** An office's id, or null for the first. */
  readonly office: string | null;
}

/** Reads an address. What is not known is the first view, of the first office. */
export function routeOf(hash: string): Route {
  const [view = "", office = ""] = hash.replace(/^#/, "").split("/");
  return {
    view: viewNames.find((name) => name === view) ?? "access",
    office: /^[A-Za-z0-9_-]{22}$/.test(office) ? office : null,
  };
}

/** Returns the address of a view. */
export function hashOf({ view, office }: Route): string {
  return office === null ? `#${view}` : `#${view}/${office}`;
}
