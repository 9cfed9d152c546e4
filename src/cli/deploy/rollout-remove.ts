import { leftBehind } from '../../deploy/plugins/left-behind.ts';
import { inUse, planRemoval, type RemovalPlan, removePlugin } from '../../deploy/plugins/remove.ts';
import { groupHosts, type HostsBy } from '../../deploy/rollout/plan-summary.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Context } from '../context.ts';
import { leftLines, type Removed, removedData } from './remove-text.ts';
import { type AtHost, atHost } from './rollout-at-host.ts';
import type { HostWork, Seen } from './rollout-change.ts';
import { notes, type Order, planLines, row, some } from './rollout-plan-text.ts';

interface RemoveWishes {
  /** The plugin. */
  readonly name: string;
  readonly force: boolean;
  readonly prune: boolean;
}

/** What there is to remove on a host; `absent`: nothing of that name. */
type Found = { readonly plan: RemovalPlan } | { readonly absent: KpluginError };

/** A removal as the work of a roll-out. Hosts without the plugin are left alone. */
export function removeWork(wishes: RemoveWishes, context: Context): HostWork<Found, Removed> {
  const { name } = wishes;
  return {
    look: (at) => atHost(at, 'plain', (client) => found(client, wishes)),
    change: (at, seen) => removeOn(at, seen, wishes),
    isDone: (seen) => 'absent' in seen,
    versionOf,
    seenRow: (label, seen) => ({
      label,
      state: 'absent' in seen ? 'unchanged' : 'planned',
      before: versionOf(seen),
      after: null,
      ms: null,
      note: 'absent' in seen ? `has no plugin ${name}` : 'remove',
      data: null,
      notes: [],
      error: null,
    }),
    doneRow: (label, removed) => ({
      label,
      state: 'removed',
      before: removed.plan.plugin.version,
      after: null,
      ms: null,
      note: '',
      data: removedData(removed, label),
      notes: [
        ...leftLines(removed.left),
        ...(removed.left.problem ?? '').split('\n').filter(Boolean),
      ],
      error: null,
    }),
    plan: (all, order) => planText(all, name, order),
    ask: (changing) => ask(changing, wishes, context),
    about: {
      next: (first) => [`kplugin list --host ${first}`],
      again: () => 'run the same command again: hosts without it are left alone',
    },
  };
}

function versionOf(seen: Found): string | null {
  return 'absent' in seen ? null : seen.plan.plugin.version;
}

async function found(
  client: Parameters<typeof planRemoval>[0],
  { name, force }: RemoveWishes,
): Promise<Found> {
  try {
    const plan = await planRemoval(client, name);
    const refused = force ? null : inUse(plan, client);
    if (refused !== null) throw refused;
    return { plan };
  } catch (thrown) {
    if (thrown instanceof KpluginError && thrown.code === 'no-such-plugin') {
      return { absent: thrown };
    }
    throw thrown;
  }
}

async function removeOn(at: AtHost, agreed: Found, wishes: RemoveWishes): Promise<Removed> {
  const { name, prune } = wishes;
  return atHost(at, 'rescued', async (client, effects) => {
    const now = await found(client, wishes);
    if ('absent' in now) throw now.absent;
    refuseNewRules(at.host.label, now.plan, agreed);
    effects.watcher.waiting(`for ${name} to go`, Number.POSITIVE_INFINITY);
    await removePlugin(client, now.plan, effects);
    return { plan: now.plan, left: await leftBehind(effects.rescue, now.plan, prune) };
  });
}

/** Under --force: a rule that came after the plan was agreed to by nobody. */
function refuseNewRules(label: string, { plugin, uses }: RemovalPlan, agreed: Found): void {
  const known = 'absent' in agreed ? [] : agreed.plan.uses.map(({ rule }) => rule);
  const fresh = uses.map(({ rule }) => rule).filter((rule) => !known.includes(rule));
  if (fresh.length === 0) return;
  throw new KpluginError({
    code: 'changed-since-plan',
    exit: EXIT.host,
    message: `${label} has changed since the plan was made; nothing was sent`,
    reason: `it was not known that rules use ${plugin.name}: ${fresh.join(', ')}`,
    hint: `look at it: kplugin describe ${plugin.name} --host ${label}`,
  });
}

/** Throws exit 3 where no host has it: most likely its name was mistyped. */
function planText(all: readonly Seen<Found>[], name: string, order: Order): string {
  const absent = all.filter(({ seen }) => 'absent' in seen);
  const [first] = absent;
  if (first !== undefined && absent.length === all.length && order.failed === 0) {
    throw nowhere(first, all.length, name);
  }
  const there = all.filter(({ seen }) => !('absent' in seen));
  const rows = [
    row('remove', labelsOf(there), versions(there)),
    row('not there', labelsOf(absent), 'left alone'),
  ].filter((one) => one !== null);
  const known = notes(
    'warning',
    by(there, ({ warnings }) => warnings),
  );
  return planLines(`the removal of ${name}`, all.length, rows, known, {
    ...order,
    changing: there.length,
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
    all.map(({ label, seen }) => ({ label, keys: 'absent' in seen ? [] : keysOf(seen.plan) })),
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
    hint: `kplugin list --host ${label}`,
  });
}

async function ask(
  changing: readonly Seen<Found>[],
  { name, force }: RemoveWishes,
  { prompts }: Context,
): Promise<void> {
  const hosts = some(labelsOf(changing));
  if (await prompts.confirm({ message: `Remove ${name} from ${hosts}?` })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `${name} stays on ${hosts}: the answer was no`,
    hint: `kplugin remove ${name} …${force ? ' --force' : ''}, and say yes`,
  });
}
