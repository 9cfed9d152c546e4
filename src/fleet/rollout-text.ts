import { failureText } from '../cli/failure.ts';
import type { Style } from '../cli/output/style.ts';
import { trimmedTable } from '../cli/output/table.ts';
import { afterOf } from '../deploy/change/after-state.ts';
import { durationText } from '../model/duration.ts';
import { some } from './plan-lines.ts';
import { countStates, type HostRow, type RowState } from './rollout-row.ts';

const DETAILS_SHOWN = 8;

type FailedRow = Pick<HostRow, 'label' | 'error'>;

/** The table of a rollout, a line that counts, and what went wrong, the same words only once. */
export function rolloutText(rows: readonly HostRow[], style: Style, verbose: boolean): string {
  const withNow = rows.some(isFailure);
  const table = trimmedTable([
    ['HOST', 'VERSION', 'STATE', ...(withNow ? ['NOW'] : []), 'TIME', ''].map(style.dim),
    ...rows.map((row) => [
      row.label,
      versionText(row),
      paint(row.state, style),
      ...(withNow ? [nowText(row, style)] : []),
      row.ms === null ? '' : durationText(row.ms),
      row.note,
    ]),
  ]);
  return `${table}\n${countText(rows)}\n${failuresText(rows, style, verbose)}`;
}

/** One host's line while the others are still at work. */
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

/** `1.0.0 → 1.1.0`, `1.0.0` where nothing changed, `– → 1.1.0` for a new plugin; of a failure what there was before. */
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

/** The version that a host has now; red where what ran before could not be put back. */
function nowText({ state, before, after, error }: HostRow, style: Style): string {
  const now = state === 'planned' ? before : after;
  const text = now === undefined ? 'not known' : (now ?? 'none') || '?';
  return error !== null && afterOf(error)?.state === 'lost' ? style.red(text) : text;
}

function paint(state: RowState, style: Style): string {
  if (state === 'failed' || state === 'interrupted') return style.red(state);
  if (state === 'not started') return style.yellow(state);
  return state === 'unchanged' || state === 'planned' ? state : style.green(state);
}

/** What went wrong on hosts, each in full, the same words only once with the hosts they are about. */
export function failuresText(rows: readonly FailedRow[], style: Style, verbose: boolean): string {
  const groups = new Map<string, { first: FailedRow; labels: string[] }>();
  for (const row of rows) {
    if (row.error === null) continue;
    const { message, reason, hint, notes } = row.error;
    const key = [message, reason ?? '', hint, ...notes].join('\n').replaceAll(row.label, '');
    const group = groups.get(key) ?? { first: row, labels: [] };
    group.labels.push(row.label);
    groups.set(key, group);
  }
  const all = [...groups.values()];
  const shown = all.slice(0, DETAILS_SHOWN).map(({ first, labels }) => {
    const also = labels.slice(1);
    const text = first.error === null ? '' : failureText(first.error, style, verbose);
    return `\n${text}${also.length > 0 ? `  the same on ${some(also)}\n` : ''}`;
  });
  const more = all.length - shown.length;
  return shown.join('') + (more > 0 ? `\nand ${more} other failures: --json tells all\n` : '');
}
