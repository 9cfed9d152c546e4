/** Runs tasks one after the other, in the order they came; a failed one does not stop the next. */
export class OneAtATime {
  /** Settles after the last task that came; null when none is under way. */
  #last: Promise<unknown> | null = null;

  /** The task begins at once when nothing is under way. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last === null ? task() : this.#last.then(task);
    const done = (): void => {
      if (this.#last === settled) this.#last = null;
    };
    const settled: Promise<void> = result.then(done, done);
    this.#last = settled;
    return result;
  }
}
