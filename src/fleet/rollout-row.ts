import type { KpluginError } from '../model/error.ts';
import type { LeftAlone } from './host-end.ts';

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

/** How it stands with one host at the end, or before anything was done (`planned`). */
export interface HostRow {
  readonly label: string;
  readonly state: RowState;
  /** The version that the host had; null when it had none, or was not asked. */
  readonly before: string | null;
  /** The version that the host has now; null when it has none; undefined when that is not known. */
  readonly after: string | null | undefined;
  /** Milliseconds of work; null when there was none. */
  readonly ms: number | null;
  /** A clause; empty when there is nothing to add. */
  readonly note: string;
  /** What `--json` tells about it; null when nothing was done or learned. */
  readonly data: object | null;
  /** What is to be known about it afterwards; clauses that many hosts may have in common. */
  readonly notes: readonly string[];
  readonly error: KpluginError | null;
}

export const LEFT_ALONE: Readonly<Record<LeftAlone, string>> = {
  'canary-failed': 'one of the first hosts failed',
  'too-many-failures': 'too many hosts failed',
  interrupted: 'interrupted before it was its turn',
};

/** How many rows are in each state that occurs, in the order of {@link RowState}. */
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

/** `edge1:9081: nothing listens` and `nothing listens on edge1:9081` without the name, which the row has already. */
export function withoutLabel(text: string, label: string): string {
  return text.replace(`${label}: `, '').replace(` on ${label}`, '').replace(`${label} `, '');
}
