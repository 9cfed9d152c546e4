import type { Context } from '../cli/context.ts';
import { InterruptedPlugin } from '../deploy/plugins/find.ts';
import { type LeftBehind, leftBehind } from '../deploy/plugins/left-behind.ts';
import { inUse, planRemoval, type RemovalPlan, removePlugin } from '../deploy/plugins/remove.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { pluginAt, shellWord } from '../model/shell-word.ts';
import { abandoned, abandonedData } from './abandon.ts';
import { groupHosts, type HostsBy } from './plan-summary.ts';
import { leftLines, problemLines, type Removed, removedData } from './remove-text.ts';
import { type AtHost, atHost } from './rollout-at-host.ts';
import type { HostWork, Seen } from './rollout-change.ts';
import { notes, type Order, planLines, row, some } from './rollout-plan-text.ts';
import type { HostRow } from './rollout-row.ts';

interface RemoveOptions {
  /** The plugin. */
  readonly name: string;
  readonly force: boolean;
  readonly prune: boolean;
}

/** What came of it on a host. */
type Done = Removed | { readonly interrupted: InterruptedPlugin; readonly left: LeftBehind };

/**
 * A removal as the work of a rollout. Hosts without the plugin are left alone; where it is gone because a run was interrupted
 * , that run is abandoned.
 */
export function removeWork(options: RemoveOptions, context: Context): HostWork<Found, Done> {
  const { name } = options;
  return {
    look: (at) => atHost(at, (client) => found(client, options)),
    change: (at, seen) => removeOn(at, seen, options),
    isDone: (seen) => 'absent' in seen,
    versionOf,
    seenRow: (label, seen) => ({
      label,
      state: 'absent' in seen ? 'unchanged' : 'planned',
      before: versionOf(seen),
      after: null,
      ms: null,
      note: foundNote(seen, name),
      data: null,
      notes: [],
      error: null,
    }),
    doneRow,
    plan: (all, order) => removalPlanText(all, name, order),
    ask: (changing) => ask(changing, options, context),
    about: {
      next: (first) => [`kplugin list --host ${shellWord(first)}`],
      again: () => 'run the same command again: hosts without it are left alone',
    },
  };
}

function foundNote(seen: Found, name: string): string {
  if ('absent' in seen) return `has no plugin ${name}`;
  return 'interrupted' in seen ? 'abandon what was begun' : 'remove';
}

function doneRow(label: string, done: Done): HostRow {
  const { left } = done;
  const notes = [...leftLines(left), ...problemLines(left)];
  const row = { label, after: null, ms: null, notes, error: null };
  if ('interrupted' in done) {
    const data = abandonedData(done, label);
    return { ...row, state: 'abandoned', before: null, note: 'it was not there', data };
  }
  const { version } = done.plan.plugin;
  return { ...row, state: 'removed', before: version, note: '', data: removedData(done, label) };
}

function versionOf(seen: Found): string | null {
  return 'plan' in seen ? seen.plan.plugin.version : null;
}

async function found(
  client: Parameters<typeof planRemoval>[0],
  { name, force }: RemoveOptions,
): Promise<Found> {
  try {
    const plan = await planRemoval(client, name);
    const refused = force ? null : inUse(plan, client);
    if (refused !== null) throw refused;
    return { plan };
  } catch (thrown) {
    if (thrown instanceof InterruptedPlugin) return { interrupted: thrown };
    if (thrown instanceof KpluginError && thrown.code === 'no-such-plugin') {
      return { absent: thrown };
    }
    throw thrown;
  }
}

async function removeOn(at: AtHost, agreed: Found, options: RemoveOptions): Promise<Done> {
  const { name, prune } = options;
  return atHost(at, async (client, effects) => {
    const now = await found(client, options);
    if ('absent' in now) throw now.absent;
    refuseOther(at.host.label, name, now, agreed);
    if ('interrupted' in now) return abandoned(client, now.interrupted, prune);
    effects.watcher.waiting(`for ${name} to go`, Number.POSITIVE_INFINITY);
    await removePlugin(client, now.plan, effects);
    return { plan: now.plan, left: await leftBehind(effects.recovery, now.plan, prune) };
  });
}

async function ask(
  changing: readonly Seen<Found>[],
  { name }: RemoveOptions,
  { prompts }: Context,
): Promise<void> {
  const hosts = some(changing.map(({ label }) => label));
  if (await prompts.confirm({ message: questionOf(changing, name, hosts) })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `${name} stays on ${hosts}: the answer was no`,
    hint: 'the same command again, and say yes',
  });
}

function questionOf(changing: readonly Seen<Found>[], name: string, hosts: string): string {
  const isRemoval = changing.some(({ seen }) => 'plan' in seen);
  return isRemoval
    ? `Remove ${name} from ${hosts}?`
    : `${hosts}: no ${name} there. Abandon what was begun?`;
}

/**
 * What there is to remove on a host. `absent`: nothing of that name. `interrupted`: nothing either, because a run was interrupted
 * of which the host goes on telling.
 */
export type Found =
  | { readonly plan: RemovalPlan }
  | { readonly absent: KpluginError }
  | { readonly interrupted: InterruptedPlugin };

/** The plan of a removal. Throws exit 3 where no host has it: most likely its name was mistyped. */
function removalPlanText(all: readonly Seen<Found>[], name: string, order: Order): string {
  const absent = all.filter(({ seen }) => 'absent' in seen);
  const [first] = absent;
  if (first !== undefined && absent.length === all.length && order.failed === 0) {
    throw nowhere(first, all.length, name);
  }
  const there = all.filter(({ seen }) => 'plan' in seen);
  const begun = all.filter(({ seen }) => 'interrupted' in seen);
  const rows = [
    row('remove', labelsOf(there), versions(there)),
    row(
      'abandon',
      labelsOf(begun),
      `not there; a run was interrupted, or is at work still: ${some(labelsOf(begun))}`,
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
  if ('interrupted' in now) {
    return 'interrupted' in agreed ? null : `${name} is gone, and a change of it was begun since`;
  }
  if (!('plan' in agreed)) return `${name} was not there, and is now`;
  const known = new Set(agreed.plan.uses.map(({ rule }) => rule));
  const fresh = now.plan.uses.map(({ rule }) => rule).filter((rule) => !known.has(rule));
  return fresh.length === 0 ? null : `it was not known that rules use ${name}: ${fresh.join(', ')}`;
}
