/** Whether the person has paused Latchkey: until the browser starts again, nothing is offered or filled by itself. */

import { forget, keep, recall } from "./memory.ts";

export class Pause {
  #on: Promise<boolean> | null = null;

  /** Whether it is paused. Read once in a background; the hot path waits for nothing afterwards. */
  get on(): Promise<boolean> {
    this.#on ??= recall("paused").then((found) => found !== null);
    return this.#on;
  }

  /** Pauses, or goes on. */
  async set(on: boolean): Promise<void> {
    this.#on = Promise.resolve(on);
    await (on ? keep("paused", true) : forget("paused"));
  }
}
