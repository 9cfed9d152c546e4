import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import { asked } from '../change/failed.ts';
import { historyOf, type PastVersion, type PluginHistory } from './history.ts';
import { planRedeploy, type RedeployPlan } from './redeploy.ts';

/**
 * Plans a rollback to the version before, or to the given version or digest; changes nothing. Throws exit 3 when the
 * host has no such version.
 */
export async function planRollback(
  client: HostClient,
  name: string,
  to: string | null,
  clock?: Clock,
): Promise<RedeployPlan> {
  const history = await asked(historyOf(client, name), client);
  const target = to === null ? versionBefore(history) : versionNamed(history, to);
  if (target === null) throw noSuchVersion(history, to, client.address.label);
  const { registration, version, digest } = target;
  return planRedeploy(client, name, { registration, version, digest, act: 'rollback' }, clock);
}

function versionBefore({ past }: PluginHistory): PastVersion | null {
  return past.find(({ state }) => state === 'rollback') ?? null;
}

/** Finds a version by its number or by the first digits of its digest; the newest when several match. */
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
