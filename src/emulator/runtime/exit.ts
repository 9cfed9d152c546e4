/** The exit of a process; one of the two is null. */
export interface ExitOf {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** eKuiper notices only a failure: after exit code 0 the state stays as it was. */
export function isFailure(exit: ExitOf): boolean {
  return exit.signal !== null || exit.code !== 0;
}
