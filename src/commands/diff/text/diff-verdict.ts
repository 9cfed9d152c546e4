import type { Verdict } from '../../../deploy/diff/content.ts';
import { EXIT, KpluginError } from '../../../model/error.ts';

/** The error with which `diff` ends when the sides differ or may differ; null when they are the same. */
export function verdictError(
  verdict: Verdict,
  [before, after]: readonly [string, string],
): KpluginError | null {
  if (verdict === 'same') return null;
  const isKnown = verdict === 'different';
  return new KpluginError({
    code: isKnown ? 'different' : 'not-known-to-be-same',
    exit: EXIT.findings,
    message: isKnown
      ? `${before} and ${after} are not the same`
      : `${before} and ${after} are the same as far as can be told, which is not all of it`,
    hint: 'data tells what differs, and what is not known',
  });
}
