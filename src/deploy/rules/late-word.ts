import type { HostInfo } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import type { Health } from '../health/health.ts';
import { rowsShowLife } from './alive.ts';
import type { RuleUse } from './use.ts';
import type { WatchTiming } from './watch.ts';

/** The health of a plugin whose rules receive rows, whatever the host reports about its process. */
const ALIVE = {
  state: 'running',
  error: '',
  meaning:
    'rows go through its rules; what eKuiper reports is the end of the previous process, reported late',
} as const;

/**
 * Whether a "killed" status may belong to the old process. On 2.0 it is correct (docs/ekuiper.md#killed-by-an-update);
 * 1.x reports nothing.
 */
export function mayBeLate({ error }: Pick<Health, 'error'>, { version }: HostInfo): boolean {
  return has(version, 'reports-late-death') && /killed/.test(error);
}

/**
 * Returns the health of a plugin, corrected when its host reports "killed": after an update, eKuiper 2.4.0 was seen to
 * report that permanently for a plugin whose new process works. Rows that pass through its rules now prove that it
 * works; without rows the status is used. Any other health is returned unchanged, without a request. Throws
 * HostFailure.
 */
export async function healthByRows(
  client: HostClient,
  { info, health, uses }: { info: HostInfo; health: Health; uses: readonly RuleUse[] },
  timing: WatchTiming,
): Promise<Health> {
  if (health.state !== 'dead' || !mayBeLate(health, info)) return health;
  return (await rowsShowLife(client, uses, timing)) ? { ...health, ...ALIVE } : health;
}

/** Milliseconds of a short observation: enough for two rows of a rule that has one each second. */
export const GLANCE = 2000;
