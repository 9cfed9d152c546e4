/** Runs tasks one after the other, in the order of the calls; a failed task does not stop the next. */
export class OneAtATime {
  /** Settles after the last task; null when none is running. */
  #last: Promise<unknown> | null = null;

  /** Starts immediately when no task is running. */
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
