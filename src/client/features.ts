import { has } from '../model/behaviours.ts';
import { NEWEST_TARGET, TARGETS, type Target, targetOfVersion } from '../model/target.ts';
import { atLeastVersion, versionIn } from '../model/version.ts';

/** What a host's REST API can do, by its version. Source: docs/ekuiper.md#plugin-api, #uploads. */
export interface HostFeatures {
  /** `/config/uploads` (1.6.0+). */
  readonly uploads: boolean;
  /** `PUT /plugins/portables/{name}` (1.8.0+); 405 before. */
  readonly put: boolean;
  /** Registrations in `/data/export` (1.8.0+). */
  readonly export: boolean;
  /** `GET /plugins/portables/{name}/status`, and plugins started by their installation (2.0.0+). */
  readonly status: boolean;
}

/** The features of a version; one that cannot be read counts as the newest. */
export function featuresOf(version: string): HostFeatures {
  return {
    uploads: has(version, 'takes-uploads'),
    put: has(version, 'updates-plugins'),
    export: has(version, 'exports-registrations'),
    status: has(version, 'reports-status'),
  };
}

/** The line whose rules a host's version follows; the newest for a version that cannot be read. */
export function targetOfHost(version: string): Target {
  return targetOfVersion(version) ?? NEWEST_TARGET;
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
