import { refuseMachineLimit } from '../../model/machine-limit.ts';
import type { Difference } from '../case/result.ts';

/** A case that did not hold; becomes a result, never leaves this room. */
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
 * An error's words; of anything else that was thrown its text. Throws MachineLimit where that is the cause: then nothing
 * is known of the plugin.
 */
export function wordsOf(thrown: unknown): string {
  refuseMachineLimit(thrown);
  return thrown instanceof Error ? thrown.message : String(thrown);
}
