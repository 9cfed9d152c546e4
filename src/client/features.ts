import { NEWEST_TARGET, type Target, targetOfVersion } from '../model/target.ts';

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
  const from = (major: number, minor: number): boolean => isAtLeast(version, major, minor);
  return { uploads: from(1, 6), put: from(1, 8), export: from(1, 8), status: from(2, 0) };
}

/** Whether a version is `major.minor` or newer; one that cannot be read is. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  if (!match) return true;
  return Number(match[1]) * 1000 + Number(match[2]) >= major * 1000 + minor;
}

/** The line whose rules a host's version follows; the newest for a version that cannot be read. */
export function targetOfHost(version: string): Target {
  return targetOfVersion(version) ?? NEWEST_TARGET;
}
