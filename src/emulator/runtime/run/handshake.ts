import { setTimeout as sleep } from 'node:timers/promises';
import { type ExitOf, isFailure } from '../exit.ts';
import type { ControlChannel } from './control.ts';
import type { PluginProcess } from './process.ts';

/** The result of the wait for the first handshake. */
export type HandshakeOutcome =
  | { readonly kind: 'shaken' }
  | { readonly kind: 'died'; readonly exit: ExitOf }
  | { readonly kind: 'silent' }
  | { readonly kind: 'stopped' };

/**
 * Waits for the handshake, the exit of the process, the timeout or the signal, whichever comes first. eKuiper itself
 * waits the whole timeout even for a dead process (docs/ekuiper.md#start-at-the-install).
 */
export async function waitForHandshake(
  channel: ControlChannel,
  process: PluginProcess,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HandshakeOutcome> {
  const timeout = new AbortController();
  const stop = (): void => timeout.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race<HandshakeOutcome>([
      channel.handshake.then(() => ({ kind: 'shaken' })),
      endOf(process, timeout.signal).then((exit) => ({ kind: 'died', exit })),
      sleep(timeoutMs, null, { signal: timeout.signal }).then(
        () => ({ kind: 'silent' }),
        () => ({ kind: 'stopped' }),
      ),
    ]);
  } finally {
    signal.removeEventListener('abort', stop);
    timeout.abort();
  }
}

const LOOK_EVERY_MS = 100;

/**
 * Resolves when no process is left that could send a handshake. A wrapper script that exits with 0 and leaves its
 * child running works with eKuiper, which notices only failures.
 */
async function endOf(process: PluginProcess, signal: AbortSignal): Promise<ExitOf> {
  const exit = await process.ended;
  while (!isFailure(exit) && process.hasChildren && !signal.aborted) {
    await sleep(LOOK_EVERY_MS, null, { signal }).catch(() => null);
  }
  return exit;
}
