import { type Check, listed, type Remark, remark } from './host/check.ts';
import { access } from './host/checks/access.ts';
import { clock } from './host/checks/clock.ts';
import { deadPlugins } from './host/checks/dead-plugins.ts';
import { defects } from './host/checks/defects.ts';
import { downloads } from './host/checks/downloads.ts';
import { python } from './host/checks/python.ts';
import { reached } from './host/checks/reached.ts';
import { registrations } from './host/checks/registrations.ts';
import { sampleKey } from './host/checks/sample-key.ts';
import { sharedSymbols } from './host/checks/shared-symbols.ts';
import { uploads } from './host/checks/uploads.ts';
import type { HostFacts } from './host/host-facts.ts';
import { type CheckEffects, runChecks } from './host/run-checks.ts';

/** Checks of what a host shows without a token. */
const OPEN: readonly Check<HostFacts>[] = [clock, sampleKey];

/** Checks of what it shows only with access. */
const CLOSED: readonly Check<HostFacts>[] = [
  deadPlugins,
  sharedSymbols,
  registrations,
  uploads,
  downloads,
  python,
];

/** Checks by the version alone. They come last, because they apply to every host of that version. */
const KNOWN: readonly Check<HostFacts>[] = [defects];

/**
 * Runs all checks of a host. Reads only, unless `facts.write`. `limit`: milliseconds per check. In steps, because each
 * step decides whether the next one can be run: is the host reached, is access granted, what is its state.
 */
export async function examineHost(
  facts: HostFacts,
  limit: number,
  effects: CheckEffects,
): Promise<readonly Remark[]> {
  const look = (checks: readonly Check<HostFacts>[]): Promise<readonly Remark[]> =>
    runChecks(checks, facts, limit, effects);
  const there = await look([reached]);
  if (hasError(there)) {
    return [
      ...there,
      notAsked([access, ...OPEN, ...CLOSED, ...KNOWN], 'nothing can be asked of it'),
    ];
  }
  const [door, open] = await Promise.all([look([access]), look(OPEN)]);
  const inside = hasError(door)
    ? [notAsked(CLOSED, 'it does not let kplugin in')]
    : await look(CLOSED);
  return [...there, ...door, ...open, ...inside, ...(await look(KNOWN))];
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
