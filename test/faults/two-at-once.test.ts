import { describe } from 'vitest';
import type { Ended } from './command.ts';
import { held } from './held.ts';
import { IS_WIDE, record } from './matrix.ts';
import { type Case, type Played, playCases } from './playing.ts';
import type { Seen } from './proxy.ts';
import { isChange } from './request-kind.ts';
import type { Stage } from './stage.ts';
import { running } from './truth.ts';
import { outputWrongs, saysThatRuns, saysUntouched } from './verdict.ts';
import type { Manner } from './versions.ts';

/** The one that is held must not abandon before the other one is done, however busy the machine is. */
const TIMEOUTS = '60s';

/** What the slow one and the quick one install. */
interface Pair {
  readonly name: string;
  readonly slow: readonly [version: string, manner: Manner];
  readonly quick: readonly [version: string, manner: Manner];
  readonly isThorough?: boolean;
}

const PAIRS: readonly Pair[] = [
  { name: 'two versions', slow: ['2.0.0', 'good'], quick: ['3.0.0', 'good'], isThorough: true },
  { name: 'the same version', slow: ['2.0.0', 'good'], quick: ['2.0.0', 'good'] },
  { name: 'one that dies beside a good one', slow: ['2.0.0', 'dies'], quick: ['3.0.0', 'good'] },
  { name: 'a good one beside one that dies', slow: ['2.0.0', 'good'], quick: ['3.0.0', 'dies'] },
];

/** What each of those does that are held. */
const recorded = new Map<string, readonly Seen[]>();
for (const isUpdate of [true, false]) {
  for (const manner of new Set(PAIRS.map(({ slow }) => slow[1]))) {
    recorded.set(`${manner} ${isUpdate}`, await record({ name: '', isUpdate, manner }));
  }
}

describe('two kplugins at once', () => {
  const cases = [true, false].flatMap((isUpdate) =>
    PAIRS.flatMap((pair) =>
      placesOf(pair, isUpdate).map((seen): Case => caseAt(pair, seen, isUpdate)),
    ),
  );
  playCases('kpft', [...cases, ...PAIRS.map(together)]);
});

/** Two good versions meet at every request; the others around what changes something, unless everything is asked for. */
function placesOf({ slow, isThorough = false }: Pair, isUpdate: boolean): readonly Seen[] {
  const all = recorded.get(`${slow[1]} ${isUpdate}`) ?? [];
  return all.filter(({ kind, nth }, at) => {
    if (kind === 'status' && nth > 1) return false;
    const next = all[at - 1]?.kind;
    return IS_WIDE || isThorough || isChange(kind) || (next !== undefined && isChange(next));
  });
}

/** One is held at a request until the other has done everything. */
function caseAt(pair: Pair, { kind, nth }: Seen, isUpdate: boolean): Case {
  const over = isUpdate ? 'over 1.0.0' : 'for the first time';
  return {
    name: `${pair.name} ${over}: one waits at ${kind} ${nth}`,
    async play(stage) {
      await (isUpdate ? stage.installed() : stage.fresh());
      const pause = held('before');
      stage.proxy.place({ kind, nth, times: 1, fault: pause.fault });
      const slow = stage.start(['install', stage.write(...pair.slow), '--timeout', TIMEOUTS]);
      await Promise.race([pause.reached, slow.ended]);
      const injected = stage.proxy.hits;
      if (injected === 0) return { injected, wrong: [told(await slow.ended)] };
      const quick = await stage.run(['install', stage.write(...pair.quick)]);
      const between = await judged(stage, quick, isUpdate);
      pause.letGo();
      const after = await judged(stage, await slow.ended, isUpdate);
      return { injected, wrong: [...between.map((line) => `first: ${line}`), ...after] };
    },
  };
}

/** Both register at the same moment. */
function together(pair: Pair): Case {
  return {
    name: `${pair.name} over 1.0.0: both at the same moment`,
    async play(stage): Promise<Played> {
      await stage.installed();
      const [one, other] = [held('before'), held('before')];
      stage.proxy.place({ kind: 'update', nth: 1, times: 1, fault: one.fault });
      stage.proxy.place({ kind: 'update', nth: 2, times: 1, fault: other.fault });
      const runs = [pair.slow, pair.quick].map((version) =>
        stage.start(['install', stage.write(...version)]),
      );
      await Promise.race([
        Promise.all([one.reached, other.reached]),
        Promise.all(runs.map((run) => run.ended)),
      ]);
      const injected = stage.proxy.hits;
      one.letGo();
      other.letGo();
      const ended = await Promise.all(runs.map((run) => run.ended));
      const now = running(await stage.settledTruth());
      const wrong = ended.flatMap(outputWrongs);
      if (now === null) wrong.push('none runs');
      // Who looked last has seen how it ended.
      else if (!ended.some((one) => saysThatRuns(one, stage.name, now)))
        wrong.push(`neither says that ${now} runs`);
      return { injected, wrong: wrong.length === 0 ? [] : [...wrong, ...ended.map(told)] };
    },
  };
}

/** What is wrong at a moment at which the other one does nothing. */
async function judged(stage: Stage, ended: Ended, isUpdate: boolean): Promise<string[]> {
  const truth = await stage.settledTruth(isUpdate ? 4000 : 0);
  const now = running(truth);
  const wrong = outputWrongs(ended);
  if (now === null && (isUpdate || truth.registered !== null)) wrong.push('none runs');
  const isTold = now === null || saysThatRuns(ended, stage.name, now) || saysUntouched(ended);
  if (!isTold) wrong.push(`does not say that ${now} runs`);
  return wrong.length === 0 ? [] : [...wrong, JSON.stringify(truth), told(ended)];
}

const told = ({ code, stdout, stderr }: Ended): string => `[exit ${code}] ${stdout}${stderr}`;
