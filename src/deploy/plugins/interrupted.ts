import type { InstalledPlugin, Registration } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import { plainLine } from '../../client/http/text.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import { recordIn } from '../record/keep.ts';
import { isSameRegistration, type Pending, recordedPlugin } from '../record/record.ts';
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/**
 * A change that kplugin began on a host and, as far as the host's record knows, never ended: it is at work elsewhere at
 * this moment, or it was killed. eKuiper takes the old version away first, so there may be no plugin of that name.
 */
export interface Interrupted {
  readonly plugin: string;
  /** The version that was to be put there; the name of its package where that tells none. */
  readonly wanted: string;
  /** The version that was there before; null when there was none. */
  readonly before: string | null;
  /** By the host's clock, milliseconds since 1970; null when it is not known. */
  readonly time: number | null;
  /** Which of them the host has registered now; `none`: no plugin of that name. */
  readonly now: 'wanted' | 'before' | 'other' | 'none';
}

/** The change of a plugin that did not come to its end; null without one. `there`: the plugin as the host has it. */
export function interruptedOf(
  exported: HostExport,
  name: string,
  there: InstalledPlugin | null,
): Interrupted | null {
  const { record } = recordIn(exported.files, name);
  const pending = record?.pending ?? null;
  if (pending === null) return null;
  const [wanted, before] = [versionOf(pending.wanted), versionOf(pending.before)];
  const registered = exported.registrations.get(name) ?? null;
  const named = { plugin: name, wanted: wanted ?? '', before, time: pending.time };
  if (there === null) return { ...named, now: 'none' };
  if (registered !== null) return { ...named, now: nowOf(registered, pending) };
  // While eKuiper waits for a new version, it has the plugin and no registration yet.
  const isWanted = there.version === wanted;
  return { ...named, now: isWanted ? 'wanted' : there.version === before ? 'before' : 'other' };
}

/** The plugins that are not there because a change of them did not come to its end, sorted by name. */
export function gonePlugins(
  exported: HostExport,
  plugins: readonly InstalledPlugin[],
): readonly Interrupted[] {
  const names = [...exported.files.keys()].flatMap((file) => recordedPlugin(file) ?? []);
  return names
    .filter((name) => !plugins.some((plugin) => plugin.name === name))
    .flatMap((name) => interruptedOf(exported, name, null) ?? [])
    .sort((a, b) => (a.plugin < b.plugin ? -1 : 1));
}

/** What happened, one sentence: that it is still under way cannot be told from its having been killed. */
export function interruptedText({ wanted, before, time, now }: Interrupted): string {
  const at =
    time === null ? '' : ` at ${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const begun =
    before === null ? `to install ${wanted}` : `to put ${wanted} in the place of ${before}`;
  const result = {
    none: 'neither is there now',
    before: `${before ?? 'what was there before'} is registered`,
    wanted: `${wanted} is registered, and nobody has seen yet whether it works`,
    other: 'another version is registered now',
  }[now];
  const there = before === null && now === 'none' ? 'it is not there now' : result;
  return `kplugin began ${begun}${at} and never said that it was done: that run is still at work, or it was interrupted; ${there}`;
}

/** The command that leads out of it. */
export function interruptedFix({ plugin, before, now }: Interrupted, host: string): string {
  if (before !== null && now !== 'before') return `kplugin rollback ${pluginAt(plugin, host)}`;
  return `kplugin install <dir|zip> --host ${shellWord(host)}`;
}

function nowOf(registered: Registration, { wanted, before }: Pending): Interrupted['now'] {
  if (isSameRegistration(registered, wanted)) return 'wanted';
  return isSameRegistration(registered, before) ? 'before' : 'other';
}

function versionOf(registration: Registration | null): string | null {
  if (registration === null) return null;
  const upload = uploadNameOf(registration.file);
  return plainLine(parseUploadName(upload, registration.name)?.version ?? upload);
}
