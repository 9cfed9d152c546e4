import { spawnSync } from 'node:child_process';

export interface Candidate {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  /** Called before each run, outside the measured time. */
  readonly before?: () => void;
}

export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Median wall seconds of the two. */
  readonly seconds: readonly [number, number];
}

/**
 * Runs two commands in turn (A B A B …), each as a whole process, and gives the ratios A/B pair by pair: what the
 * machine does meanwhile hits both. One run of each is not counted. Throws when a command fails.
 */
export function sideBySide(a: Candidate, b: Candidate, runs: number): Ratio {
  wallSeconds(a);
  wallSeconds(b);
  const pairs = Array.from({ length: runs }, () => [wallSeconds(a), wallSeconds(b)] as const);
  const ratios = pairs.map(([x, y]) => x / y);
  return {
    median: medianOf(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    seconds: [medianOf(pairs.map(([x]) => x)), medianOf(pairs.map(([, y]) => y))],
  };
}

function wallSeconds(candidate: Candidate): number {
  candidate.before?.();
  const [program, ...args] = candidate.command;
  const started = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, {
    ...(candidate.cwd === undefined ? {} : { cwd: candidate.cwd }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = process.hrtime.bigint();
  if (error || status !== 0) throw new Error(`${candidate.name} failed: ${error ?? stderr}`);
  return Number(ended - started) / 1e9;
}

/** The middle value, or the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** One line for people: `pack 5,000 files   2.31 × zip -r   (2.10–2.60; 1.41 s and 0.61 s)   goal ≤ 4`; null: no goal. */
export function ratioLine(a: Candidate, b: Candidate, ratio: Ratio, goal: number | null): string {
  const [x, y] = ratio.seconds.map((seconds) => seconds.toFixed(3));
  const range = `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`;
  const line = `${a.name}: ${ratio.median.toFixed(2)} × ${b.name} (${range}; ${x} s and ${y} s)`;
  if (goal === null) return line;
  const verdict = ratio.median <= goal ? 'within' : 'MISSED';
  return `${line}, goal ≤ ${Number(goal.toFixed(2))}: ${verdict}`;
}
