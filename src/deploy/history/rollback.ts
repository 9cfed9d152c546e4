import { EXIT, KpluginError } from '../../model/error.ts';
import type { HostClient } from '../client/host-client.ts';
import { type After, afterChange, beforeChange } from '../install/after.ts';
import type { Applied, ChangeEffects } from '../install/change.ts';
import { asked } from '../install/failed.ts';
import { type InstallPlan, planInstall } from '../install/plan.ts';
import { transact } from '../install/transaction.ts';
import { uploadNameOf } from '../install/upload-name.ts';
import { historyOf, type PastVersion, type PluginHistory } from './history.ts';

export interface RegisterAgainEffects extends ChangeEffects {
  /** Says that the way back cannot be promised, and throws unless somebody says yes. */
  readonly approveNoWayBack: (plan: InstallPlan) => Promise<void>;
}

export interface RegisteredAgain extends Applied {
  readonly plan: InstallPlan;
  readonly after: After;
}

/**
 * Goes back to the version before, or to the one that is named by version or digest, through the same transaction as an
 * installation: its way back is what runs now. Throws exit 3 when there is no such version on the host.
 */
export async function rollback(
  client: HostClient,
  name: string,
  to: string | null,
  effects: RegisterAgainEffects,
): Promise<RegisteredAgain> {
  const history = await asked(historyOf(client, name), client);
  const target = to === null ? versionBefore(history) : versionNamed(history, to);
  if (target === null) throw noSuchVersion(history, to, client.address.label);
  return registerAgain(client, name, target, effects);
}

/** Registers a version that lies on the host, as a change of its own. Throws as {@link transact}. */
export async function registerAgain(
  client: HostClient,
  name: string,
  target: Pick<PastVersion, 'registration' | 'version' | 'digest'>,
  effects: RegisterAgainEffects,
): Promise<RegisteredAgain> {
  const { registration, version, digest } = target;
  const wanted = {
    plugin: { name, version, symbols: null },
    uploadName: uploadNameOf(registration.file),
    shellParas: registration.shellParas,
    reinstall: true,
  };
  const planned = await asked(planInstall(client, wanted), client);
  const plan = { ...planned, uploaded: registration.file };
  if (plan.wayBack.state === 'unsure') await effects.approveNoWayBack(plan);
  const watch = await asked(beforeChange(client, plan.uses), client);
  const change = { plan, upload: null, digest, symbols: null, hasScript: false };
  const applied = await transact(client, change, effects);
  const { info, uses } = plan;
  const wishes = { plugin: name, info, uses, config: [], restartRules: false };
  return { ...applied, plan, after: await afterChange(client, watch, wishes, effects) };
}

function versionBefore({ past }: PluginHistory): PastVersion | null {
  return past.find(({ state }) => state === 'way back') ?? null;
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
    .map(({ version, state }) => `${version || 'a version without a number'} (${state})`);
  const versions = there.length === 0 ? 'no version of it' : there.join(', ');
  return new KpluginError({
    code: past.length === 0 && !isInstalled ? 'no-such-plugin' : 'no-version-before',
    exit: EXIT.host,
    message:
      to === null
        ? `${host} has no version of ${name} to go back to`
        : `${host} has no ${name} ${to} to go back to`,
    reason: `among its uploads there is ${versions}${problem === null ? '' : `; ${problem}`}`,
    hint: `install the version you want: kplugin install <zip> --host ${host} (what was put there: kplugin history ${name} --host ${host})`,
  });
}
