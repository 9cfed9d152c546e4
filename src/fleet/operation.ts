import type { View } from '../cli/output/view.ts';
import type { HostConnection } from '../client/connection.ts';
import type { HostClient } from '../client/host-client.ts';
import type { HostEffects } from './at-host.ts';
import type { Order } from './plan-lines.ts';
import type { HostRow } from './rollout-row.ts';

/** A change that a command makes on one or several hosts. */
export interface Operation<P, R> {
  /** Reads the host and plans the change; sends no change. */
  plan(client: HostClient, effects: HostEffects): Promise<P>;
  /** The result if the host needs no change, so that it is skipped; else null. */
  settled(plan: P): R | null;
  /** Applies the plan; throws when the host has changed since it was made. */
  apply(client: HostClient, plan: P, effects: HostEffects): Promise<R>;
  /** Throws for errors that concern all plans together. */
  refuse?(all: readonly Planned<P>[], failed: number): void;
  /** Asks once for consent to change these hosts; throws exit 2 when it is denied. */
  ask(changing: readonly Planned<P>[]): Promise<void>;
}

/** A host and its plan. */
export interface Planned<P> {
  readonly host: HostConnection;
  readonly label: string;
  readonly plan: P;
}

/** How an operation is shown. */
export interface OperationView<P, R> {
  /** The version on the host before the change; null when it has none. */
  versionOf(plan: P): string | null;
  /** The row of a host under `--dry-run`. */
  planRow(label: string, plan: P): HostRow;
  doneRow(label: string, done: R): HostRow;
  /** The plan for several hosts. */
  plans(all: readonly Planned<P>[], order: Order): View;
  /** The lines that are printed before a change of a single host: side effects of the plan. */
  before(plan: P): readonly string[];
  /** A single host under `--dry-run`. */
  planned(plan: P, host: string): View;
  /** A single host after the change. */
  done(done: R, host: string): View;
  /** Commands to run next. */
  next(host: string, done: R): readonly string[];
  /** The hint to complete the operation after some hosts failed; left out: run the same command again. */
  again?(bad: readonly HostRow[]): string;
}

/** The state of a host: its row, its plan and its result. */
export interface Shown<P, R> {
  readonly row: HostRow;
  readonly plan: P | null;
  readonly done: R | null;
}
