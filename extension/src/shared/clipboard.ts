/**
 * Clears a copied secret from the clipboard when its time is up, if it is still there. Knows the secret by a salted
 * hash only. Runs in the offscreen page (Chromium) or in the event page (Firefox), so it outlives the popup.
 */

import type { ClipboardHold } from "./messages.ts";

const saltBytes = 16;

/** How this page reads and writes the system's clipboard. */
export interface ClipboardAccess {
  readonly read: () => Promise<string>;
  readonly clear: () => Promise<void>;
  /** Called when a secret need not be watched any more. */
  readonly done?: () => void;
}

/** Returns the hold for a secret that was just copied. */
export async function holdOf(secret: string, clearsAt: number): Promise<ClipboardHold> {
  const salt = base64(crypto.getRandomValues(new Uint8Array(saltBytes)));
  return { salt, digest: await digestOf(salt, secret), clearsAt };
}

/** Whether the text is the one that the hold was made for. */
export async function isHeld(hold: ClipboardHold, found: string): Promise<boolean> {
  return (await digestOf(hold.salt, found)) === hold.digest;
}

/** Watches over one secret on the clipboard: the last that was copied. */
export class ClipboardKeeper {
  readonly #access: ClipboardAccess;
  #hold: ClipboardHold | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(access: ClipboardAccess) {
    this.#access = access;
  }

  /** Clears the clipboard at the hold's time. An earlier hold is forgotten: its secret was overwritten. */
  hold(hold: ClipboardHold): void {
    clearTimeout(this.#timer);
    this.#hold = hold;
    this.#timer = setTimeout(() => void this.clear(), Math.max(0, hold.clearsAt - Date.now()));
  }

  /** Clears the clipboard now, if the secret is still on it. Something else that was copied since stays. */
  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    const hold = this.#hold;
    this.#hold = null;
    if (hold === null) return;
    if (await isHeld(hold, await this.#access.read())) await this.#access.clear();
    this.#access.done?.();
  }
}

async function digestOf(salt: string, secret: string): Promise<string> {
  const bytes = new TextEncoder().encode(salt + secret);
  return base64(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
