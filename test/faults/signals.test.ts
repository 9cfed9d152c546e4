import { describe } from 'vitest';
import type { Ended } from './command.ts';
import { held } from './held.ts';
import { IS_WIDE, OPERATIONS, type Operation, record } from './matrix.ts';
import { type Case, type Played, playCases } from './playing.ts';
import type { Seen } from './proxy.ts';
import type { Stage } from './stage.ts';
import { running } from './truth.ts';
import { outputWrongs, verdict } from './verdict.ts';

const SIGNALS = ['SIGINT', 'SIGKILL'] as const;
const MOMENTS = ['before', 'after'] as const;
/** What is run after it: the same command, or one with a third version that fails. */
const NEXT = ['the same again', 'a third that dies'] as const;

/** What a version that dies does for the first time is a part of what it does in an update. */
const DYING: Operation = { name: 'first installation that dies', isUpdate: false, manner: 'dies' };

const operations = await Promise.all(
  [...OPERATIONS, DYING].map(async (operation) => ({
    operation,
    recorded: await record(operation),
  })),
);

describe('kplugin is interrupted or killed, and run again', () => {
  playCases(
    'kpfs',
    operations.flatMap(({ operation, recorded }) =>
      steps(operation, recorded).flatMap((step, at, all) =>
        casesAt(operation, { ...step, isLast: at === all.length - 1 }, at),
      ),
    ),
  );
});

/** Each request of it; of a row of the same questions only the first two. */
function steps({ manner }: Operation, recorded: readonly Seen[]): Seen[] {
  const change = recorded.findIndex(({ kind }) => kind === 'update' || kind === 'create');
  const first = manner === 'good' ? 0 : change;
  return recorded.filter(({ kind, nth }, at) => at >= first && (kind !== 'status' || nth <= 2));
}

/** Both signals at both moments; what is run after it takes turns, unless everything is asked for. */
function casesAt(operation: Operation, seen: Step, at: number): Case[] {
  const { kind, nth } = seen;
  return SIGNALS.flatMap((signal, one) =>
    MOMENTS.flatMap((moment, other) =>
      NEXT.filter((_, next) => IS_WIDE || next === (at + one + other) % 2).map((next) => ({
        name: `${operation.name}, ${signal} ${moment} ${kind} ${nth}, then ${next}`,
        play: (stage: Stage) => play(stage, operation, { signal, moment, next, seen }),
      })),
    ),
  );
}

interface Strike {
  readonly signal: (typeof SIGNALS)[number];
  readonly moment: (typeof MOMENTS)[number];
  readonly next: (typeof NEXT)[number];
  readonly seen: Step;
}

interface Step extends Seen {
  /** Whether kplugin asks nothing more after it. */
  readonly isLast: boolean;
}

async function play(stage: Stage, operation: Operation, strike: Strike): Promise<Played> {
  const { isUpdate, manner } = operation;
  const { signal, moment, next, seen } = strike;
  await (isUpdate ? stage.installed() : stage.fresh());
  const pause = held(moment);
  stage.proxy.place({ kind: seen.kind, nth: seen.nth, times: 1, fault: pause.fault });
  const command = stage.start(['install', stage.write('2.0.0', manner)]);
  await Promise.race([pause.reached, command.ended]);
  const injected = stage.proxy.hits;
  command.signal(signal);
  if (signal === 'SIGKILL') await command.ended;
  pause.letGo();
  const ended = await command.ended;
  const before = isUpdate ? '1.0.0' : null;
  const wrong =
    signal === 'SIGINT'
      ? [...codeWrongs(ended, seen), ...(await verdict(stage, ended, { wanted: '2.0.0', before }))]
      : [...outputWrongs({ ...ended, code: 0 }), ...(await afterKill(stage, operation))];
  await stage.proxy.clear();
  const again = await goOn(stage, operation, next);
  return { injected, wrong: [...wrong, ...again.map((line) => `then: ${line}`)] };
}

/**
 * Whoever pressed Ctrl-C is told that it was heard, unless it was done all the same; or it had failed already, and the
 * signal came with the last answer of all, when nothing was left to interrupt.
 */
function codeWrongs({ code, stdout, stderr }: Ended, { isLast }: Step): string[] {
  return code === 130 || code === 0 || (isLast && code === 3)
    ? []
    : [`ended with ${code} after Ctrl-C`, stdout, stderr];
}

/** Only a version that dies leaves none, and only when nobody is there any more to put the old one back. */
async function afterKill(stage: Stage, { manner, isUpdate }: Operation): Promise<string[]> {
  await stage.forgetTemporary();
  const mayBeNone = manner !== 'good' || !isUpdate;
  const truth = await stage.settledTruth(mayBeNone ? 0 : 4000);
  return mayBeNone || running(truth) !== null ? [] : ['none runs', JSON.stringify(truth)];
}

async function goOn(
  stage: Stage,
  { manner, isUpdate }: Operation,
  next: Strike['next'],
): Promise<string[]> {
  const before = running(await stage.settledTruth(isUpdate ? 4000 : 0));
  const isThird = next === 'a third that dies';
  const [wanted, how] = isThird ? (['3.0.0', 'dies'] as const) : (['2.0.0', manner] as const);
  const ended = await stage.run(['install', stage.write(wanted, how)]);
  const demand = { wanted, before: before ?? (isUpdate ? '1.0.0' : null), done: how === 'good' };
  return verdict(stage, ended, demand);
}
