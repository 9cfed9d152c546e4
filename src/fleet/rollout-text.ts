import { failureView } from '../cli/failure.ts';
import { bad, type Cell, good, type View, warn } from '../cli/output/view.ts';
import { afterOf } from '../deploy/change/after-state.ts';
import { durationText } from '../model/duration.ts';
import type { KpluginError } from '../model/error.ts';
import { some } from './plan-lines.ts';
import { countStates, type HostRow, type RowState } from './rollout-row.ts';

const DETAILS_SHOWN = 8;

type FailedRow = Pick<HostRow, 'label' | 'error'>;

/** The table of a rollout and a line with counts. */
export function rolloutViews(rows: readonly HostRow[]): readonly View[] {
  const withNow = rows.some(isFailure);
  return [
    {
      table: {
        head: ['HOST', 'VERSION', 'STATE', ...(withNow ? ['NOW'] : []), 'TIME', ''],
        rows: rows.map((row) => [
          row.label,
          versionText(row),
          stateCell(row.state),
          ...(withNow ? [nowCell(row)] : []),
          row.ms === null ? '' : durationText(row.ms),
          row.note,
        ]),
      },
    },
    { lines: [countText(rows)] },
  ];
}

/** The result of one host, printed while others are in progress. */
export function rowText(row: HostRow): string {
  const time = row.ms === null ? '' : ` (${durationText(row.ms)})`;
  const version = versionText(row);
  const now = isFailure(row) ? `; ${hasNow(row)}` : '';
  const note = row.note === '' && now === '' ? '' : `: ${row.note}${now}`;
  return `${row.state}${version === '' ? '' : ` ${version}`}${time}${note}`;
}

/** `200 hosts: 180 updated, 15 unchanged, 2 failed, 3 not started`. */
export function countText(rows: readonly HostRow[]): string {
  const parts = [...countStates(rows)].map(([state, count]) => `${count} ${state}`);
  return `${rows.length} ${rows.length === 1 ? 'host' : 'hosts'}: ${parts.join(', ')}`;
}

/** `1.0.0 → 1.1.0`, `1.0.0` when nothing changed, `– → 1.1.0` for a new plugin; after a failure the version before. */
export function versionText({ before, after }: HostRow): string {
  const was = before === null ? '' : before || '?';
  if (after === null || after === undefined || after === before) return was;
  return `${was || '–'} → ${after || '?'}`;
}

function isFailure({ state }: HostRow): boolean {
  return state === 'failed' || state === 'interrupted';
}

function hasNow({ after }: HostRow): string {
  if (after === undefined) return 'what it has now is not known';
  return after === null ? 'it has none now' : `it has ${after || 'one without a version'} now`;
}

/** The version on the host now; red when the previous version could not be restored. */
function nowCell({ state, before, after, error }: HostRow): Cell {
  const now = state === 'planned' ? before : after;
  const text = now === undefined ? 'not known' : (now ?? 'none') || '?';
  return error !== null && afterOf(error)?.state === 'lost' ? bad(text) : text;
}

function stateCell(state: RowState): Cell {
  if (state === 'failed' || state === 'interrupted') return bad(state);
  if (state === 'not started') return warn(state);
  return state === 'unchanged' || state === 'planned' ? state : good(state);
}

/** The errors of all hosts; equal errors are shown once, with their hosts. */
export function failureViews(rows: readonly FailedRow[], verbose: boolean): readonly View[] {
  const groups = new Map<string, { error: KpluginError; labels: string[] }>();
  for (const { label, error } of rows) {
    if (error === null) continue;
    const { message, reason, hint, notes } = error;
    const key = [message, reason ?? '', hint, ...notes].join('\n').replaceAll(label, '');
    const group = groups.get(key) ?? { error, labels: [] };
    group.labels.push(label);
    groups.set(key, group);
  }
  const all = [...groups.values()];
  const shown = all.slice(0, DETAILS_SHOWN).map(({ error, labels: [, ...also] }) => {
    const view = failureView(error, verbose);
    if (also.length === 0) return view;
    return { ...view, below: [...(view.below ?? []), `  the same on ${some(also)}`] };
  });
  const more = all.length - shown.length;
  if (more === 0) return shown;
  return [...shown, { lines: [`and ${more} other failures: --json shows all`] }];
}
