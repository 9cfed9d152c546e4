import { HostFailure } from '../client/host-failure.ts';
import type { Clock } from '../clock.ts';

const LONGEST_PAUSE = 5000;

/**
 * Does something until the host answers, with growing pauses, at most `limit` milliseconds: what puts things right
 * does not give up at the first broken connection. A refusal is an answer. Throws the last HostFailure.
 */
export async function persist<T>(
  work: () => Promise<T>,
  { clock, limit }: { readonly clock: Clock; readonly limit: number },
): Promise<T> {
  const end = clock.now() + limit;
  for (let pause = 500; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await work();
    } catch (thrown) {
      const isSilent =
        thrown instanceof HostFailure && (thrown.unsettled || thrown.kind === 'unreachable');
      if (!isSilent || clock.now() + pause >= end) throw thrown;
      await clock.pause(pause);
    }
  }
}
