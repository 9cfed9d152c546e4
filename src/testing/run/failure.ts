import { refuseMachineLimit } from '../../model/machine-limit.ts';
import type { Difference } from '../case/result.ts';

/** A failed case; converted to a result, never thrown to the caller of the suite. */
export class CaseFailure extends Error {
  override name = 'CaseFailure';
  readonly difference: Difference | null;
  readonly hint: string;

  constructor(message: string, difference: Difference | null = null, hint = '') {
    super(message);
    this.difference = difference;
    this.hint = hint;
  }
}

/** Throws when there is a difference. */
export function expectNone(difference: Difference | null, message = ''): void {
  if (difference) throw new CaseFailure(message, difference);
}

/**
 * The message of an error; for any other thrown value its text. Throws MachineLimit when that is the cause, because it
 * says nothing about the plugin.
 */
export function wordsOf(thrown: unknown): string {
  refuseMachineLimit(thrown);
  return thrown instanceof Error ? thrown.message : String(thrown);
}
