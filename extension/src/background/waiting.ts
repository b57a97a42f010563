/** The items in which a new password waits. */

import type { Item } from "../shared/protocol.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem } from "./problem.ts";

/**
 * Returns the items; none from a host that knows no such thing.
 * @throws HostRefusal, HostProblem.
 */
export async function newPasswordsOf(host: HostConnection): Promise<readonly Item[]> {
  try {
    return (await host.request("newPasswords", {})).items;
  } catch (error) {
    if (error instanceof HostProblem && error.problem === "hostTooOld") return [];
    throw error;
  }
}
