import type { HostInfo } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import type { Health } from '../health/health.ts';
import { rowsShowLife } from './alive.ts';
import type { RuleUse } from './use.ts';
import type { WatchTiming } from './watch.ts';

/** What is known of a plugin whose rows flow, whatever its host says of its process. */
const ALIVE = {
  state: 'running',
  error: '',
  meaning:
    'rows go through its rules; what eKuiper reports is the end of the process before it, told late',
} as const;

/**
 * Whether "killed" may be the old process: of 2.0 it is to be believed (docs/ekuiper.md#killed-by-an-update), 1.x
 * says nothing.
 */
export function mayBeLate({ error }: Pick<Health, 'error'>, { version }: HostInfo): boolean {
  return has(version, 'reports-late-death') && /killed/.test(error);
}

/**
 * How a plugin is where its host says "killed": eKuiper 2.4.0 was seen to say so for good after an update, of a plugin
 * whose new process works. Rows that go through its rules now know better; without any the host is believed. Every
 * other health comes back as it is, without a question. Throws HostFailure.
 */
export async function healthByRows(
  client: HostClient,
  { info, health, uses }: { info: HostInfo; health: Health; uses: readonly RuleUse[] },
  timing: WatchTiming,
): Promise<Health> {
  if (health.state !== 'dead' || !mayBeLate(health, info)) return health;
  return (await rowsShowLife(client, uses, timing)) ? { ...health, ...ALIVE } : health;
}

/** Milliseconds for a look in passing: time for two rows of a rule that has some each second. */
export const GLANCE = 2000;
