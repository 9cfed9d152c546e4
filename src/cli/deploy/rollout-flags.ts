import { EXIT, KpluginError } from '../../model/error.ts';
import { kebab } from '../command.ts';

export interface RollOutFlags {
  readonly parallel: string;
  readonly canary: string;
  readonly maxFailures: string;
}

export type RollOutNumbers = { readonly [K in keyof RollOutFlags]: number };

/** The numbers of the flags for many hosts; throws exit 2 for anything else. */
export function rollOutNumbers(flags: RollOutFlags): RollOutNumbers {
  return {
    parallel: numberOf('parallel', flags.parallel, 1),
    canary: numberOf('canary', flags.canary, 0),
    maxFailures: numberOf('maxFailures', flags.maxFailures, 0),
  };
}

function numberOf(name: keyof RollOutFlags, text: string, least: number): number {
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
