/** Requests for access to items of offices, as the host knows them. */

import type { AccessRequest } from "../shared/officeProtocol.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal } from "./problem.ts";

/**
 * Returns the requests; none from a host that knows no such thing.
 * @throws HostRefusal, HostProblem.
 */
export async function requestsOf(host: HostConnection): Promise<readonly AccessRequest[]> {
  try {
    return (await host.request("accessRequests", {})).requests;
  } catch (error) {
    if (error instanceof HostProblem && error.problem === "hostTooOld") return [];
    throw error;
  }
}

/** Whether somebody waits for the person's answer. False also where the host does not say. */
export async function isAskedForAccess(host: HostConnection): Promise<boolean> {
  if (!host.unlocked) return false;
  try {
    return (await requestsOf(host)).some(({ mine }) => !mine);
  } catch (error) {
    if (error instanceof HostProblem || error instanceof HostRefusal) return false;
    throw error;
  }
}
