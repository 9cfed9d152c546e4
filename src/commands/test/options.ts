import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FlagValues, Input } from '../../cli/command.ts';
import { durationFlag, parseTarget } from '../../cli/shared-flags.ts';
import { closest } from '../../model/closest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { ErrorCode } from '../../model/error-catalogue.ts';
import { NEWEST_TARGET, type Target } from '../../model/target.ts';
import { CHECK_NAMES, type CheckName, isCheckName } from '../../testing/checks/check.ts';
import type { CaseIdentity } from '../../testing/run-suite.ts';
import type { command } from './command.ts';

export type TestFlags = FlagValues<typeof command.flags>;

/** The options of `test`, parsed and checked. */
export interface TestOptions {
  readonly label: string;
  /** Absolute path. */
  readonly path: string;
  readonly targets: readonly Target[];
  readonly checks: readonly CheckName[];
  readonly wantsCases: boolean;
  readonly patterns: readonly string[];
  readonly symbols: readonly string[];
  readonly parallel: number;
  /** Milliseconds, both. Null: as the target is shipped. */
  readonly withinMs: number;
  readonly initMs: number | null;
}

/** Parses flags and arguments; throws exit 2. `here`: as for {@link placeAndPatterns}. */
export function testOptions(
  { flags, args, rest }: Input<typeof command.flags>,
  cwd: string,
  here: string,
): TestOptions {
  const { label, patterns } = placeAndPatterns(args[0], rest, cwd, here);
  const skipped = flags.skip.map(checkOf);
  const checks = CHECK_NAMES.filter(
    (name) => flags.only !== 'cases' && !skipped.includes(name) && fits(name, patterns),
  );
  return {
    label,
    path: path.resolve(cwd, label),
    targets:
      flags.target.length > 0 ? [...new Set(flags.target.map(parseTarget))] : [NEWEST_TARGET],
    checks,
    wantsCases: flags.only !== 'checks',
    patterns,
    symbols: flags.symbol,
    parallel: parallelOf(flags.parallel),
    withinMs: durationFlag(flags.timeout, '--timeout'),
    initMs:
      flags.initTimeout === undefined ? null : durationFlag(flags.initTimeout, '--init-timeout'),
  };
}

/**
 * The plugin as it was typed, else the project `here`, and the patterns after it in lower case; the first argument may be
 * either.
 */
export function placeAndPatterns(
  first: string | undefined,
  rest: readonly string[],
  cwd: string,
  here: string,
): { readonly label: string; readonly patterns: readonly string[] } {
  const isPattern =
    first !== undefined && !looksLikePath(first) && !existsSync(path.resolve(cwd, first));
  const label = first === undefined || isPattern ? here : first;
  return { label, patterns: (isPattern ? [first, ...rest] : rest).map((one) => one.toLowerCase()) };
}

/** Filters cases and checks by the options. */
export function wanted({
  patterns,
  symbols,
  wantsCases,
}: Pick<TestOptions, 'patterns' | 'symbols' | 'wantsCases'>): (one: CaseIdentity) => boolean {
  return ({ type, name, symbol }) => {
    if (symbols.length > 0 && !symbols.includes(symbol ?? '')) return false;
    return type === 'check' || (wantsCases && fits(name, patterns));
  };
}

function fits(name: string, patterns: readonly string[]): boolean {
  return patterns.length === 0 || patterns.some((one) => name.toLowerCase().includes(one));
}

function looksLikePath(text: string): boolean {
  return /[/\\]|^\.|\.zip$/i.test(text);
}

function checkOf(text: string): CheckName {
  if (isCheckName(text)) return text;
  const meant = closest(text, CHECK_NAMES);
  throw usage(
    'check-unknown',
    `--skip "${text}" is no built-in check`,
    meant ? `--skip ${meant}` : `checks are ${CHECK_NAMES.join(', ')}`,
  );
}

/** `--parallel`; throws exit 2. */
export function parallelOf(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw usage(
    'parallel-unknown',
    `--parallel "${text}" is no number from 1 to 999`,
    '--parallel 4',
  );
}

function usage(code: ErrorCode, message: string, hint: string): KpluginError {
  return new KpluginError({ code, exit: EXIT.usage, message, hint });
}
