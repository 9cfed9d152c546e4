/** The clock as a parameter, so that tests do not wait. */
export interface Clock {
  /** Milliseconds since a fixed moment; never decreases (monotonic). */
  now(): number;
  /** Resolves after that many milliseconds; rejects when aborted. */
  pause(ms: number): Promise<void>;
}
