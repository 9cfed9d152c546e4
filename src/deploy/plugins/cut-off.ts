import type { InstalledPlugin, Registration } from '../client/answers.ts';
import type { HostExport } from '../client/exported.ts';
import { parseUploadName, uploadNameOf } from '../install/upload-name.ts';
import { recordIn } from '../record/keep.ts';
import { isSameRegistration, type Pending, recordedPlugin } from '../record/record.ts';
import { plainLine } from '../text.ts';

/**
 * A change that kplugin began on a host and, as far as the host's record knows, never ended: it is at work elsewhere at
 * this moment, or it was killed. eKuiper takes the old version away first, so there may be no plugin of that name.
 */
export interface CutOff {
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

/** The change of this plugin that did not come to its end; null without one. */
export function cutOffOf(exported: HostExport, name: string, isThere: boolean): CutOff | null {
  const { record } = recordIn(exported.files, name);
  const pending = record?.pending ?? null;
  if (pending === null) return null;
  const { wanted, before, time } = pending;
  const now = isThere ? nowOf(exported.registrations.get(name) ?? null, pending) : 'none';
  return {
    plugin: name,
    wanted: versionOf(wanted),
    before: before === null ? null : versionOf(before),
    time,
    now,
  };
}

/** The plugins that are not there because a change of them did not come to its end, sorted by name. */
export function gonePlugins(
  exported: HostExport,
  plugins: readonly InstalledPlugin[],
): readonly CutOff[] {
  const names = [...exported.files.keys()].flatMap((file) => recordedPlugin(file) ?? []);
  return names
    .filter((name) => !plugins.some((plugin) => plugin.name === name))
    .flatMap((name) => cutOffOf(exported, name, false) ?? [])
    .sort((a, b) => (a.plugin < b.plugin ? -1 : 1));
}

/** What happened, one sentence: that it is still under way cannot be told from its having been killed. */
export function cutOffText({ wanted, before, time, now }: CutOff): string {
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
  return `kplugin began ${begun}${at} and never said that it was done: that run is still at work, or it was cut off; ${there}`;
}

/** The command that leads out of it. */
export function cutOffFix({ plugin, before, now }: CutOff, host: string): string {
  if (before !== null && now !== 'before') return `kplugin rollback ${plugin} --host ${host}`;
  return `kplugin install <dir|zip> --host ${host}`;
}

function nowOf(registered: Registration | null, { wanted, before }: Pending): CutOff['now'] {
  if (isSameRegistration(registered, wanted)) return 'wanted';
  return registered !== null && isSameRegistration(registered, before) ? 'before' : 'other';
}

function versionOf({ name, file }: Registration): string {
  const upload = uploadNameOf(file);
  return plainLine(parseUploadName(upload, name)?.version ?? upload);
}
