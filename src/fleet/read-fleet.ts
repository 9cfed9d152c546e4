import type { Context } from '../cli/context.ts';
import { asKpluginError } from '../cli/failure.ts';
import { errorData, type Outcome } from '../cli/outcome.ts';
import {
  bad,
  bold,
  type Cell,
  titled,
  type View,
  type Views,
  viewList,
} from '../cli/output/view.ts';
import type { Clock } from '../client/clock.ts';
import type { HostClient, HostConnection } from '../client/host-client.ts';
import { meansGroup } from '../hosts/choose.ts';
import { type Reach, reachOf } from '../hosts/open-connection.ts';
import { type HostFlagValues, resolveHosts } from '../hosts/resolve.ts';
import { KpluginError } from '../model/error.ts';
import { atHost, readEach } from './at-hosts.ts';
import { parallelOf } from './operation.ts';
import type { HostResult } from './rollout.ts';
import { exitOf } from './rollout-outcome.ts';
import { failureViews, withoutLabel } from './rollout-rows.ts';

/** The hosts to read, and how. */
interface Fleet {
  readonly hosts: readonly HostConnection[];
  /** True for one host that is not named by a group: its view is shown without a table. */
  readonly isAlone: boolean;
  readonly reach: Reach;
  /** How many hosts are read at a time. */
  readonly parallel: number;
}

/** The parameters for reading one host. */
interface HostVisit {
  readonly connection: HostConnection;
  readonly clock: Clock;
  /** A context whose messages are shown for this host. */
  readonly context: Context;
}

/** The result of reading one host; `found` is null when it could not be read. */
export interface ReadRow<T> {
  readonly label: string;
  readonly found: T | null;
  /** Why it could not be read, or a problem with what was read. */
  readonly error: KpluginError | null;
  /** Milliseconds. */
  readonly ms: number;
}

/** The result for a host that could be read. */
export interface FoundRow<T> extends ReadRow<T> {
  readonly found: T;
}

/** How a command reads one host and shows the result. */
export interface HostRead<T> {
  read(client: HostClient, visit: HostVisit): Promise<T>;
  /** Returns the error with which the command ends for this host alone, or null; left out: always null. */
  verdict?(found: T, host: string): KpluginError | null;
  /** The fields of this host in `--json`, besides `host`, `ok`, `ms` and `error`. */
  data(found: T): object;
  /** The view of a single host. */
  one(found: T, host: string): Views;
  /**
   * The view of several hosts, including those that could not be read; left out: the view of each host below its name.
   */
  many?(rows: readonly ReadRow<T>[]): Views;
  /** Commands to run next; not called when there is an error. */
  next?(rows: readonly FoundRow<T>[]): readonly string[];
  /** The state that is counted, such as `running` or `dead`; left out: `read`. */
  state?(found: T): string;
}

/** The flags of a command that reads hosts. */
type ReadFlags = HostFlagValues & {
  readonly group: readonly string[];
  readonly parallel: string;
};

const NEXT_SHOWN = 5;

/**
 * The hosts of flags, environment or `kplugin host use`. Throws exit 2 like `resolveHosts`, and for invalid numbers.
 */
export function fleetOf(flags: ReadFlags, context: Context): Fleet {
  return fleetWith(resolveHosts(flags, context), flags, reachOf(flags), context);
}

/** The settings to read these hosts. Throws exit 2 for an invalid `--parallel`. */
export function fleetWith(
  hosts: readonly HostConnection[],
  flags: Pick<ReadFlags, 'host' | 'group' | 'parallel'>,
  reach: Reach,
  { env }: Pick<Context, 'env'>,
): Fleet {
  const isAlone = hosts.length === 1 && !meansGroup(flags, env);
  return { hosts, isAlone, reach, parallel: parallelOf(flags.parallel) };
}

/**
 * Reads one host or several. The outcome lists each host; it has an error when a host could not be read or has a
 * problem.
 */
export async function readFleet<T>(
  fleet: Fleet,
  work: HostRead<T>,
  context: Context,
): Promise<Outcome> {
  const rows = await readRows(fleet, work, context);
  const found = rows.filter(isFound);
  const { verbose } = context.globals;
  return {
    data: { counts: Object.fromEntries(countsOf(rows, work)), hosts: hostsData(rows, work) },
    view: () =>
      fleet.isAlone
        ? found.flatMap((row) => viewList(work.one(row.found, row.label)))
        : viewsOfMany(rows, work, verbose),
    ...endOf(fleet, rows, work),
  };
}

