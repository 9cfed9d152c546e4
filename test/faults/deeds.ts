import type { Ended } from './command.ts';
import { FAULTS } from './faults.ts';
import { held } from './held.ts';
import { IS_WIDE } from './matrix.ts';
import type { Case, Played } from './playing.ts';
import type { Fault, Seen } from './proxy.ts';
import { isChange } from './request-kind.ts';
import { Stage } from './stage.ts';
import { outputWrongs } from './verdict.ts';

/** Something that kplugin is asked to do with a plugin that is there, in one command. */
export interface Deed {
  readonly name: string;
  /** Makes the host as it has to be before; nothing is broken yet. */
  readonly prepare: (stage: Stage) => Promise<void>;
  readonly args: (stage: Stage) => readonly string[];
  /** What is wrong with how it ended; `ended` is null when kplugin was killed and said nothing. */
  readonly judge: (stage: Stage, ended: Ended | null) => Promise<readonly string[]>;
  /** What is wrong after it was run once more, with nothing broken. */
  readonly judgeAgain: (stage: Stage, ended: Ended) => Promise<readonly string[]>;
}

/** What tells most; all of it with KPLUGIN_FAULTS=all. */
const TELLING = [
  'reset before',
  'reset when half was answered',
  'reset after',
  '500 with HTML',
  'done, and 500 with HTML',
];
const SIGNALS = ['SIGINT', 'SIGKILL'] as const;
const MOMENTS = ['before', 'after'] as const;

/** A deed broken at each of its requests: by the network, by the host that is started again, by signals. */
export async function casesOf(deed: Deed, prefix: string): Promise<Case[]> {
  const recorded = await recordDeed(deed, prefix);
  const first = recorded.findIndex(({ kind }) => isChange(kind));
  return recorded.flatMap((seen, at) => {
    const isRepeated = recorded[at - 1]?.kind === seen.kind;
    if (isRepeated && !IS_WIDE) return [];
    // Of what only asks before anything is changed, one fault of each kind shows what there is.
    const isEarly = at < first && !IS_WIDE;
    const broken = isEarly ? FAULTS.filter(({ name }) => name === 'reset before') : TELLING_FAULTS;
    const signals = isEarly && at > 0 ? [] : signalled(deed, seen);
    return [
      ...broken
        .filter(({ only }) => only?.(seen.kind) ?? true)
        .map(({ name, fault }) => broke(deed, seen, name, () => fault)),
      ...(isEarly ? [] : [broke(deed, seen, 'the host is started again', restarting)]),
      ...signals,
    ];
  });
}

const TELLING_FAULTS = IS_WIDE ? FAULTS : FAULTS.filter(({ name }) => TELLING.includes(name));

/** The request gets there, and the host ends before it has answered. */
const restarting = (stage: Stage): Fault => {
  return async (x) => {
    await x.forward();
    await stage.restartHost();
    x.reset();
  };
};

async function recordDeed(deed: Deed, prefix: string): Promise<readonly Seen[]> {
  const stage = await Stage.open(prefix);
  try {
    await prepared(stage, deed);
    const ended = await stage.run(deed.args(stage));
    const wrong = await deed.judge(stage, ended);
    if (ended.code !== 0 || wrong.length > 0) throw new Error(`${ended.stderr}${wrong.join('\n')}`);
    return [...stage.proxy.seen];
  } finally {
    await stage.close();
  }
}

async function prepared(stage: Stage, deed: Deed): Promise<void> {
  await deed.prepare(stage);
  await stage.proxy.clear();
}

function broke(
  deed: Deed,
  { kind, nth }: Seen,
  name: string,
  faultOn: (stage: Stage) => Fault,
): Case {
  return {
    name: `${deed.name}, ${kind} ${nth}: ${name}`,
    async play(stage) {
      await prepared(stage, deed);
      stage.proxy.place({ kind, nth, times: 1, fault: faultOn(stage) });
      const ended = await stage.run(deed.args(stage));
      const injected = stage.proxy.hits;
      const wrong = [...outputWrongs(ended), ...(await deed.judge(stage, ended))];
      return { injected, wrong: [...told(wrong, ended), ...(await again(stage, deed))] };
    },
  };
}

function signalled(deed: Deed, seen: Seen): Case[] {
  return SIGNALS.flatMap((signal) =>
    MOMENTS.map((moment) => ({
      name: `${deed.name}, ${signal} ${moment} ${seen.kind} ${seen.nth}`,
      play: (stage: Stage) => struck(stage, deed, { ...seen, signal, moment }),
    })),
  );
}

interface Strike extends Seen {
  readonly signal: (typeof SIGNALS)[number];
  readonly moment: (typeof MOMENTS)[number];
}

async function struck(stage: Stage, deed: Deed, strike: Strike): Promise<Played> {
  const { kind, nth, signal, moment } = strike;
  await prepared(stage, deed);
  const pause = held(moment);
  stage.proxy.place({ kind, nth, times: 1, fault: pause.fault });
  const command = stage.start(deed.args(stage));
  await Promise.race([pause.reached, command.ended]);
  const injected = stage.proxy.hits;
  command.signal(signal);
  if (signal === 'SIGKILL') await command.ended;
  pause.letGo();
  const ended = await command.ended;
  if (signal === 'SIGKILL') {
    await stage.forgetTemporary();
    const wrong = told([...(await deed.judge(stage, null))], ended);
    return { injected, wrong: [...wrong, ...(await again(stage, deed))] };
  }
  const wrong = [...outputWrongs(ended), ...(await deed.judge(stage, ended))];
  if (ended.code !== 130 && ended.code !== 0) wrong.push(`ended with ${ended.code} after Ctrl-C`);
  return { injected, wrong: [...told(wrong, ended), ...(await again(stage, deed))] };
}

async function again(stage: Stage, deed: Deed): Promise<string[]> {
  await stage.proxy.clear();
  const ended = await stage.run(deed.args(stage));
  const wrong = [...outputWrongs(ended), ...(await deed.judgeAgain(stage, ended))];
  return told(wrong, ended).map((line) => `then: ${line}`);
}

function told(wrong: readonly string[], { code, stdout, stderr }: Ended): string[] {
  return wrong.length === 0 ? [] : [...wrong, `[exit ${code}] ${stdout}${stderr}`];
}
