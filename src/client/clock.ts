/** Time as an argument, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Resolves after so many milliseconds; rejects when interrupted. */
  pause(ms: number): Promise<void>;
}
