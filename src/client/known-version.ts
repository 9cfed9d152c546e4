import { NEWEST_TARGET, TARGETS, type Target, targetOfRelease } from '../model/target.ts';
import { atLeastVersion, versionIn } from '../model/version.ts';

/** What a plugin is judged for on a host of that version; the newest line for a version that cannot be read. */
export function targetOfHost(version: string): Target {
  return targetOfRelease(version) ?? NEWEST_TARGET;
}

/** What to say of a version that is newer than those that were run, or that cannot be read; null for others. */
export function unknownVersion(version: string): string | null {
  const newest = TARGETS[NEWEST_TARGET];
  if (versionIn(version) === null) {
    return `it does not say which version it is ("${version}"); kplugin takes it for ${newest}`;
  }
  if (atLeastVersion(newest, version)) return null;
  return `eKuiper ${version} is newer than any that this kplugin knows; kplugin takes it for ${newest}`;
}
