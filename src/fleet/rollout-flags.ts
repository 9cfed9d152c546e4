import { kebab } from '../cli/command.ts';
import type { HostConnection } from '../client/connection.ts';
import { EXIT, KpluginError } from '../model/error.ts';

/** Whether it is a rollout: a group is many hosts whatever is in it, so that programs get the same form. */
export function isMany(
  hosts: readonly HostConnection[],
  { group }: { readonly group: readonly string[] },
): boolean {
  return hosts.length > 1 || group.length > 0;
}

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
