import { describe } from 'vitest';
import { held } from './held.ts';
import { OPERATIONS, type Operation, record } from './matrix.ts';
import { type Case, type Played, playCases } from './playing.ts';
import type { Seen } from './proxy.ts';
import type { Stage } from './stage.ts';
import { running } from './truth.ts';
import { outputWrongs, verdict } from './verdict.ts';

const SIGNALS = ['SIGINT', 'SIGKILL'] as const;
const MOMENTS = ['before', 'after'] as const;
/** What is run after it: the same command, or one with a third version that fails. */
const NEXT = ['the same again', 'a third that dies'] as const;

const operations = await Promise.all(
  OPERATIONS.filter(({ isUpdate }) => isUpdate).map(async (operation) => ({
    operation,
    recorded: await record(operation),
  })),
);

describe('kplugin is interrupted or killed, and run again', () => {
  playCases(
    'kpfs',
    operations.flatMap(({ operation, recorded }) =>
      steps(operation, recorded).flatMap((step) => casesAt(operation, step)),
    ),
  );
});

/** Each request of it; of a row of the same questions only the first two. */
function steps({ manner }: Operation, recorded: readonly Seen[]): Seen[] {
  const first = manner === 'good' ? 0 : recorded.findIndex(({ kind }) => kind === 'update');
  return recorded.filter(({ kind, nth }, at) => at >= first && (kind !== 'status' || nth <= 2));
}

function casesAt(operation: Operation, { kind, nth }: Seen): Case[] {
  return SIGNALS.flatMap((signal) =>
    MOMENTS.flatMap((moment) =>
      NEXT.map((next) => ({
        name: `${operation.name}, ${signal} ${moment} ${kind} ${nth}, then ${next}`,
        play: (stage: Stage) =>
          play(stage, operation, { signal, moment, next, seen: { kind, nth } }),
      })),
    ),
  );
}

interface Strike {
  readonly signal: (typeof SIGNALS)[number];
  readonly moment: (typeof MOMENTS)[number];
  readonly next: (typeof NEXT)[number];
  readonly seen: Seen;
}

async function play(stage: Stage, { manner }: Operation, strike: Strike): Promise<Played> {
  const { signal, moment, next, seen } = strike;
  await stage.installed();
  const pause = held(moment);
  stage.proxy.place({ ...seen, times: 1, fault: pause.fault });
  const command = stage.start(['install', stage.write('2.0.0', manner)]);
  await Promise.race([pause.reached, command.ended]);
  const injected = stage.proxy.hits;
  command.signal(signal);
  if (signal === 'SIGKILL') await command.ended;
  pause.letGo();
  const ended = await command.ended;
  const demand = { wanted: '2.0.0', before: '1.0.0' };
  const wrong =
    signal === 'SIGINT'
      ? await verdict(stage, ended, demand)
      : [...outputWrongs({ ...ended, code: 0 }), ...(await afterKill(stage, manner === 'good'))];
  await stage.proxy.clear();
  const again = await goOn(stage, manner === 'good', next);
  return { injected, wrong: [...wrong, ...again.map((line) => `then: ${line}`)] };
}

/** Only a version that dies leaves none, and only when nobody is there any more to put the old one back. */
async function afterKill(stage: Stage, isGood: boolean): Promise<string[]> {
  await stage.forgetTemporary();
  const truth = await stage.settledTruth(isGood ? 4000 : 0);
  return isGood && running(truth) === null ? ['none runs', JSON.stringify(truth)] : [];
}

async function goOn(stage: Stage, isGood: boolean, next: Strike['next']): Promise<string[]> {
  const before = running(await stage.truth()) ?? '1.0.0';
  if (next === 'a third that dies') {
    const ended = await stage.run(['install', stage.write('3.0.0', 'dies')]);
    return verdict(stage, ended, { wanted: '3.0.0', before });
  }
  const ended = await stage.run(['install', stage.write('2.0.0', isGood ? 'good' : 'dies')]);
  return verdict(stage, ended, { wanted: '2.0.0', before, done: isGood });
}
