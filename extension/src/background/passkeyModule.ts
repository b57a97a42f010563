/**
 * The switch of the passkey module. Off means that nothing of it is in any page that is opened from then on: its scripts stand in no
 * manifest, but are registered while it is on.
 */

import { browser } from "../shared/browser.ts";
import { isOn, whenTurned } from "../shared/switches.ts";

const ids = ["passkeys-page", "passkeys-relay"];
/** Pages that have WebAuthn: encrypted ones, and this computer's own by name. */
const matches = ["https://*/*", "http://localhost/*", "http://*.localhost/*"];
const common = { matches, runAt: "document_start", allFrames: true } as const;

export class PasskeyModule {
  #on: Promise<boolean> = isOn("passkeys");
  #last: Promise<void> = this.#apply();

  constructor() {
    whenTurned("passkeys", (on) => {
      this.#on = Promise.resolve(on);
      this.#last = this.#last.then(() => this.#apply());
    });
  }

  /** Whether it is on. */
  get on(): Promise<boolean> {
    return this.#on;
  }

  /** Registers, or takes away, what is not as it should be: the browser keeps it from one start to the next. */
  async #apply(): Promise<void> {
    const { scripting } = browser;
    const registered = await scripting.getRegisteredContentScripts({ ids });
    const on = await this.#on;
    if (on === registered.length > 0) return;
    if (!on) return await scripting.unregisterContentScripts({ ids });
    await scripting.registerContentScripts([
      { ...common, id: "passkeys-relay", js: ["passkeys-relay.js"] },
      { ...common, id: "passkeys-page", js: ["passkeys-page.js"], world: "MAIN" },
    ]);
  }
}
