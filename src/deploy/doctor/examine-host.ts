import { type Check, listed, type Remark, remark } from './check.ts';
import { access } from './checks/access.ts';
import { clock } from './checks/clock.ts';
import { deadPlugins } from './checks/dead-plugins.ts';
import { defects } from './checks/defects.ts';
import { downloads } from './checks/downloads.ts';
import { python } from './checks/python.ts';
import { reached } from './checks/reached.ts';
import { registrations } from './checks/registrations.ts';
import { sampleKey } from './checks/sample-key.ts';
import { sharedSymbols } from './checks/shared-symbols.ts';
import { uploads } from './checks/uploads.ts';
import type { HostFacts } from './host-facts.ts';
import { type CheckEffects, runChecks } from './run-checks.ts';

/** What a host tells everybody that reaches it. */
const OPEN: readonly Check<HostFacts>[] = [clock, sampleKey, defects];

/** What it tells only to those whom it lets in. */
const CLOSED: readonly Check<HostFacts>[] = [
  deadPlugins,
  sharedSymbols,
  registrations,
  uploads,
  downloads,
  python,
];

/**
 * Everything kplugin can tell about a host. Reads only, unless `facts.write`. `limit`: milliseconds per check.
 * Three steps, because each makes the next ones worth asking: is it there, does it let kplugin in, how is it.
 */
export async function examineHost(
  facts: HostFacts,
  limit: number,
  effects: CheckEffects,
): Promise<readonly Remark[]> {
  const there = await runChecks([reached], facts, limit, effects);
  if (hasError(there))
    return [...there, notAsked([access, ...OPEN, ...CLOSED], 'it cannot be reached')];
  const [door, open] = await Promise.all([
    runChecks([access], facts, limit, effects),
    runChecks(OPEN, facts, limit, effects),
  ]);
  if (hasError(door)) {
    return [...there, ...door, ...open, notAsked(CLOSED, 'it does not let kplugin in')];
  }
  return [...there, ...door, ...open, ...(await runChecks(CLOSED, facts, limit, effects))];
}

function hasError(remarks: readonly Remark[]): boolean {
  return remarks.some(({ level }) => level === 'error');
}

function notAsked(checks: readonly Check<HostFacts>[], why: string): Remark {
  const asks = listed(
    checks.map((check) => check.asks),
    checks.length,
  );
  return remark('host-rest', 'skipped', `not looked at, because ${why}: ${asks}`);
}
