import type { HostInfo, InstalledPlugin, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';

const LONGEST_PAUSE = 5000;

/**
 * The minimum number of tries, whatever the time limit: one request that hangs may use all of the time, and the
 * rollback must go on after it.
 */
const LEAST_TRIES = 3;

/** What a host has of a plugin at this moment. */
export interface CurrentState {
  readonly plugin: InstalledPlugin | null;
  /** Null when the plugin has none, or when this eKuiper does not export registrations. */
  readonly registration: Registration | null;
}

/** Reads the current state of a plugin. Throws HostFailure. */
export async function readCurrentState(
  client: HostClient,
  info: HostInfo,
  name: string,
): Promise<CurrentState> {
  const plugin = await client.plugin(name);
  if (plugin === null || !has(info.version, 'exports-registrations'))
    return { plugin, registration: null };
  return { plugin, registration: (await client.registrations()).get(name) ?? null };
}

/**
 * Retries a request until the host answers, with growing pauses, for at most `limit` milliseconds but at least three
 * times: a restore must not stop at the first broken connection. A refusal is an answer. A page that eKuiper never
 * sends (of a proxy, for example) is none, because eKuiper has answered at this address before. Throws the last
 * HostFailure.
 */
export async function retryUntilAnswered<T>(
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
