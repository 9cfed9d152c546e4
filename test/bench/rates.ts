import { spawnSync } from 'node:child_process';
import { medianOf } from './side-by-side.ts';

/** A program that prints `{"count":…,"seconds":…}` as its last line; what it does before is not measured. */
export interface Runner {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

export interface RateRatio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Median rates per second of the two. */
  readonly rates: readonly [number, number];
}

/**
 * Runs the programs in turn (A B C A B C …) and returns the rates per second of each, round by round: what the
 * machine does meanwhile hits all of them. One round is not counted. Throws when one fails.
 */
export function ratesInTurn(runners: readonly Runner[], rounds: number): readonly number[][] {
  for (const runner of runners) rateOf(runner);
  const rates = runners.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, runner] of runners.entries()) rates[index]?.push(rateOf(runner));
  }
  return rates;
}

/** The ratios `ours / theirs` of rates that were measured in the same rounds. */
export function rateRatio(ours: readonly number[], theirs: readonly number[]): RateRatio {
  const ratios = ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN));
  return {
    median: medianOf(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    rates: [medianOf(ours), medianOf(theirs)],
  };
}

/** One line for people: `rows of 60 B, TypeScript: 1.20 × Go (1.15–1.24; 120,000/s and 100,000/s), goal ≥ 1.1: reached`. */
export function rateLine(what: string, than: string, ratio: RateRatio, goal?: number): string {
  const range = `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`;
  const [ours, theirs] = ratio.rates.map((rate) => `${Math.round(rate).toLocaleString('en')}/s`);
  const line = `${what}: ${ratio.median.toFixed(2)} × ${than} (${range}; ${ours} and ${theirs})`;
  if (goal === undefined) return line;
  const verdict = ratio.median >= goal ? 'reached' : 'MISSED';
  return `${line}, goal ≥ ${goal.toFixed(1)}: ${verdict}`;
}

function rateOf({ name, command }: Runner): number {
  const [program, ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`${name} failed: ${error ?? stderr}`);
  const { count, seconds } = parseMeasured(stdout.trim().split('\n').at(-1) ?? '');
  return count / seconds;
}

function parseMeasured(line: string): { count: number; seconds: number } {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null) throw new Error(`not a measurement: ${line}`);
  const { count, seconds } = value as { count?: unknown; seconds?: unknown };
  return { count: Number(count), seconds: Number(seconds) };
}
