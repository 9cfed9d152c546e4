/** How a process ended; one of the two is null. */
export interface ExitOf {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** eKuiper notices an end only when it is a failure: exit code 0 leaves the state as it was. */
export function isFailure(exit: ExitOf): boolean {
  return exit.signal !== null || exit.code !== 0;
}
