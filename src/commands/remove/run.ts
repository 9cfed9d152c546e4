import type { Action } from '../../cli/command.ts';
import type { View } from '../../cli/output/view.ts';
import { interruptedText } from '../../deploy/plugins/interrupted.ts';
import type { RemovalPlan } from '../../deploy/plugins/remove.ts';
import { type OperationView, type Planned, rolloutSettings } from '../../fleet/operation.ts';
import {
  groupHosts,
  type HostsBy,
  known,
  type Order,
  planView,
  row,
  some,
} from '../../fleet/plan-text.ts';
import type { HostRow } from '../../fleet/rollout-rows.ts';
import { runOperation } from '../../fleet/run-operation.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { command } from './command.ts';
import {
  abandonedData,
  abandonedView,
  type Done,
  type Found,
  labelsOf,
  leftLines,
  problemLines,
  removal,
  removedData,
  removedView,
} from './removal.ts';

export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const [name = ''] = args;
  const { force, prune } = flags;
  const operation = removal({ name, force, prune }, context);
  return runOperation(
    hosts,
    operation,
    removalView(name),
    rolloutSettings(flags, context),
    context,
  );
};

/** How a removal is shown. */
export function removalView(name: string): OperationView<Found, Done> {
  return {
    versionOf,
    planRow: (label, plan) => ({
      ...rowBase(label),
      state: 'planned',
      before: versionOf(plan),
      note: 'interrupted' in plan ? 'abandon what was begun' : 'remove',
    }),
    doneRow: (label, done) => doneRow(label, done, name),
    plans: (all, order) => plansView(all, name, order),
    before: linesBefore,
    planned: () => ({}),
    done: (done, host) => {
      if ('absent' in done) return {};
      return 'interrupted' in done ? abandonedView(done, host) : removedView(done, host);
    },
    next: (first) => [`kplugin list --host ${shellWord(first)}`],
    again: () => 'run the same command again: hosts without it are left alone',
  };
}

function linesBefore(plan: Found): readonly string[] {
  if ('interrupted' in plan) return [interruptedText(plan.interrupted.interrupted)];
  return 'plan' in plan ? plan.plan.warnings.map((warning) => `warning: ${warning}`) : [];
}

function doneRow(label: string, done: Done, name: string): HostRow {
  if ('absent' in done)
    return { ...rowBase(label), state: 'unchanged', note: `has no plugin ${name}` };
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

function rowBase(label: string): Omit<HostRow, 'state'> {
  return {
    label,
    before: null,
    after: null,
    ms: null,
    note: '',
    data: null,
    notes: [],
    error: null,
  };
}

function versionOf(plan: Found): string | null {
  return 'plan' in plan ? plan.plan.plugin.version : null;
}

function plansView(all: readonly Planned<Found>[], name: string, order: Order): View {
  const absent = all.filter(({ plan }) => 'absent' in plan);
  const there = all.filter(({ plan }) => 'plan' in plan);
  const begun = all.filter(({ plan }) => 'interrupted' in plan);
  const rows = [
    row('remove', labelsOf(there), versions(there)),
    row(
      'abandon',
      labelsOf(begun),
      `not there; a run was interrupted, or is at work still: ${some(labelsOf(begun))}`,
    ),
    row('not there', labelsOf(absent), 'left alone'),
  ].filter((one) => one !== null);
  const notes = known(
    'warning',
    by(there, ({ warnings }) => warnings),
  );
  return planView(`the removal of ${name}`, all.length, rows, notes, {
    ...order,
    changing: there.length + begun.length,
  });
}

function versions(there: readonly Planned<Found>[]): string {
  return [...by(there, ({ plugin }) => [plugin.version || 'no version'])]
    .map(([version, labels]) => `${version}: ${some(labels)}`)
    .join('; ');
}

function by(
  all: readonly Planned<Found>[],
  keysOf: (plan: RemovalPlan) => readonly string[],
): HostsBy {
  return groupHosts(
    all.map(({ label, plan }) => ({ label, keys: 'plan' in plan ? keysOf(plan.plan) : [] })),
  );
}
