import type { CutOffPlugin } from '../deploy/plugins/find.ts';
import type { RemovalPlan } from '../deploy/plugins/remove.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { pluginAt, shellWord } from '../model/shell-word.ts';
import { groupHosts, type HostsBy } from './plan-summary.ts';
import type { Seen } from './rollout-change.ts';
import { notes, type Order, planLines, row, some } from './rollout-plan-text.ts';

/**
 * What there is to remove on a host. `absent`: nothing of that name. `cutOff`: nothing either, because a run was cut off
 * of which the host goes on telling.
 */
export type Found =
  | { readonly plan: RemovalPlan }
  | { readonly absent: KpluginError }
  | { readonly cutOff: CutOffPlugin };

/** The plan of a removal. Throws exit 3 where no host has it: most likely its name was mistyped. */
export function removalPlanText(all: readonly Seen<Found>[], name: string, order: Order): string {
  const absent = all.filter(({ seen }) => 'absent' in seen);
  const [first] = absent;
  if (first !== undefined && absent.length === all.length && order.failed === 0) {
    throw nowhere(first, all.length, name);
  }
  const there = all.filter(({ seen }) => 'plan' in seen);
  const begun = all.filter(({ seen }) => 'cutOff' in seen);
  const rows = [
    row('remove', labelsOf(there), versions(there)),
    row(
      'give up',
      labelsOf(begun),
      `not there; a run was cut off, or is at work still: ${some(labelsOf(begun))}`,
    ),
    row('not there', labelsOf(absent), 'left alone'),
  ].filter((one) => one !== null);
  const known = notes(
    'warning',
    by(there, ({ warnings }) => warnings),
  );
  return planLines(`the removal of ${name}`, all.length, rows, known, {
    ...order,
    changing: there.length + begun.length,
  });
}

function versions(there: readonly Seen<Found>[]): string {
  return [...by(there, ({ plugin }) => [plugin.version || 'no version'])]
    .map(([version, labels]) => `${version}: ${some(labels)}`)
    .join('; ');
}

function by(
  all: readonly Seen<Found>[],
  keysOf: (plan: RemovalPlan) => readonly string[],
): HostsBy {
  return groupHosts(
    all.map(({ label, seen }) => ({ label, keys: 'plan' in seen ? keysOf(seen.plan) : [] })),
  );
}

function labelsOf(all: readonly Seen<Found>[]): string[] {
  return all.map(({ label }) => label);
}

function nowhere({ label }: Seen<Found>, count: number, name: string): KpluginError {
  return new KpluginError({
    code: 'no-such-plugin',
    exit: EXIT.host,
    message:
      count === 1
        ? `${label} has no plugin ${name}`
        : `none of ${count} hosts has a plugin ${name}`,
    hint: `kplugin list --host ${shellWord(label)}`,
  });
}

/**
 * Throws exit 3 for what nobody agreed to: a plugin that was not there, a change of one that was there that somebody
 * else has begun since, and, under --force, a rule that came after the plan.
 */
export function refuseOther(
  label: string,
  name: string,
  now: Exclude<Found, { readonly absent: KpluginError }>,
  agreed: Found,
): void {
  const reason = changeOf(name, now, agreed);
  if (reason === null) return;
  throw new KpluginError({
    code: 'changed-since-plan',
    exit: EXIT.host,
    message: `${label} has changed since the plan was made; nothing was sent`,
    reason,
    hint: `look at it: kplugin describe ${pluginAt(name, label)}`,
  });
}

function changeOf(
  name: string,
  now: Exclude<Found, { readonly absent: KpluginError }>,
  agreed: Found,
): string | null {
  if ('cutOff' in now) {
    return 'cutOff' in agreed ? null : `${name} is gone, and a change of it was begun since`;
  }
  if (!('plan' in agreed)) return `${name} was not there, and is now`;
  const known = new Set(agreed.plan.uses.map(({ rule }) => rule));
  const fresh = now.plan.uses.map(({ rule }) => rule).filter((rule) => !known.has(rule));
  return fresh.length === 0 ? null : `it was not known that rules use ${name}: ${fresh.join(', ')}`;
}
