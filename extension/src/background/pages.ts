/** What the options and the first-run page may ask of the background. */

import type { Choices, PageRequests, PageState } from "../shared/pageMessages.ts";
import type { HostConnection } from "./port.ts";
import { HostProblem, HostRefusal } from "./problem.ts";
import type { HandlersOf } from "./router.ts";
import type { Teaching } from "./teaching.ts";
import { vaultsOf } from "./vaults.ts";

/** @param refresh Called when a vault was unlocked, made or taken away by a request from here. */
export function pageHandlers(
  host: HostConnection,
  teaching: Teaching,
  refresh: () => Promise<void>,
): HandlersOf<PageRequests> {
  return {
    page: () => stateForPage(host),
    change: async ({ set }) => await host.request("settings", { set }),
    neverFill: async ({ hostname, never }) => {
      await host.request("site", { origin: `https://${hostname}`, never });
      return (await host.request("sites", {})).never;
    },
    teachAgain: async ({ field }) => await teaching.again(field),
    addVault: async ({ passphrase, keyFile, ...which }) => {
      const key = keyFile === undefined ? {} : { keyFile };
      const meant = "path" in which ? { path: which.path } : { vault: which.vault };
      const vault = await host.request("addVault", { passphrase, ...key, ...meant });
      await refresh();
      return vault;
    },
    removeVault: async ({ vault }) => {
      await host.request("removeVault", { vault });
      await refresh();
      return null;
    },
    forgetProfile: async ({ id }) => (await host.request("profiles", { remove: id })).profiles,
    openVault: async ({ passphrase, path, keyFile }) => {
      // A host has one own vault open at a time.
      if (path !== undefined && host.unlocked) await host.lock();
      const where = { ...(path === undefined ? {} : { path }), ...(keyFile === undefined ? {} : { keyFile }) };
      const status = await host.request("unlock", { passphrase, ...where });
      await refresh();
      return status;
    },
    makeVault: async ({ passphrase }) => {
      const status = await host.request("create", { passphrase });
      await refresh();
      return status;
    },
  };
}

async function stateForPage(host: HostConnection): Promise<PageState> {
  try {
    const status = await host.request("status", {});
    return { problem: null, status, choices: status.state === "unlocked" ? await choicesOf(host) : null };
  } catch (error) {
    if (error instanceof HostProblem) return { problem: error.problem, status: null, choices: null };
    // The vault was locked between the questions.
    if (error instanceof HostRefusal) return { problem: null, status: host.status, choices: null };
    throw error;
  }
}

async function choicesOf(host: HostConnection): Promise<Choices> {
  const [settings, { never }, { taught }, { profiles }, vaults] = await Promise.all([
    host.request("settings", {}),
    host.request("sites", {}),
    host.request("taught", {}),
    host.request("profiles", {}),
    vaultsOf(host),
  ]);
  return { settings, never, taught, profiles, vaults };
}
