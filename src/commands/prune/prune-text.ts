import { count, sizeText } from '../../cli/output/number-text.ts';
import { bold, type Cell, good, type View } from '../../cli/output/view.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import {
  bytesOf,
  type Pruned,
  type PrunePlan,
  type UnneededUpload,
} from '../../deploy/plugins/prune.ts';
import type { OperationView, Planned } from '../../fleet/operation.ts';
import { known, type Order, planView, row } from '../../fleet/plan-text.ts';
import type { HostRow } from '../../fleet/rollout-rows.ts';
import { shellWord } from '../../model/shell-word.ts';

/** How the pruning of uploads is shown. */
export function pruneView(plugin: string | null): OperationView<PrunePlan, Pruned> {
  return {
    versionOf: () => null,
    planRow: (label, plan) => ({
      ...rowBase(label),
      state: 'planned',
      note: `remove ${amount(plan.unneeded)}`,
      notes: stayNotes(plan),
      data: dataOf(plan, [], plugin),
    }),
    doneRow: (label, { plan, removed }) => ({
      ...rowBase(label),
      state: removed.length === 0 ? 'unchanged' : 'pruned',
      note: removed.length === 0 ? nothing(plugin) : amount(removed),
      notes: stayNotes(plan),
      data: dataOf(plan, removed, plugin),
    }),
    plans: (all, order) => plansView(all, plugin, order),
    before: (plan) =>
      plan.unneeded.length === 0 ? [] : ['no release needs:', ...lines(plan.unneeded)],
    planned: (plan, host) => plannedView(plan, host, plugin),
    done: ({ plan, removed }, host) => doneView(plan, removed, host, plugin),
    next: (host) => [`kplugin history --host ${shellWord(host)}`],
  };
}

/** `3 uploads (12 MB)`; `at least` where the size of some is not known. */
export function amount(uploads: readonly UnneededUpload[]): string {
  const bytes = bytesOf(uploads);
  const isPart = uploads.some(({ size }) => size === null);
  const size = bytes === null ? '' : ` (${isPart ? 'at least ' : ''}${sizeText(bytes)})`;
  return `${count(uploads.length, 'upload')}${size}`;
}

function lines(uploads: readonly UnneededUpload[]): string[] {
  return uploads.map(
    ({ name, size }) => `  ${plainLine(name)}${size === null ? '' : ` (${sizeText(size)})`}`,
  );
}

function nothing(plugin: string | null): string {
  return `every upload of kplugin${plugin === null ? '' : ` for ${plugin}`} is needed`;
}

function stayNotes({ unfinished }: PrunePlan): string[] {
  return unfinished.map(
    (name) =>
      `all uploads of ${plainLine(name)} stay: a change of it was interrupted, or is in progress`,
  );
}

function plannedView(plan: PrunePlan, host: string, plugin: string | null): View {
  if (plan.unneeded.length === 0) return doneView(plan, [], host, plugin);
  return {
    title: [good('would remove'), ' ', bold(amount(plan.unneeded)), ` from ${host}`],
    lines: [...lines(plan.unneeded), ...stayNotes(plan)],
    below: ['nothing was sent'],
  };
}

function doneView(
  plan: PrunePlan,
  removed: readonly UnneededUpload[],
  host: string,
  plugin: string | null,
): View {
  const title: Cell =
    removed.length === 0
      ? `unchanged: ${nothing(plugin)} on ${host} (${plan.kept})`
      : [good('removed'), ' ', bold(amount(removed)), ` from ${host}; ${plan.kept} stay`];
  return { title, lines: [...lines(removed), ...stayNotes(plan)] };
}

function plansView(all: readonly Planned<PrunePlan>[], plugin: string | null, order: Order): View {
  const changing = all.filter(({ plan }) => plan.unneeded.length > 0);
  const uploads = changing.flatMap(({ plan }) => plan.unneeded);
  const left = all.filter((one) => !changing.includes(one)).map(({ label }) => label);
  const rows = [
    row(
      'remove',
      changing.map(({ label }) => label),
      amount(uploads),
    ),
    row('unchanged', left, nothing(plugin)),
  ].filter((one) => one !== null);
  const stay = new Map<string, string[]>();
  for (const { label, plan } of all) {
    for (const note of stayNotes(plan)) stay.set(note, [...(stay.get(note) ?? []), label]);
  }
  const what = `the removal of uploads${plugin === null ? '' : ` of ${plugin}`}`;
  return planView(what, all.length, rows, known('note', stay), {
    ...order,
    changing: changing.length,
  });
}

function rowBase(label: string): Omit<HostRow, 'state' | 'note' | 'data' | 'notes'> {
  return { label, before: null, after: null, ms: null, error: null };
}

function dataOf(
  plan: PrunePlan,
  removed: readonly UnneededUpload[],
  plugin: string | null,
): object {
  const { info, unneeded, unfinished, kept } = plan;
  const pruned = removed.map(({ name }) => name);
  return { ekuiper: info.version, plugin, unneeded, unfinished, kept, pruned };
}
