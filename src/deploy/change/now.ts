import type { HostInfo, InstalledPlugin, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';

const LONGEST_PAUSE = 5000;

/** However short the time is: one answer that hangs takes all of it, and the rollback must not end there. */
const LEAST_TRIES = 3;

/** What a host has of a plugin at this moment. */
export interface Now {
  readonly plugin: InstalledPlugin | null;
  /** Null where there is none, or where the host does not tell. */
  readonly registration: Registration | null;
}

/** Asks what a host has of a plugin. Throws HostFailure. */
export async function whatIsNow(client: HostClient, info: HostInfo, name: string): Promise<Now> {
  const plugin = await client.plugin(name);
  if (plugin === null || !has(info.version, 'exports-registrations'))
    return { plugin, registration: null };
  return { plugin, registration: (await client.registrations()).get(name) ?? null };
}

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
