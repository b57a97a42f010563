/**
 * A new password for a page that makes an account or changes one's password. The host makes and keeps it before anybody sees it; it
 * goes to the one document that asks for it.
 */

import { browser } from "../shared/browser.ts";
import type { Reason, ToContent } from "../shared/contentMessages.ts";
import type { NewOutcome } from "../shared/messages.ts";
import { hostOf, originOf } from "../shared/origin.ts";
import type { Recipe, Reply, RulesRecipe } from "../shared/protocol.ts";
import { rulesOf } from "../shared/rules/pageRules.ts";
import { meets } from "../shared/rules/rules.ts";
import type { Documents, PageDocument } from "./documents.ts";
import { deliver } from "./fill.ts";
import { chooseNewForm } from "./plan.ts";
import type { HostConnection } from "./port.ts";
import { HostRefusal, whyRefused } from "./problem.ts";

/** What is not met by one of so many is taken for what cannot be met. */
const maxTries = 20;
/** A page whose expression takes longer than this has one that no value is held against. */
const fitsWithinMs = 500;

export class NewPasswords {
  readonly #host: HostConnection;
  readonly #documents: Documents;

  constructor(host: HostConnection, documents: Documents) {
    this.#host = host;
    this.#documents = documents;
  }

  /**
   * Makes a password as the page's form takes it, and has it kept.
   * @returns Null if there is no such form any more, or none that was made is as it says.
   * @throws HostRefusal, HostProblem.
   */
  async make(tabId: number, recipe: Recipe | RulesRecipe): Promise<Reply<"generate"> | null> {
    const target = chooseNewForm(await this.#documents.survey(tabId));
    if (target?.newForm == null) return null;
    const rules = rulesOf(target.newForm.rules);
    const hasPattern = target.newForm.rules.pattern !== "";
    for (let tries = 0; tries < maxTries; tries++) {
      const made = await this.#generate(recipe);
      if (made === null) return null;
      if (!meets(made.value, rules)) continue;
      const fitting = hasPattern ? await fits(target, made.value) : true;
      if (fitting === null) return null;
      if (!fitting) continue;
      await this.#host.request("keepGenerated", { value: made.value });
      return made;
    }
    return null;
  }

  /**
   * Writes a new password into the page's form. The host has it in the item before the page has it.
   * @param item Whose password the form changes: it goes into the field for the one of today. Undefined: nobody's.
   * @throws HostRefusal of any kind but `refused`, HostProblem.
   */
  async fill(tabId: number, newPassword: string, item: string | undefined): Promise<NewOutcome> {
    const target = chooseNewForm(await this.#documents.survey(tabId));
    if (target?.newForm == null) return await refused(tabId, null, "noForm");
    try {
      const current = item === undefined ? null : await this.#current(target, item, newPassword);
      if (current === "opaque") return await refused(tabId, target, current);
      const order = { origin: target.origin, cause: "person", newPassword, ...current } as const;
      const result = await deliver(target, order);
      return result.refused === undefined ? null : await refused(tabId, target, result.refused);
    } catch (error) {
      if (!(error instanceof HostRefusal) || error.kind !== "refused") throw error;
      return await refused(tabId, target, whyRefused(error));
    }
  }

  async #generate(recipe: Recipe | RulesRecipe): Promise<Reply<"generate"> | null> {
    try {
      return await this.#host.request("generate", recipe);
    } catch (error) {
      // No password at all is so.
      if (error instanceof HostRefusal && error.reason === "rules") return null;
      throw error;
    }
  }

  async #current(
    target: PageDocument,
    item: string,
    newPassword: string,
  ): Promise<{ readonly password?: string } | "opaque"> {
    const ancestors = await this.#documents.ancestors(target);
    if (ancestors === null) return "opaque";
    const { origin } = target;
    const fields = target.newForm?.current === true ? (["password"] as const) : [];
    const body = { item, origin, ancestors, cause: "person", fields, confirmed: [], newPassword } as const;
    const { password } = await this.#host.request("fill", body);
    return password === undefined ? {} : { password };
  }
}

/** Whether the page's own expression takes a value; null if nobody can tell in time. */
async function fits({ tabId, frameId, documentId, token }: PageDocument, value: string): Promise<boolean | null> {
  const message: ToContent = { type: "fits", document: token, value };
  const answered = browser.tabs
    .sendMessage(tabId, message, documentId ? { documentId } : { frameId })
    .then((answer: unknown) => (typeof answer === "boolean" ? answer : null))
    .catch(() => null);
  return await Promise.race([answered, new Promise<null>((resolve) => setTimeout(resolve, fitsWithinMs, null))]);
}

async function refused(tabId: number, target: PageDocument | null, reason: Reason): Promise<NewOutcome> {
  const { url } = await browser.tabs.get(tabId);
  const origin = originOf(url);
  const top = origin === null ? "" : hostOf(origin);
  return { kind: "refused", reason, top, host: target === null ? top : hostOf(target.origin) };
}