/** The error of the command, or the next commands when there is none. */
function endOf<T>(
  fleet: Fleet,
  rows: readonly ReadRow<T>[],
  work: HostRead<T>,
): Pick<Outcome, 'next' | 'error' | 'failure'> {
  const found = rows.filter(isFound);
  const error = fleetError(fleet, rows, work);
  if (error !== null) return fleet.isAlone && found.length === 0 ? { failure: error } : { error };
  const next = work.next?.(found) ?? [];
  return { next: fleet.isAlone ? next : next.slice(0, NEXT_SHOWN) };
}

/** Reads each host once, in the given order. Throws only when it is interrupted. */
export async function readRows<T>(
  { hosts, reach, parallel }: Fleet,
  work: Pick<HostRead<T>, 'read' | 'verdict'>,
  context: Context,
): Promise<readonly ReadRow<T>[]> {
  const ends = await readEach(
    hosts,
    { reach, parallel },
    (at) =>
      atHost(at, (client, { clock }) =>
        work.read(client, {
          connection: at.host,
          clock,
          context: at.board.contextOf(at.host.label, at.context),
        }),
      ),
    context,
  );
  context.signal.throwIfAborted();
  return ends.map(({ host, end }) => rowOf(host.label, end, work));
}

function rowOf<T>(
  label: string,
  end: HostResult<T>,
  work: Pick<HostRead<T>, 'verdict'>,
): ReadRow<T> {
  if (end.state === 'done') {
    const { value, ms } = end;
    return { label, found: value, error: work.verdict?.(value, label) ?? null, ms };
  }
  // Only an interrupt skips hosts.
  const thrown = end.state === 'failed' ? end.error : new Error(end.why);
  const ms = end.state === 'failed' ? end.ms : 0;
  return { label, found: null, error: asKpluginError(thrown, null), ms };
}

function isFound<T>(row: ReadRow<T>): row is FoundRow<T> {
  return row.found !== null;
}

/** `data.hosts` of `--json`: the fields of each host; a host that could not be read has no fields of its own. */
export function hostsData<T>(
  rows: readonly ReadRow<T>[],
  work: Pick<HostRead<T>, 'data'>,
): readonly object[] {
  return rows.map(({ label, found, error, ms }) => ({
    host: label,
    ok: error === null,
    ms: Math.round(ms),
    ...(found === null ? {} : work.data(found)),
    error: error && errorData(error),
  }));
}

/** The error of the command: that of a single host, or one that counts the states of several; null without an error. */
export function fleetError<T>(
  { isAlone }: Pick<Fleet, 'isAlone'>,
  rows: readonly ReadRow<T>[],
  work: Pick<HostRead<T>, 'state'>,
): KpluginError | null {
  const wrong = rows.filter(({ error }) => error !== null);
  const first = wrong[0]?.error ?? null;
  if (first === null || isAlone) return first;
  return new KpluginError({
    code: 'not-on-every-host',
    exit: exitOf(wrong),
    message: `not on every host: ${countText(rows, work)}`,
    hint: first.hint,
  });
}

/** The cell of a host that could not be read; empty for other hosts. */
export function failedCell<T>({ label, found, error }: ReadRow<T>): Cell {
  if (found !== null || error === null) return '';
  const [first = ''] = error.message.split('\n');
  return bad(`failed: ${withoutLabel(first, label)}`);
}

function viewsOfMany<T>(
  rows: readonly ReadRow<T>[],
  work: HostRead<T>,
  verbose: boolean,
): readonly View[] {
  const each =
    work.many?.(rows) ?? rows.flatMap((row) => titled(bold(row.label), below(row, work)));
  // Problems of a host that was read are in its own view.
  const failed = work.many ? rows : rows.filter((row) => !isFound(row));
  return [...viewList(each), { lines: [countText(rows, work)] }, ...failureViews(failed, verbose)];
}

function below<T>(row: ReadRow<T>, work: HostRead<T>): Views {
  return isFound(row) ? work.one(row.found, row.label) : { lines: [failedCell(row)] };
}

/** `12 hosts: 10 running, 1 dead, 1 failed`. */
function countText<T>(rows: readonly ReadRow<T>[], work: Pick<HostRead<T>, 'state'>): string {
  const parts = [...countsOf(rows, work)].map(([state, count]) => `${count} ${state}`);
  return `${rows.length} ${rows.length === 1 ? 'host' : 'hosts'}: ${parts.join(', ')}`;
}

function countsOf<T>(
  rows: readonly ReadRow<T>[],
  work: Pick<HostRead<T>, 'state'>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { found } of rows) {
    const state = found === null ? 'failed' : (work.state?.(found) ?? 'read');
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}
