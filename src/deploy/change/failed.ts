import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Health } from '../health.ts';

/** Adds to a failed upload that the plugins of the host are unchanged. */
export function nothingRegistered(failure: HostFailure): HostFailure {
  return withReason(failure, 'the upload failed, so nothing was registered');
}

/**
 * Waits for a request that precedes any change. On failure or interrupt the error says that no change was sent; it
 * says nothing about what runs, because the host may not have answered at all.
 */
export async function asked<T>(question: Promise<T>, { address }: HostClient): Promise<T> {
  const why = `no change was sent to ${address.label}`;
  try {
    return await question;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'AbortError') throw interrupted(why, thrown);
    if (!(thrown instanceof HostFailure)) throw thrown;
    throw withReason(thrown, why, { after: { version: null, state: 'untouched', known: false } });
  }
}

function interrupted(why: string, cause: Error): KpluginError {
  return new KpluginError({
    code: 'interrupted',
    exit: EXIT.interrupted,
    message: `interrupted; ${why}`,
    hint: 'run the same command again',
    cause,
  });
}

/**
 * The error of a request whose answer was lost: a check showed that it was not carried out, or showed nothing in time.
 */
export function lostAnswer(
  client: HostClient,
  failure: HostFailure,
  outcome: 'not-done' | 'open',
): HostFailure {
  const host = client.address.label;
  return withReason(
    failure,
    outcome === 'not-done'
      ? 'asking showed that it was not done'
      : `when the time was over, ${host} was still at work on it, or did not answer`,
  );
}

/** The error of a plugin that is registered and does not run. */
export function notRunning(client: HostClient, name: string, health: Health): HostFailure {
  const words = health.error === '' ? '' : `: ${health.error}`;
  return new HostFailure({
    kind: 'refused',
    // A plugin that runs is not waited for any longer, so it never gets here.
    code: health.state === 'running' ? 'plugin-unknown' : `plugin-${health.state}`,
    words: health.error === '' ? null : health.error,
    message: `${name} was installed on ${client.address.label} and does not run${words}`,
    reason: health.meaning,
    hint: 'see what it prints when it starts: kplugin serve, then install it there; eKuiper writes it to its own log only',
  });
}

/** The same failure with one more reason; `about` is added to its data for `--json`. */
function withReason(failure: HostFailure, more: string, about: object = {}): HostFailure {
  const { kind, code, status, words, message, reason, hint, notes } = failure;
  const data = { ...failure.data, ...about };
  const reasons = [reason, more].filter((part) => part !== null);
  return new HostFailure({
    kind,
    code,
    status,
    words,
    message,
    reason: reasons.join('\n'),
    hint,
    notes,
    ...(Object.keys(data).length === 0 ? {} : { data }),
    cause: failure,
  });
}
