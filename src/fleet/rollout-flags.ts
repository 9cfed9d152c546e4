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

/** How many hosts are worked on at a time; throws exit 2 for anything but a number from 1 on. */
export function parallelOf(text: string): number {
  return numberOf('parallel', text, 1);
}

/** The numbers of the flags for many hosts; throws exit 2 for anything else. */
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

/** How an operation goes: how its hosts are asked, in which order, and how far. */
export interface OperationSettings {
  readonly reach: Reach;
  readonly numbers: RolloutNumbers;
  /** Stop after the plan. */
  readonly dryRun: boolean;
  /** Whether a group was named: that is several hosts, whatever is in it. */
  readonly isGroup: boolean;
}

/** How an operation goes by its flags; throws exit 2 for what is no number and no duration. */
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
