import type { Tree } from '../fixtures/tree.ts';

/** A row that goes into eKuiper, or comes out of it. */
export type Row = Readonly<Record<string, unknown>>;

/** How a sample is used by a rule, and what a right plugin makes of it. */
export type Use = FunctionUse | SourceUse | SinkUse;

/** Each of the rows gives a row with `v`, which is `gives` of it. */
interface FunctionUse {
  readonly kind: 'function';
  /** The expression of SQL, with a field `a`. */
  readonly call: string;
  readonly rows: readonly Row[];
  readonly gives: (row: Row) => unknown;
  /** Milliseconds between the rows. */
  readonly pauseMs?: number;
}

/** It sends at least so many rows with a field `a`. */
interface SourceUse {
  readonly kind: 'source';
  readonly least: number;
}

/** All rows arrive in the file that the sink appends to (`path` of its settings). */
interface SinkUse {
  readonly kind: 'sink';
  readonly rows: readonly Row[];
  readonly settings?: Row;
}

/** A small plugin, healthy or broken in one way. Its symbol has the name of the plugin. */
export interface Sample {
  /** Also the name of the plugin. */
  readonly id: string;
  /** What it does, in a few words: the row of docs/verdicts.md. */
  readonly does: string;
  readonly language: 'python' | 'typescript' | 'go' | 'shell';
  readonly use: Use;
  readonly files: Tree;
}

/** The rows that functions and sinks get. */
export const ROWS: readonly Row[] = ['x', 'y', 'z', 'ä', 'long '.repeat(30)].map((a) => ({ a }));

/** The manifest of a sample. */
export function manifestOf(
  id: string,
  kind: Use['kind'],
  more: Readonly<Record<string, unknown>>,
): string {
  const symbols = { sources: [], sinks: [], functions: [], [`${kind}s`]: [id] };
  return JSON.stringify({
    version: '1.0.0',
    language: 'python',
    executable: 'main.py',
    ...symbols,
    ...more,
  });
}

/** How a sample is used when nothing else is said: a function gives its argument back. */
export function usualUse(kind: Use['kind'], id: string): Use {
  if (kind === 'source') return { kind, least: 3 };
  if (kind === 'sink') return { kind, rows: ROWS };
  return { kind, call: `${id}(a)`, rows: ROWS, gives: ({ a }) => a };
}
