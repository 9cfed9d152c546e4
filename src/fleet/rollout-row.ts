import type { KpluginError } from '../model/error.ts';
import type { SkipReason } from './host-result.ts';

export type RowState =
  | 'installed'
  | 'updated'
  | 'started again'
  | 'rolled back'
  | 'restarted'
  | 'removed'
  | 'abandoned'
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
  'too-many-failures': 'too many hosts failed',
  interrupted: 'interrupted before it was its turn',
};

/** The number of rows in each state, in the order of {@link RowState}. */
export function countStates(rows: readonly HostRow[]): ReadonlyMap<RowState, number> {
  const counts = new Map<RowState, number>();
  for (const state of ORDER) {
    const count = rows.filter((row) => row.state === state).length;
    if (count > 0) counts.set(state, count);
  }
  return counts;
}

const ORDER: readonly RowState[] = [
  'installed',
  'updated',
  'started again',
  'rolled back',
  'restarted',
  'removed',
  'abandoned',
  'unchanged',
  'planned',
  'failed',
  'interrupted',
  'not started',
];

/**
 * Removes the host's label, which the row already has, from `edge1:9081: nothing listens` or `nothing listens on
 * edge1:9081`.
 */
export function withoutLabel(text: string, label: string): string {
  return text.replace(`${label}: `, '').replace(` on ${label}`, '').replace(`${label} `, '');
}
