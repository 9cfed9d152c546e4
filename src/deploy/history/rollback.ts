import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import { asked } from '../change/failed.ts';
import { type AgainPlan, planAgain } from './again.ts';
import { historyOf, type PastVersion, type PluginHistory } from './history.ts';

/**
 * What going back to the version before would do, or to the one that is named by version or digest; changes nothing.
 * Throws exit 3 when there is no such version on the host.
 */
export async function planRollback(
  client: HostClient,
  name: string,
  to: string | null,
  clock?: Clock,
): Promise<AgainPlan> {
  const history = await asked(historyOf(client, name), client);
  const target = to === null ? versionBefore(history) : versionNamed(history, to);
  if (target === null) throw noSuchVersion(history, to, client.address.label);
  const { registration, version, digest } = target;
  return planAgain(client, name, { registration, version, digest, act: 'rollback' }, clock);
}

function versionBefore({ past }: PluginHistory): PastVersion | null {
  return past.find(({ state }) => state === 'rollback') ?? null;
}

/** By its version, or by the first digits of its digest; the newest when there are several. */
function versionNamed({ past }: PluginHistory, to: string): PastVersion | null {
  const there = past.filter(({ isThere }) => isThere);
  const digest = to.toLowerCase();
  return (
    there.find(({ version }) => version === to) ??
    there.find((one) => digest.length >= 4 && one.digest.startsWith(digest)) ??
    null
  );
}

function noSuchVersion(history: PluginHistory, to: string | null, host: string): KpluginError {
  const { name, past, problem, isInstalled } = history;
  const there = past
    .filter(({ isThere }) => isThere)
    .map(
      ({ version, state }) =>
        `${version || 'a version without a number'} (${state === 'unknown' ? 'registered' : state})`,
    );
  const versions = there.length === 0 ? 'no version of it' : there.join(', ');
  return new KpluginError({
    code: past.length === 0 && !isInstalled ? 'no-such-plugin' : 'no-version-before',
    exit: EXIT.host,
    message:
      to === null
        ? `${host} has no version of ${name} to go back to`
        : `${host} has no ${name} ${to} to go back to`,
    reason: `among its uploads there is ${versions}${problem === null ? '' : `; ${problem}`}`,
    hint: `see what was put there: kplugin history ${pluginAt(name, host)}\nor install the version you want: kplugin install <zip> --host ${shellWord(host)}`,
  });
}
