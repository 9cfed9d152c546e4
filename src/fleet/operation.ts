import type { View } from '../cli/output/view.ts';
import type { HostConnection } from '../client/connection.ts';
import type { HostClient } from '../client/host-client.ts';
import type { HostEffects } from './at-host.ts';
import type { Order } from './plan-lines.ts';
import type { HostRow } from './rollout-row.ts';

/** What a command does on a host, whatever the number of hosts. */
export interface Operation<P, R> {
  /** Reads the host, and says what would be done there; changes nothing. */
  plan(client: HostClient, effects: HostEffects): Promise<P>;
  /** What it comes to where the host is as it shall be, so that it is left alone; null where there is something to do. */
  settled(plan: P): R | null;
  /** Does what was agreed to; throws where the host is no longer as it was planned for. */
  apply(client: HostClient, plan: P, effects: HostEffects): Promise<R>;
  /** Throws what is wrong with all plans together; left out: nothing ever is. */
  refuse?(all: readonly Planned<P>[], failed: number): void;
  /** Asks once for all hosts that change; throws exit 2 when the answer is no. */
  ask(changing: readonly Planned<P>[]): Promise<void>;
}

/** A host, and what would be done there. */
export interface Planned<P> {
  readonly host: HostConnection;
  readonly label: string;
  readonly plan: P;
}

/** How an operation is shown. */
export interface OperationView<P, R> {
  /** The version that a host has; null when it has none. */
  versionOf(plan: P): string | null;
  /** The row of a host under --dry-run. */
  planRow(label: string, plan: P): HostRow;
  doneRow(label: string, done: R): HostRow;
  /** The plan for several hosts. */
  plans(all: readonly Planned<P>[], order: Order): View;
  /** What is said of a plan for one host before it is done, a line each: what it does beside what was asked for. */
  before(plan: P): readonly string[];
  /** One host under --dry-run. */
  planned(plan: P, host: string): View;
  /** One host on which it was done. */
  done(done: R, host: string): View;
  /** What to type after it was done on a host. */
  next(host: string, done: R): readonly string[];
  /** How to go on where not every host has it; left out: by the same command. */
  again?(bad: readonly HostRow[]): string;
}

/** How it stands with a host: its row, and what is known of it. */
export interface Shown<P, R> {
  readonly row: HostRow;
  readonly plan: P | null;
  readonly done: R | null;
}
