import { NEWEST_TARGET, TARGETS, type Target, targetOfRelease } from '../model/target.ts';
import { atLeastVersion, versionIn } from '../model/version.ts';

/** The target version whose rules apply to a host of this version; the newest one when the version cannot be parsed. */
export function targetOfHost(version: string): Target {
  return targetOfRelease(version) ?? NEWEST_TARGET;
}

/** A warning for a version that is newer than the tested ones or that cannot be parsed; null otherwise. */
export function unknownVersion(version: string): string | null {
  const newest = TARGETS[NEWEST_TARGET];
  if (versionIn(version) === null) {
    return `it does not say which version it is ("${version}"); kplugin takes it for ${newest}`;
  }
  if (atLeastVersion(newest, version)) return null;
  return `eKuiper ${version} is newer than any that this kplugin knows; kplugin takes it for ${newest}`;
}
