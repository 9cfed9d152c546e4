import type { Clock } from '../../client/clock.ts';
import { HostFailure } from '../../client/host-failure.ts';

const LONGEST_PAUSE = 5000;
/** However short the time is: one answer that hangs takes all of it, and the rollback must not end there. */
const LEAST_TRIES = 3;

/**
 * Does something until the host answers, with growing pauses, at most `limit` milliseconds but three times at least:
 * what restores things does not stop at the first broken connection. A refusal is an answer; a page that eKuiper
 * never sends is none, because something that is eKuiper has answered before. Throws the last HostFailure.
 */
export async function persist<T>(
  work: () => Promise<T>,
  { clock, limit }: { readonly clock: Clock; readonly limit: number },
): Promise<T> {
  const end = clock.now() + limit;
  let pause = 500;
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (thrown) {
      const isOver = tries >= LEAST_TRIES && clock.now() + pause >= end;
      if (!isNoAnswer(thrown) || isOver) throw thrown;
      await clock.pause(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }
}

function isNoAnswer(thrown: unknown): boolean {
  if (!(thrown instanceof HostFailure)) return false;
  return thrown.unsettled || thrown.kind === 'unreachable' || thrown.kind === 'wrong-service';
}
