/**
 * Passes values from any number of producers to one consumer, each producer waiting until its
 * value was taken. That wait is what turns into back-pressure on a connection.
 */
export class Handoff<T> implements AsyncIterable<T> {
  readonly #offers: { readonly value: T; readonly taken: () => void }[] = [];
  #wake: () => void = () => undefined;
  #ended = false;

  /** Resolves when the value was taken, or when nobody will take it any more. */
  put(value: T): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((taken) => {
      this.#offers.push({ value, taken });
      this.#wake();
    });
  }

  /** Ends the iteration; values that nobody took are dropped. */
  end(): void {
    this.#ended = true;
    for (const offer of this.#offers.splice(0)) offer.taken();
    this.#wake();
  }

  /** Leaving the loop ends nothing: a later loop goes on with the next value. */
  [Symbol.asyncIterator](): AsyncIterator<T> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<T>> {
    while (!this.#ended) {
      const offer = this.#offers.shift();
      if (offer) {
        offer.taken();
        return { done: false, value: offer.value };
      }
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    return { done: true, value: undefined };
  }
}
