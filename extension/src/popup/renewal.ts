/** When the popup asks for its state anew, and which of the answers it shows. */
export class Renewal<T> {
  readonly #ask: () => Promise<T>;
  readonly #show: (answer: T, isNews: boolean) => Promise<void>;
  #asked = 0;
  #shown = 0;
  #busy = 0;
  #isStale = false;

  /**
   * @param show Shows an answer. `isNews`: nothing that the person did asked for it.
   */
  constructor(ask: () => Promise<T>, show: (answer: T, isNews: boolean) => Promise<void>) {
    this.#ask = ask;
    this.#show = show;
  }

  /** Whether a request of the person is under way. */
  get isBusy(): boolean {
    return this.#busy > 0;
  }

  /** Resolves when the state of now is shown. Rejects with what asking or showing it threw. */
  readonly now = async (): Promise<void> => {
    this.#isStale = false;
    await this.when(this.#ask());
  };

  /** Shows an answer that was asked for just now, unless a newer one is shown when it comes. */
  async when(answer: Promise<T>, isNews = false): Promise<void> {
    const number = ++this.#asked;
    const known = await answer;
    if (number < this.#shown) return;
    this.#shown = number;
    await this.#show(known, isNews);
  }

  /** Something has changed: it is shown now, or when what the person asked for is done. */
  changed(): void {
    this.#isStale = true;
    this.#renew();
  }

  /** Runs a request of the person. What changes meanwhile waits, as what they asked for usually changes it. */
  async during<R>(work: () => Promise<R>): Promise<R> {
    this.#busy++;
    try {
      return await work();
    } finally {
      this.#busy--;
      this.#renew();
    }
  }

  #renew(): void {
    if (!this.#isStale || this.isBusy) return;
    this.#isStale = false;
    void this.when(this.#ask(), true);
  }
}
