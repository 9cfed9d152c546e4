import { kebab } from '../cli/command.ts';
import type { Context } from '../cli/context.ts';
import type { View } from '../cli/output/view.ts';
import type { HostClient, HostConnection } from '../client/host-client.ts';
import type { SecondLook } from '../deploy/change/second-look.ts';
import { meansGroup } from '../hosts/choose.ts';
import { type Reach, reachOf } from '../hosts/open-connection.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import type { HostEffects } from './at-hosts.ts';
import { type Gates, gatesOf } from './gates.ts';
import type { Order } from './plan-text.ts';
import type { HostRow } from './rollout-rows.ts';

/** A change that a command makes on one or several hosts. */
export interface Operation<P, R> {
  /** Reads the host and plans the change; sends no change. */
  plan(client: HostClient, effects: HostEffects): Promise<P>;
  /** The result if the host needs no change, so that it is skipped; else null. */
  settled(plan: P): R | null;
  /** Applies the plan; throws when the host has changed since it was made. */
  apply(client: HostClient, plan: P, effects: HostEffects): Promise<R>;
  /** For gates: looks at a host that is done; left out: the operation has no gates. */
  look?(client: HostClient, done: R): Promise<SecondLook>;
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

type RolloutNumbers = { readonly [K in keyof RolloutFlags]: number };

/** The settings of an operation: connection, order and limits. */
export interface OperationSettings {
  readonly reach: Reach;
  readonly numbers: RolloutNumbers;
  /** Only plan. */
  readonly dryRun: boolean;
  /** Whether a plan with something to do has an exit code of its own. */
  readonly detailedExit: boolean;
  readonly gates: Gates;
  /** Whether a group was named: it is shown as several hosts even if it has one member. */
  readonly isGroup: boolean;
}

interface RolloutFlags {
  readonly parallel: string;
  readonly canary: string;
  readonly maxFailures: string;
}

/** Parses the flags of an operation; throws exit 2 for an invalid number or duration. */
export function rolloutSettings(
  flags: RolloutFlags & {
    readonly host: readonly string[];
    readonly group: readonly string[];
    readonly timeout: string | undefined;
    readonly retries: string;
    readonly dryRun?: boolean;
    readonly detailedExitcode?: boolean;
    readonly pause?: string | undefined;
    readonly batches?: readonly string[];
  },
  { env }: Pick<Context, 'env'>,
): OperationSettings {
  const { dryRun = false, detailedExitcode: detailedExit = false } = flags;
  if (detailedExit && !dryRun) throw onlyPlanned();
  return {
    reach: reachOf(flags),
    numbers: rolloutNumbers(flags),
    dryRun,
    detailedExit,
    gates: gatesOf(flags),
    isGroup: meansGroup(flags, env),
  };
}

function onlyPlanned(): KpluginError {
  return new KpluginError({
    code: 'detailed-exitcode-alone',
    exit: EXIT.usage,
    message: '--detailed-exitcode is for --dry-run',
    hint: 'add --dry-run, or leave it out',
  });
}

/** Parses the numbers of the rollout flags; throws exit 2 when one is invalid. */
function rolloutNumbers(flags: RolloutFlags): RolloutNumbers {
  return {
    parallel: parallelOf(flags.parallel),
    canary: numberOf('canary', flags.canary, 0),
    maxFailures: numberOf('maxFailures', flags.maxFailures, 0),
  };
}

/** Parses `--parallel`; throws exit 2 unless it is a number from 1 on. */
export function parallelOf(text: string): number {
  return numberOf('parallel', text, 1);
}

function numberOf(name: keyof RolloutFlags, text: string, least: number): number {
  const number = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  const flag = `--${kebab(name)}`;
  throw new KpluginError({
    code: 'bad-number',
    exit: EXIT.usage,
    message: `"${text}" is not a number of hosts for ${flag}`,
    hint: `write ${flag} ${least === 0 ? '0 or more' : '1 or more'}, in digits`,
  });
}
