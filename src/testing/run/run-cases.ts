import { type Case, symbolKey, symbolOf } from '../case/case.ts';
import type { CaseResult } from '../case/result.ts';
import type { Life } from './life.ts';
import { runCase } from './run-case.ts';
import type { SuiteContext } from './suite-context.ts';

export interface CasesOptions {
  readonly parallel: number;
  /** Asked before each case: true ends the run. */
  readonly isDone: () => boolean;
  readonly onStart: (one: Case) => void;
  readonly onResult: (result: CaseResult) => void;
}

/**
 * Runs cases: those of one symbol one after another in the order of the file, because they may share its state; those
 * of different symbols at the same time. When the plugin ends while several run, each of them is run again alone, to
 * find the one that caused it. Resolves to whether all were run.
 */
export async function runCases(
  cases: readonly Case[],
  suite: SuiteContext,
  life: Life,
  options: CasesOptions,
): Promise<boolean> {
  const lanes = lanesOf(cases);
  const { isDone, onResult } = options;
  while (lanes.some((lane) => lane.length > 0) && !isDone()) {
    await life.ensure();
    const suspects = await runTogether(lanes, suite, options);
    for (const suspect of suspects) {
      if (isDone()) break;
      await life.ensure();
      onResult((await runCase(suspect, suite)).result);
    }
  }
  return lanes.every((lane) => lane.length === 0);
}

/** A queue for each symbol. */
function lanesOf(cases: readonly Case[]): Case[][] {
  const lanes = new Map<string, Case[]>();
  for (const one of cases) {
    const key = symbolKey(symbolOf(one));
    const lane = lanes.get(key);
    if (lane) lane.push(one);
    else lanes.set(key, [one]);
  }
  return [...lanes.values()];
}

/**
 * Runs the queues until they are empty or the plugin ends; resolves to the cases that were running then, if several.
 */
async function runTogether(
  lanes: Case[][],
  suite: SuiteContext,
  { parallel, onStart, onResult, isDone }: CasesOptions,
): Promise<Case[]> {
  const open = [...lanes];
  const crashed: { readonly one: Case; readonly result: CaseResult }[] = [];
  const work = async (): Promise<void> => {
    for (let lane = open.shift(); lane; lane = open.shift()) {
      for (let one = lane.shift(); one; one = lane.shift()) {
        if (crashed.length > 0 || isDone()) {
          lane.unshift(one);
          return;
        }
        onStart(one);
        const run = await runCase(one, suite);
        if (run.isCrash) crashed.push({ one, result: run.result });
        else if (!suite.signal.aborted) onResult(run.result);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, parallel) }, work));
  const [only, second] = crashed;
  if (only && !second) onResult(only.result);
  return second ? crashed.map(({ one }) => one) : [];
}
