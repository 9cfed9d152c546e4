import { readFile, rm, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Target } from '../../../src/model/target.ts';
import type { Recorded, RecordedCase, RecordedStep, Step } from './cases.ts';
import { sameBody } from './compare.ts';
import { exceptionFor } from './exceptions.ts';
import { sameLog } from './lanes.ts';
import { isAboutRules, leftFor, type Reason } from './left.ts';
import { logExceptionFor } from './log-exceptions.ts';
import type { Answered, World } from './world.ts';

/** How many steps of a case were replayed, and how many left for which reason. */
export interface Counts {
  replayed: number;
  exceptions: number;
  readonly left: Record<Reason, number>;
}

export function noCounts(): Counts {
  const left = { 'words of the rule engine': 0, metadata: 0, 'export with rules': 0 };
  return { replayed: 0, exceptions: 0, left };
}

/** Counts what {@link replay} would do, without doing it. */
export function countSteps(steps: readonly RecordedStep[], counts: Counts): void {
  for (const [index, one] of steps.entries())
    count(one, leftFor(one, steps.slice(0, index)), counts);
}

/** Replays one case in a fresh world, step by step, and adds to the counts. */
export async function replay(
  { name, steps }: RecordedCase,
  world: World,
  target: Target,
  counts: Counts,
): Promise<void> {
  for (const [index, one] of steps.entries()) {
    const reason = leftFor(one, steps.slice(0, index));
    if (reason !== null) await carryOut(one.step, world);
    else if (await replayStep(one, world, target, { name, index })) counts.exceptions += 1;
    count(one, reason, counts);
  }
}

function count({ recorded }: RecordedStep, reason: Reason | null, counts: Counts): void {
  if (recorded === null) return;
  if (reason === null) counts.replayed += 1;
  else counts.left[reason] += 1;
}

interface Place {
  readonly name: string;
  readonly index: number;
}

/** How long a line of the log may keep one waiting. */
const TIMEOUTS_SECONDS = 5;

async function replayStep(
  { step, recorded }: RecordedStep,
  world: World,
  target: Target,
  place: Place,
): Promise<boolean> {
  await prepare(step, world);
  const where = `${place.name}[${place.index}] ${step.req?.slice(0, 2).join(' ') ?? ''}`;
  if (step.log) return checkLog(recorded?.log ?? [], world, target, place, where);
  if (step.tree) expect(await world.tree(), where).toEqual(recorded?.tree);
  if (step.cat) expect(await readFile(step.cat, 'utf8'), where).toBe(recorded?.cat);
  const answered = await ask(step, world);
  if (answered === null || recorded === null) return false;
  return checkAnswer(recorded, answered, world, target, place, where);
}

/** Waiting is left out, but for what rules do meanwhile: this host answers when it is done. */
async function prepare(step: Step, world: World): Promise<void> {
  const content = step.zip ? world.zip(step.zip) : Buffer.from(step.rawtext ?? '');
  if (step.tmpzip) await writeFile(step.tmpzip, content);
  if (step.serve) await world.offer(step.serve, content);
  if (step.rm) await rm(step.rm, { force: true });
  if (step.wait !== undefined) await world.wait(step.wait);
  if (step.clearlog) await world.clearLog();
  if (step.restart || step.req?.[1].endsWith('/restart')) await world.replayed();
  if (step.restart) {
    await world.stop();
    await world.start();
  }
}

async function ask(step: Step, world: World): Promise<Answered | null> {
  if (step.upload !== undefined) {
    const content = step.zip ? world.zip(step.zip) : Buffer.from(step.rawtext ?? '');
    return world.upload(step.upload, content);
  }
  if (step.req === undefined) return null;
  return isAboutRules(step) ? world.rules.request(...step.req) : world.request(...step.req);
}

/** What is not compared, but changes what follows. */
async function carryOut({ req }: Step, world: World): Promise<void> {
  if (req === undefined) return;
  const [method, url, body] = req;
  if (/^\/(rules|streams)/.test(url)) await world.rules.request(method, url, body);
  if (method === 'PUT' && /^\/metadata\//.test(url)) world.rules.pushConfig(url, body);
}

async function checkLog(
  recorded: readonly string[],
  world: World,
  target: Target,
  place: Place,
  where: string,
): Promise<boolean> {
  const exception = logExceptionFor(target, place.name);
  const compared = exception?.of ?? ((log: readonly string[]) => log);
  // A line more that is not compared must not stand for one that is still to come.
  const isWhole = (log: readonly string[]) =>
    log.length >= recorded.length && compared(log).length >= compared(recorded).length;
  const ours = (await world.logOf(isWhole, TIMEOUTS_SECONDS)).map((line) => world.neutral(line));
  if (sameLog(recorded, ours)) return false;
  const isExcepted = exception !== null && sameLog(exception.of(recorded), exception.of(ours));
  if (!isExcepted) expect(ours, where).toEqual(recorded);
  return true;
}

function checkAnswer(
  recorded: Recorded,
  answered: Answered,
  world: World,
  target: Target,
  place: Place,
  where: string,
): boolean {
  const ours = world.neutral(answered.body);
  const theirs = recorded.body ?? '';
  if (exceptionFor(target, place.name, theirs, ours) !== null) return true;
  const status = `${recorded.status} ${recorded.type}`;
  expect(`${answered.status} ${answered.type}`, `${where}: ${ours}`).toBe(status);
  if (!sameBody(theirs, ours)) expect(ours, where).toBe(theirs);
  return false;
}
