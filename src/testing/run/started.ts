import type { ErrorExpectation } from '../case/case.ts';
import { errorDifference, showError } from '../expect/error-text.ts';
import type { CaseContext } from './case-context.ts';
import { CaseFailure, expectNone, wordsOf } from './failure.ts';
import { isSilence } from './silence.ts';

interface Stoppable {
  stop(): Promise<void>;
}

/** Returns the running source or sink; null when it was expected to fail and did. Throws CaseFailure. */
export async function started<T extends Stoppable>(
  kind: 'source' | 'sink',
  { symbol, error }: { readonly symbol: string; readonly error: ErrorExpectation | null },
  opening: Promise<T>,
  { deadline, fill }: CaseContext,
): Promise<T | null> {
  try {
    return await deadline.wait(opening, `start ${symbol}`);
  } catch (thrown) {
    // It may still start after the timeout, when no caller waits any more.
    void opening.then((late) => late.stop()).catch(() => undefined);
    if (thrown instanceof CaseFailure) throw thrown;
    if (error === null || isSilence(thrown)) {
      throw new CaseFailure(`the ${kind} does not start: ${wordsOf(thrown)}`);
    }
    expectNone(errorDifference(fill.error(error), wordsOf(thrown)), `not ${showError(error)}`);
    return null;
  }
}
