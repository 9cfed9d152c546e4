import type { Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { has } from '../../model/behaviours.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import { asked } from '../change/failed.ts';
import { isUploaded } from '../change/rollback-target.ts';
import { describePlugin, type PluginDescription } from '../plugins/host-plugins.ts';
import { fileUrl, parseUploadName, uploadNameOf } from '../record/upload-name.ts';
import { historyOf, type PastVersion, type PluginHistory } from './history.ts';
import { planRedeploy, type RedeployPlan } from './redeploy.ts';

/**
 * Plans a restart; changes nothing. Registering the present registration again is the only way on every eKuiper to
 * restart a crashed plugin (docs/ekuiper.md#dead-plugins). Throws exit 3 when the host does not report what the plugin
 * was installed from, and when that package is no longer among its uploads: eKuiper would remove the plugin first and
 * then find no package.
 */
export async function planRestart(
  client: HostClient,
  name: string,
  clock?: Clock,
): Promise<RedeployPlan> {
  const described = describePlugin(client, name);
  const { plugin, registration, info } = await asked(described, client);
  const host = client.address.label;
  if (registration === null) throw unknownOrigin(name, info, host);
  const uploads = has(info.version, 'takes-uploads') ? await asked(client.uploads(), client) : null;
  if (uploads !== null && isGone(registration, uploads)) throw packageGone(registration, host);
  const digest = parseUploadName(uploadNameOf(registration.file), name)?.digest ?? '';
  return planRedeploy(
    client,
    name,
    {
      registration,
      version: plugin.version,
      digest,
      act: 'restart',
    },
    clock,
  );
}

/** Whether the package was an upload and no longer exists. Files outside the upload directory cannot be checked. */
function isGone({ name, file }: Registration, uploads: readonly string[]): boolean {
  if (!/^file:/i.test(file) || isUploaded(file, uploads)) return false;
  const isOurs = parseUploadName(uploadNameOf(file), name) !== null;
  return isOurs || uploads.some((path) => folderOf(fileUrl(path)) === folderOf(file));
}

function folderOf(url: string): string {
  return url.slice(0, url.length - uploadNameOf(url).length);
}

function packageGone({ name, file }: Registration, host: string): KpluginError {
  return new KpluginError({
    code: 'package-gone',
    exit: EXIT.host,
    message: `${name} cannot be restarted on ${host}: its package is gone from the host's uploads; nothing was changed`,
    reason: `eKuiper would remove ${name}, and then not find ${plainLine(uploadNameOf(file))}`,
    hint: `install its package: kplugin install <zip> --host ${shellWord(host)}\nother versions that the host has: kplugin history ${pluginAt(name, host)}`,
  });
}

function unknownOrigin(
  name: string,
  { version }: PluginDescription['info'],
  host: string,
): KpluginError {
  return new KpluginError({
    code: 'origin-unknown',
    exit: EXIT.host,
    message: `${name} cannot be restarted on ${host}: the host does not tell what it was installed from`,
    reason: has(version, 'exports-registrations')
      ? 'it was put into the folder of plugins by hand, or came with the image; registering its package is the only way to start it again'
      : `eKuiper ${version} does not report it (1.8 and newer do)`,
    hint: `install its package: kplugin install <zip> --host ${shellWord(host)}`,
  });
}

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
