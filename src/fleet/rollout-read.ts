import type { Context } from '../cli/context.ts';
import { errorData } from '../cli/envelope.ts';
import { asKpluginError } from '../cli/failure.ts';
import type { Outcome } from '../cli/outcome.ts';
import type { Style } from '../cli/output/style.ts';
import type { Clock } from '../client/clock.ts';
import type { HostConnection } from '../client/connection.ts';
import type { HostClient } from '../client/host-client.ts';
import { reachOf } from '../hosts/reach.ts';
import { KpluginError } from '../model/error.ts';
import type { Ended } from './host-end.ts';
import { atHost } from './rollout-at-host.ts';
import { parallelOf } from './rollout-flags.ts';
import { readEach } from './rollout-look.ts';
import { exitOf } from './rollout-outcome.ts';
import { withoutLabel } from './rollout-row.ts';
import { failuresText } from './rollout-text.ts';

/** What was read of one host; `found` is null where it could not be. */
export interface ReadRow<T> {
  readonly label: string;
  readonly found: T | null;
  /** Why it could not be read, or what is wrong with what was read. */
  readonly error: KpluginError | null;
  /** Milliseconds. */
  readonly ms: number;
}

/** What a command reads of each of many hosts. */
export interface HostRead<T> {
  read(client: HostClient, clock: Clock): Promise<T>;
  /** What is wrong with what was read, as one host alone would end with it; left out: nothing ever is. */
  verdict?(found: T, host: string): KpluginError | null;
  /** What one host alone tells programs. */
  data(found: T, host: string): object;
  /** All hosts for people, those that could not be read as well. */
  human(rows: readonly ReadRow<T>[], style: Style): string;
  next?(found: T, host: string): readonly string[];
  /** `running`, `dead`: what is counted; left out: `read`. */
  state?(found: T): string;
}

interface ReadFlags {
  readonly timeout: string | undefined;
  readonly retries: string;
  readonly parallel: string;
}

const NEXT_SHOWN = 5;

/** Reads several hosts; the outcome lists each, and fails where one could not be read or something is wrong. */
export async function readMany<T>(
  named: readonly HostConnection[],
  work: HostRead<T>,
  flags: ReadFlags,
  context: Context,
): Promise<Outcome> {
  const settings = { reach: reachOf(flags), parallel: parallelOf(flags.parallel) };
  const look = await readEach(
    named,
    settings,
    (at) => atHost(at, (client, { clock }) => work.read(client, clock)),
    context,
  );
  context.signal.throwIfAborted();
  const rows = look.map((one) => rowOf(one, work));
  const error = failureOf(rows, work);
  const next = rows.flatMap(({ label, found }) =>
    found === null ? [] : (work.next?.(found, label) ?? []),
  );
  return {
    data: {
      counts: Object.fromEntries(countsOf(rows, work)),
      hosts: rows.map((row) => rowData(row, work)),
    },
    human: (style) => text(rows, work, style, context.globals.verbose),
    ...(error === null ? { next: next.slice(0, NEXT_SHOWN) } : { error }),
  };
}

function rowOf<T>({ host, end }: Ended<HostConnection, T>, work: HostRead<T>): ReadRow<T> {
  const { label } = host;
  if (end.state === 'done') {
    const { value, ms } = end;
    return { label, found: value, error: work.verdict?.(value, label) ?? null, ms };
  }
  // Without an interrupt each is begun.
  const thrown = end.state === 'failed' ? end.error : new Error(end.why);
  return {
    label,
    found: null,
    error: asKpluginError(thrown, null),
    ms: end.state === 'failed' ? end.ms : 0,
  };
}

function rowData<T>({ label, found, error, ms }: ReadRow<T>, work: HostRead<T>): object {
  return {
    host: label,
    ok: error === null,
    ms: Math.round(ms),
    data: found === null ? null : work.data(found, label),
    error: error && errorData(error),
  };
}

/** One cell for a host that could not be read; empty for one that could. */
export function failedCell<T>({ label, found, error }: ReadRow<T>, style: Style): string {
  if (found !== null || error === null) return '';
  const [first = ''] = error.message.split('\n');
  return style.red(`failed: ${withoutLabel(first, label)}`);
}

function text<T>(rows: readonly ReadRow<T>[], work: HostRead<T>, style: Style, verbose: boolean) {
  return `${work.human(rows, style)}${countText(rows, work)}\n${failuresText(rows, style, verbose)}`;
}

/** `12 hosts: 10 running, 1 dead, 1 failed`. */
function countText<T>(rows: readonly ReadRow<T>[], work: HostRead<T>): string {
  const parts = [...countsOf(rows, work)].map(([state, count]) => `${count} ${state}`);
  return `${rows.length} ${rows.length === 1 ? 'host' : 'hosts'}: ${parts.join(', ')}`;
}

function countsOf<T>(rows: readonly ReadRow<T>[], work: HostRead<T>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { found } of rows) {
    const state = found === null ? 'failed' : (work.state?.(found) ?? 'read');
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}

function failureOf<T>(rows: readonly ReadRow<T>[], work: HostRead<T>): KpluginError | null {
  const wrong = rows.filter(({ error }) => error !== null);
  const [first] = wrong;
  if (first === undefined || first.error === null) return null;
  return new KpluginError({
    code: 'not-on-every-host',
    exit: exitOf(wrong),
    message: `not on every host: ${countText(rows, work)}`,
    hint: first.error.hint,
  });
}
