import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Row, Sample } from '../sample.ts';
import type { Collector } from './collector.ts';
import { send } from './sender.ts';

/** Longer than eKuiper waits for the answer of a function. */
const ROW_LIMIT = 9_000;
/** For a source whose rows are slow, and for what an update takes. */
const SOURCE_LIMIT = 20_000;
const POLL = 50;
/** Between the rows for a sink. */
const ROW_PACE = 300;

export interface Way {
  readonly host: URL;
  readonly collector: Collector;
  /** The file that a sink appends to. */
  readonly file: string;
}

/** Brings rows through the sample's rule: `right`, or what came instead. */
export async function watchRows(sample: Sample, way: Way): Promise<string> {
  const before = came(sample, way).length;
  const after = (): readonly Row[] => came(sample, way).slice(before);
  switch (sample.use.kind) {
    case 'source':
      return fromSource(sample.use.least, after);
    case 'function':
      return throughFunction(sample.use, after, (row) => send(way.host, `/kpv/${sample.id}`, row));
    case 'sink':
      return toSink(sample.use.rows, after, (row) => send(way.host, `/kpv/${sample.id}`, row));
  }
}

async function fromSource(least: number, came: () => readonly Row[]): Promise<string> {
  const rows = await until(came, least, SOURCE_LIMIT);
  if (rows.length < least) return `${rows.length} rows in ${SOURCE_LIMIT / 1000} s`;
  return rows.every((row) => 'a' in row) ? 'right' : 'a row without its field';
}

async function throughFunction(
  { rows, gives, pauseMs = 0 }: Extract<Sample['use'], { kind: 'function' }>,
  came: () => readonly Row[],
  push: (row: Row) => Promise<void>,
): Promise<string> {
  for (const [index, row] of rows.entries()) {
    await sleep(pauseMs);
    await push(row);
    const got = (await until(came, index + 1, ROW_LIMIT))[index];
    if (got === undefined) return `row ${index + 1}: nothing`;
    if (!isDeepStrictEqual(got['v'], gives(row)))
      return `row ${index + 1}: ${JSON.stringify(got['v'])?.slice(0, 80)}`;
  }
  return 'right';
}

async function toSink(
  rows: readonly Row[],
  came: () => readonly Row[],
  push: (row: Row) => Promise<void>,
): Promise<string> {
  for (const row of rows) {
    await push(row);
    await sleep(ROW_PACE);
  }
  const got = await until(came, rows.length, ROW_LIMIT);
  if (got.length < rows.length) return `${got.length} of ${rows.length} rows`;
  return isDeepStrictEqual(
    got.map(({ a }) => a),
    rows.map(({ a }) => a),
  )
    ? 'right'
    : 'other rows';
}

/** After an update: the first rows may be lost, but then all come. */
export async function watchAfterUpdate(sample: Sample, way: Way): Promise<string> {
  const end = performance.now() + 30_000;
  for (;;) {
    const seen = await watchRows(sample, way);
    if (seen === 'right' || performance.now() > end) return seen;
  }
}

function came({ use, id }: Sample, { collector, file }: Way): readonly Row[] {
  if (use.kind !== 'sink') return collector.rows(id);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Row);
}

async function until(
  look: () => readonly Row[],
  count: number,
  limit: number,
): Promise<readonly Row[]> {
  const end = performance.now() + limit;
  for (;;) {
    const rows = look();
    if (rows.length >= count || performance.now() > end) return rows;
    await sleep(POLL);
  }
}
