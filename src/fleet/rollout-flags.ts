import { kebab } from '../cli/command.ts';
import type { Context } from '../cli/context.ts';
import { meansGroup } from '../hosts/choose.ts';
import { type Reach, reachOf } from '../hosts/reach.ts';
import { EXIT, KpluginError } from '../model/error.ts';

export interface RolloutFlags {
  readonly parallel: string;
  readonly canary: string;
  readonly maxFailures: string;
}

export type RolloutNumbers = { readonly [K in keyof RolloutFlags]: number };

/** Parses `--parallel`; throws exit 2 unless it is a number from 1 on. */
export function parallelOf(text: string): number {
  return numberOf('parallel', text, 1);
}

/** Parses the numbers of the rollout flags; throws exit 2 when one is invalid. */
export function rolloutNumbers(flags: RolloutFlags): RolloutNumbers {
  return {
    parallel: parallelOf(flags.parallel),
    canary: numberOf('canary', flags.canary, 0),
    maxFailures: numberOf('maxFailures', flags.maxFailures, 0),
  };
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

/** The settings of an operation: connection, order and limits. */
export interface OperationSettings {
  readonly reach: Reach;
  readonly numbers: RolloutNumbers;
  /** Only plan. */
  readonly dryRun: boolean;
  /** Whether a group was named: it is shown as several hosts even if it has one member. */
  readonly isGroup: boolean;
}

/** Parses the flags of an operation; throws exit 2 for an invalid number or duration. */
export function rolloutSettings(
  flags: RolloutFlags & {
    readonly host: readonly string[];
    readonly group: readonly string[];
    readonly timeout: string | undefined;
    readonly retries: string;
    readonly dryRun?: boolean;
  },
  { env }: Pick<Context, 'env'>,
): OperationSettings {
  const { dryRun = false } = flags;
  return {
    reach: reachOf(flags),
    numbers: rolloutNumbers(flags),
    dryRun,
    isGroup: meansGroup(flags, env),
  };
}
