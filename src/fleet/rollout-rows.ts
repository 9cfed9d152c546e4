import { asKpluginError, failureView } from '../cli/failure.ts';
import { errorData } from '../cli/outcome.ts';
import { bad, type Cell, good, type View, warn } from '../cli/output/view.ts';
import { HostFailure } from '../client/http/host-failure.ts';
import { afterOf } from '../deploy/change/after-failure.ts';
import { durationText } from '../model/duration.ts';
import { EXIT, type ExitCode, type KpluginError } from '../model/error.ts';
import { some } from './plan-text.ts';
import type { HostResult, SkipReason } from './rollout.ts';

export type RowState =
  | 'installed'
  | 'updated'
  | 'started again'
  | 'rolled back'
  | 'restarted'
  | 'removed'
  | 'abandoned'
  | 'pruned'
  | 'unchanged'
  | 'planned'
  | 'failed'
  | 'interrupted'
  | 'not started';

/** The result on one host, or its state before the change (`planned`). */
export interface HostRow {
  readonly label: string;
  readonly state: RowState;
  /** The version before; null when there was none, or it was not read. */
  readonly before: string | null;
  /** The version now; null when there is none; undefined when it is not known. */
  readonly after: string | null | undefined;
  /** Duration in milliseconds; null when the host was skipped. */
  readonly ms: number | null;
  /** A remark, or empty. */
  readonly note: string;
  /** The further fields of `--json`, or null. */
  readonly data: object | null;
  /** Notes for after the change; the same note of several hosts is shown once. */
  readonly notes: readonly string[];
  readonly error: KpluginError | null;
}

export const SKIP_REASONS: Readonly<Record<SkipReason, string>> = {
  'canary-failed': 'one of the first hosts failed',
  'gate-failed': 'a host got worse after the pause',
  'too-many-failures': 'too many hosts failed',
  interrupted: 'interrupted before it was its turn',
};

/** The order in which states are counted. */
const ORDER: readonly RowState[] = [
  'installed',
  'updated',
  'started again',
  'rolled back',
  'restarted',
  'removed',
  'abandoned',
  'pruned',
  'unchanged',
  'planned',
  'failed',
  'interrupted',
  'not started',
];

/** Exit codes of kplugin's own checks, which run before any change is sent. */
const SENT_NOTHING: ReadonlySet<ExitCode> = new Set([EXIT.findings, EXIT.usage, EXIT.host]);

/** The number of different errors that are shown in full. */
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
  const now = isFailure(row) ? `; ${nowWords(row)}` : '';
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

function nowWords({ after }: HostRow): string {
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

/** The row of a host that was changed (built by `done`), failed or was skipped; `before`: its version before. */
export function rowOf<T>(
  label: string,
  before: string | null,
  end: HostResult<T>,
  done: (label: string, value: T) => HostRow,
  interrupt: AbortSignal | null,
): HostRow {
  if (end.state === 'done') return { ...done(label, end.value), ms: end.ms };
  const row = { label, before, after: before, data: null, notes: [], error: null };
  if (end.state === 'not-started') {
    return { ...row, state: 'not started', ms: null, note: SKIP_REASONS[end.why] };
  }
  const error = asKpluginError(end.error, interrupt);
  const after = afterOf(error);
  // The version now is in a column of its own, so the reason is more useful than the message.
  const cause = after === null || !after.known ? error.message : (error.reason ?? error.message);
  const [first = ''] = cause.split('\n');
  return {
    ...row,
    state: error.exit === EXIT.interrupted ? 'interrupted' : 'failed',
    after: versionAfter(error, before),
    ms: end.ms,
    note: withoutLabel(first, label),
    error,
  };
}

/** The version on the host after a failure; undefined when it is not known. */
function versionAfter(error: KpluginError, before: string | null): string | null | undefined {
  const after = afterOf(error);
  if (after?.known === true) return after.version;
  const isAsBefore =
    after === null
      ? !(error instanceof HostFailure) && SENT_NOTHING.has(error.exit)
      : after.state === 'untouched';
  return isAsBefore && before !== null ? before : undefined;
}

/** One host in `--json`. */
export function rowData(row: HostRow): object {
  const { label, state, before, after, ms, note, data, error } = row;
  return {
    host: label,
    ok: error === null && state !== 'not started',
    state,
    before,
    after: after ?? null,
    ms: ms === null ? null : Math.round(ms),
    note,
    ...data,
    error: error && errorData(error),
  };
}

/** The number of rows in each state, in the order of {@link ORDER}. */
export function countStates(rows: readonly HostRow[]): ReadonlyMap<RowState, number> {
  const counts = new Map<RowState, number>();
  for (const state of ORDER) {
    const count = rows.filter((row) => row.state === state).length;
    if (count > 0) counts.set(state, count);
  }
  return counts;
}

/**
 * Removes the host's label, which the row already has, from `edge1:9081: nothing listens` or `nothing listens on
 * edge1:9081`.
 */
export function withoutLabel(text: string, label: string): string {
  return text.replace(`${label}: `, '').replace(` on ${label}`, '').replace(`${label} `, '');
}
