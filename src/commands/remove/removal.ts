import type { Context } from '../../cli/context.ts';
import { rulesData } from '../../cli/output/plugin-state-text.ts';
import { bold, good, type View, warn } from '../../cli/output/view.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { InterruptedPlugin } from '../../deploy/plugins/host-plugins.ts';
import { type LeftBehind, leftBehind } from '../../deploy/plugins/left-behind.ts';
import { inUse, planRemoval, type RemovalPlan, removePlugin } from '../../deploy/plugins/remove.ts';
import type { Operation, Planned } from '../../fleet/operation.ts';
import { some } from '../../fleet/plan-text.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';

interface RemoveOptions {
  /** The plugin. */
  readonly name: string;
  readonly force: boolean;
  readonly prune: boolean;
}

/**
 * The state of a plugin before its removal. `absent`: not installed. `interrupted`: not installed, but the host reports
 * an interrupted change of it.
 */
export type Found =
  | { readonly plan: RemovalPlan }
  | { readonly absent: KpluginError }
  | { readonly interrupted: InterruptedPlugin };

/** A removed plugin, and what is left on the host. */
interface Removed {
  readonly plan: RemovalPlan;
  readonly left: LeftBehind;
}

/** An interrupted change of a plugin that is no longer installed, and what is left on the host. */
interface Abandoned {
  readonly interrupted: InterruptedPlugin;
  readonly left: LeftBehind;
}

/** The result on a host. */
export type Done = Removed | Abandoned | { readonly absent: KpluginError };

/** The operation of `remove`. If the plugin is gone because a change was interrupted, that change is abandoned. */
export function removal(options: RemoveOptions, context: Context): Operation<Found, Done> {
  const { name, prune } = options;
  return {
    plan: (client) => found(client, options),
    settled: (plan) => ('absent' in plan ? plan : null),
    apply: async (client, agreed, effects) => {
      const now = await found(client, options);
      if ('absent' in now) throw now.absent;
      refuseOther(client.address.label, name, now, agreed);
      if ('interrupted' in now) return abandoned(client, now.interrupted, prune);
      effects.watcher.waiting(`removing ${name}`, Number.POSITIVE_INFINITY);
      try {
        await removePlugin(client, now.plan, effects);
      } finally {
        effects.watcher.settled();
      }
      // The plugin is removed; what is left is read even after Ctrl-C.
      return { plan: now.plan, left: await leftBehind(effects.recovery, now.plan, prune) };
    },
    refuse: (all, failed) => refuseNowhere(all, failed, name),
    ask: (changing) => ask(changing, options, context),
  };
}

async function ask(
  changing: readonly Planned<Found>[],
  { name, force }: RemoveOptions,
  { prompts }: Context,
): Promise<void> {
  const labels = labelsOf(changing);
  if (await prompts.confirm({ message: questionOf(changing, name, some(labels)) })) return;
  const [first = ''] = labels;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `aborted: ${name} was not removed from ${some(labels)}`,
    hint:
      labels.length > 1
        ? 'the same command again, and say yes'
        : `kplugin remove${force ? ' --force' : ''} ${pluginAt(name, first)}\n(and say yes)`,
  });
}

function questionOf(changing: readonly Planned<Found>[], name: string, hosts: string): string {
  const versions = new Set(
    changing.flatMap(({ plan }) => ('plan' in plan ? [plan.plan.plugin.version] : [])),
  );
  if (versions.size === 0) return `${hosts}: no ${name} there. Abandon what was begun?`;
  const [version = ''] = versions.size === 1 ? versions : [];
  return `Remove ${`${name} ${version}`.trim()} from ${hosts}?`;
}

/** Throws exit 3 when no host has the plugin: its name is probably mistyped. */
function refuseNowhere(all: readonly Planned<Found>[], failed: number, name: string): void {
  const absent = all.flatMap(({ plan }) => ('absent' in plan ? [plan.absent] : []));
  const [first] = absent;
  if (first === undefined || absent.length < all.length || failed > 0) return;
  if (absent.length === 1) throw first;
  throw new KpluginError({
    code: 'no-such-plugin',
    exit: EXIT.host,
    message: `none of ${all.length} hosts has a plugin ${name}`,
    hint: `kplugin list --host ${shellWord(all[0]?.label ?? '')}`,
  });
}

async function found(client: HostClient, { name, force }: RemoveOptions): Promise<Found> {
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

/**
 * Throws exit 3 when the host differs from the plan that was consented to: the plugin was installed meanwhile, another
 * process has begun a change of it, or, under --force, there is a new rule.
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

/** The hosts of plans. */
export function labelsOf(all: readonly Planned<Found>[]): string[] {
  return all.map(({ label }) => label);
}

/** Cleans up after the interrupted change. Throws exit 3 when that fails. */
async function abandoned(
  client: HostClient,
  interrupted: InterruptedPlugin,
  isPruned: boolean,
): Promise<Abandoned> {
  const plugin = { name: interrupted.interrupted.plugin };
  const seen = { info: await client.info(), exported: interrupted.exported, plugin };
  const left = await leftBehind(client, seen, isPruned);
  if (left.problem !== null) throw notAbandoned(plugin.name, client.address.label, left.problem);
  return { interrupted, left };
}

function notAbandoned(plugin: string, host: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'not-abandoned',
    exit: EXIT.host,
    message: `the interrupted change of ${plugin} on ${host} could not be cleaned up completely`,
    reason,
    hint: `run it again: kplugin remove ${pluginAt(plugin, host)}`,
  });
}

/** The data of `remove --json` for a change that was abandoned. */
export function abandonedData(
  { interrupted: { interrupted }, left }: Abandoned,
  host: string,
): object {
  const { plugin } = interrupted;
  return { host, plugin, removed: false, abandoned: true, interrupted, left };
}

/** The view of `remove` for a change that was abandoned. */
export function abandonedView({ interrupted, left }: Abandoned, host: string): View {
  const { plugin } = interrupted.interrupted;
  return {
    title: [good('abandoned'), ' ', bold(plugin), ` on ${host}: it is not there`],
    lines: leftLines(left),
  };
}

/** The data of `remove --json` for a plugin that was removed. */
export function removedData({ plan, left }: Removed, host: string): object {
  const { plugin, registration } = plan;
  const { name, version } = plugin;
  return { host, plugin: name, version, removed: true, ...rulesData(plan), registration, left };
}

/** The view of `remove` for a plugin that was removed. */
export function removedView({ plan, left }: Removed, host: string): View {
  const { name, version } = plan.plugin;
  return {
    title: [good('removed'), ' ', bold(name), ` ${version} from ${host}`],
    lines: leftLines(left),
    notes: problemLines(left).map((text) => ({ label: warn('warning'), text })),
  };
}

/** What was removed with the plugin, and what is left. */
export function leftLines({ uploads, pruned }: LeftBehind): string[] {
  const stays = uploads.filter((upload) => !pruned.includes(upload));
  const lines = [
    pruned.length === 0 ? null : `took away ${names(pruned)}`,
    stays.length === 0 ? null : `left on the host: ${names(stays)} (--prune takes them along)`,
  ];
  return lines.filter((line) => line !== null);
}

/** What could not be cleaned up, one line each. */
export function problemLines({ problem }: LeftBehind): string[] {
  return problem === null ? [] : problem.split('\n');
}

function names(uploads: readonly string[]): string {
  return uploads.map(plainLine).join(', ');
}
