import type { InstalledPlugin, Registration } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import { isSameRegistration, type Pending, recordedPlugin } from '../record/host-record.ts';
import { recordIn } from '../record/record-store.ts';
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/**
 * A change that kplugin started on a host and that has no end in the host's record: another run is still working on
 * it, or the run was killed. eKuiper removes the old version first, so the plugin may be missing.
 */
export interface Interrupted {
  readonly plugin: string;
  /** The version to be installed; the name of its package when it has no version. */
  readonly wanted: string;
  /** The version that was there before; null when there was none. */
  readonly before: string | null;
  /** The host's clock, milliseconds since 1970; null when it is not known. */
  readonly time: number | null;
  /** Which of them the host has registered now; `none`: the plugin is not installed. */
  readonly now: 'wanted' | 'before' | 'other' | 'none';
}

/** Returns the unfinished change of a plugin; null when there is none. `there`: the plugin as the host has it. */
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
  // While eKuiper waits for a new version, it lists the plugin without a registration.
  const isWanted = there.version === wanted;
  return { ...named, now: isWanted ? 'wanted' : there.version === before ? 'before' : 'other' };
}

/** Returns the missing plugins that have an unfinished change, sorted by name. */
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

/** Describes it in one sentence. A run that is still active and a killed one look the same. */
export function interruptedText({ wanted, before, time, now }: Interrupted): string {
  const at =
    time === null ? '' : ` at ${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const begun = before === null ? `to install ${wanted}` : `to replace ${before} by ${wanted}`;
  const result = {
    none: 'neither is there now',
    before: `${before ?? 'what was there before'} is registered`,
    wanted: `${wanted} is registered, and nobody has seen yet whether it works`,
    other: 'another version is registered now',
  }[now];
  const there = before === null && now === 'none' ? 'it is not there now' : result;
  return `kplugin began ${begun}${at} and never said that it was done: that run is still at work, or it was interrupted; ${there}`;
}

/** The command that resolves it. */
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
