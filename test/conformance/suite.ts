import { rowsOf } from './host/state.ts';
import { type Step, StepFailed } from './steps/step.ts';
import type { Command, World } from './world.ts';

/** What became of a step. */
export interface Result {
  readonly step: string;
  readonly outcome: 'ok' | 'failed' | 'left out';
  /** What was seen, what failed, or why it was left out. */
  readonly said: string;
  /** What was typed and printed, and what the host has after it; empty for a step left out. */
  readonly evidence: string;
}

/** Runs the steps one after the other; one that fails stops none of the others, an interrupt all of them. */
export async function runSteps(
  steps: readonly Step[],
  world: World,
  signal: AbortSignal,
  onResult: (result: Result) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const step of steps) {
    if (signal.aborted) break;
    const result = await runStep(step, world);
    results.push(result);
    onResult(result);
  }
  return results;
}

async function runStep(step: Step, world: World): Promise<Result> {
  const done = async (outcome: Result['outcome'], said: string): Promise<Result> => {
    const seen = outcome === 'left out' ? '' : await evidence(world);
    return { step: step.name, outcome, said: said.replace(/\s+/g, ' '), evidence: seen };
  };
  try {
    for (const need of step.needs ?? []) {
      const missing = await need(world);
      if (missing !== null) return await done('left out', missing);
    }
    world.commands.length = 0;
    return await done('ok', await step.run(world));
  } catch (error) {
    const words = error instanceof StepFailed ? error.message : String(error);
    return done('failed', words);
  }
}

/** What was typed and printed in the step, and what the host has now. */
async function evidence(world: World): Promise<string> {
  const seen = await hostNow(world).catch((error: unknown) => `the host: ${error}`);
  return [...world.commands.map(onTerminal), seen].join('\n');
}

/** As on a terminal: what is said on the way, the answer, then what to type next. */
function onTerminal({ args, code, stdout, stderr }: Command): string {
  const [talk = '', next] = stderr.split('\nNext:\n');
  const after = next === undefined ? '' : `\nNext:\n${next}`;
  return `$ kplugin ${args.join(' ')}\n${talk}${stdout}${after}[exit ${code}]`;
}

async function hostNow(world: World): Promise<string> {
  const { version, status, uploads } = await world.state();
  const { traffic } = world.parts;
  const rule = traffic?.runs ? await rowsOf(world.ask, traffic.worker) : null;
  return [
    `the host now has: ${version ?? 'no such plugin'}, status ${status ?? 'not told'}`,
    `uploads: ${uploads.join(', ') || 'none'}`,
    ...(rule ? [`the rule: ${rule.rows} rows, ${rule.error || 'no error'}`] : []),
  ].join('\n');
}
