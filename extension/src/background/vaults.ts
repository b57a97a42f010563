/** The person's vaults, as this browser profile may see them. */

import type { Vault } from "../shared/protocol.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem } from "./problem.ts";

/**
 * Returns the vaults, the own one first; none from a host that knows one vault only.
 * @throws HostRefusal, HostProblem.
 */
export async function vaultsOf(host: HostConnection): Promise<readonly Vault[]> {
  try {
    return (await host.request("vaults", {})).vaults;
  } catch (error) {
    if (error instanceof HostProblem && error.problem === "hostTooOld") return [];
    throw error;
  }
}
