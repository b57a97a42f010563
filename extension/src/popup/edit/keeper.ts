/**
 * Keeps a draft as it is typed: each change is sent at once, one at a time, and of the changes that wait only the last
 * is sent. A popup may close at any moment, so nothing waits for a timer.
 */

export class DraftKeeper<T> {
  readonly #send: (draft: T) => Promise<unknown>;
  #sending: Promise<void> | null = null;
  #next: { readonly draft: T } | null = null;

  /** @param send Keeps one draft; its result is of no interest here, and it must not reject. */
  constructor(send: (draft: T) => Promise<unknown>) {
    this.#send = send;
  }

  /** Keeps this draft instead of all earlier ones. Resolves when nothing waits any more. */
  keep(draft: T): Promise<void> {
    this.#next = { draft };
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    while (this.#next !== null) {
      const { draft } = this.#next;
      this.#next = null;
      await this.#send(draft);
    }
  }
}
