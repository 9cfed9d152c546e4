import { describe } from 'vitest';
import { FAULTS } from './faults.ts';
import { Fleet, ONE, TWO, told } from './fleet.ts';
import { held } from './held.ts';
import { IS_WIDE } from './matrix.ts';
import { type Case, playOnStages } from './playing.ts';
import type { Fault } from './proxy.ts';
import type { RequestKind } from './request-kind.ts';
import { toldOf } from './rollout-told.ts';
import { SHORT_TIMEOUT } from './stage.ts';

/** The host in the middle: one is done before it, one comes after it. */
const MIDDLE = 1;
const LAST = 2;

/** What changes something on a host, in its order: on eKuiper 1.x an update removes and creates. */
const STEPS: readonly RequestKind[] = ['upload-zip', 'upload-text', 'remove', 'create'];
/** What lasts is struck at the registration. */
const LASTING = 'reset before';
const TELLING = ['reset before', 'reset when half was answered', 'reset after', 'hangs'];
const PAGES = ['500 with HTML', 'done, and 500 with HTML'];
const FOREVER = Number.POSITIVE_INFINITY;

const faults = FAULTS.filter(({ name }) => [...TELLING, ...PAGES].includes(name));

const broken = STEPS.flatMap((kind) =>
  faults
    .filter(({ only }) => only?.(kind) ?? true)
    .flatMap(({ name, fault }) =>
      [1, FOREVER]
        .filter((times) => times === 1 || (kind === 'create' && name === LASTING) || IS_WIDE)
        .map((times) => breaks(kind, { name, fault, times })),
    ),
);

interface Break {
  readonly name: string;
  readonly fault: Fault;
  readonly times: number;
}

function breaks(kind: RequestKind, { name, fault, times }: Break): Case<Fleet> {
  return {
    name: `in the middle, ${kind}: ${name}${times === 1 ? '' : ', for good'}`,
    async play(fleet) {
      await fleet.installed();
      fleet.at(MIDDLE, { kind, nth: 1, times, fault });
      const ended = await fleet.run(TWO, '--timeout', SHORT_TIMEOUT);
      const injected = fleet.hits;
      const wrong = fleet.judged(ended, times !== 1);
      const [first, , last] = fleet.versions();
      if (first !== TWO) wrong.push('the host before it was not done');
      // None may fail, so the next one is left alone where this one did.
      const stops = toldOf(ended)[MIDDLE]?.ok !== true;
      if (last !== (stops ? ONE : TWO) || (stops && fleet.changes(LAST) > 0)) {
        wrong.push(`the last: ${last}`);
      }
      if (stops === (ended.code === 0)) wrong.push(`ended with ${ended.code}`);
      return { injected, wrong: [...told(wrong, ended), ...(await fleet.goesOn())] };
    },
  };
}

const signals = STEPS.flatMap((kind) =>
  (['before', 'after'] as const).flatMap((moment) => [
    struck({ kind, signal: 'SIGINT', moment, index: 0 }),
    struck({ kind, signal: 'SIGKILL', moment, index: MIDDLE }),
  ]),
);

interface Strike {
  readonly kind: RequestKind;
  readonly signal: 'SIGINT' | 'SIGKILL';
  readonly moment: 'before' | 'after';
  /** The host at which it strikes. */
  readonly index: number;
}

function struck({ kind, signal, moment, index }: Strike): Case<Fleet> {
  const isKilled = signal === 'SIGKILL';
  return {
    name: `${signal} ${moment} ${kind} of host ${index + 1}`,
    async play(fleet) {
      await fleet.installed();
      const pause = held(moment);
      fleet.at(index, { kind, nth: 1, times: 1, fault: pause.fault });
      const command = fleet.start(TWO, '--canary', '1');
      await Promise.race([pause.reached, command.ended]);
      const injected = fleet.hits;
      command.signal(signal);
      if (isKilled) await command.ended;
      pause.letGo();
      const ended = await command.ended;
      const wrong = isKilled ? [] : fleet.judged(ended);
      // Between the two, whoever is killed can put nothing back.
      const mayBeNone = isKilled && (kind === 'remove' || kind === 'create');
      const now = fleet.versions();
      if (now.includes(null) && !mayBeNone) wrong.push(`has ${now.join(', ')}`);
      if (fleet.changes(LAST) > 0) wrong.push('the last one was begun');
      if (!isKilled && ended.code !== 130) wrong.push(`ended with ${ended.code}`);
      await fleet.forgetTemporary();
      const again = await fleet.goesOn(isKilled ? index : null);
      return { injected, wrong: [...told(wrong, ended), ...again] };
    },
  };
}

describe('a rollout of which one host breaks', () => {
  playOnStages(() => Fleet.open(), [...broken, ...signals]);
});
