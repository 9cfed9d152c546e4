import { describe } from 'vitest';
import type { Exchange } from './exchange.ts';
import { type Case, type Played, playCases } from './playing.ts';
import type { Fault } from './proxy.ts';
import type { Stage } from './stage.ts';
import { running } from './truth.ts';
import { verdict } from './verdict.ts';
import type { Manner } from './versions.ts';

/** Versions that do not come up; what only looks like it, and is good, is told by `done`. */
const MANNERS: readonly { readonly manner: Manner; readonly done: boolean }[] = [
  { manner: 'dies', done: false },
  { manner: 'dies after the handshake', done: false },
  { manner: 'hangs', done: false },
  { manner: 'has another name', done: false },
  { manner: 'lies about its symbols', done: true },
  { manner: 'starts slowly', done: true },
];

const bad = (isUpdate: boolean): Case[] =>
  MANNERS.map(({ manner, done }) => ({
    name: `a version that ${manner}, ${isUpdate ? 'over 1.0.0' : 'for the first time'}`,
    play: (stage) => installed(stage, { isUpdate, manner, done }),
  }));

/** The bytes change on the way, so that the host cannot unpack what passed here. */
const corrupt: Fault = async (x: Exchange) => {
  const body = Buffer.from(x.request.body);
  for (let at = body.length >> 2; at < (body.length * 3) >> 2; at += 1) body[at] = 0;
  x.answer(await x.forward(body));
};

const corrupted = (isUpdate: boolean): Case => ({
  name: `a zip that arrives broken, ${isUpdate ? 'over 1.0.0' : 'for the first time'}`,
  async play(stage) {
    await (isUpdate ? stage.installed() : stage.fresh());
    stage.proxy.place({ kind: 'upload-zip', nth: 1, times: 1, fault: corrupt });
    const ended = await stage.run(['install', stage.write('2.0.0')]);
    const before = isUpdate ? '1.0.0' : null;
    const wrong = await verdict(stage, ended, { wanted: '2.0.0', before });
    const again = await stage.run(['install', stage.write('2.0.0')]);
    const then = await verdict(stage, again, { wanted: '2.0.0', before, done: true });
    return { injected: 1, wrong: [...wrong, ...then.map((line) => `again: ${line}`)] };
  },
});

/** It starts, later than kplugin is told to wait. */
const impatient: Case = {
  name: 'a version that starts slowly, over 1.0.0, and a kplugin that waits for less',
  async play(stage) {
    await stage.installed();
    const file = stage.write('2.0.0', 'starts slowly');
    const ended = await stage.run(['install', file, '--timeout', '700ms']);
    return {
      injected: 1,
      wrong: await verdict(stage, ended, { wanted: '2.0.0', before: '1.0.0', lasting: true }),
    };
  },
};

async function installed(
  stage: Stage,
  { isUpdate, manner, done }: { isUpdate: boolean; manner: Manner; done: boolean },
): Promise<Played> {
  await (isUpdate ? stage.installed() : stage.fresh());
  const ended = await stage.run(['install', stage.write('2.0.0', manner)]);
  const before = isUpdate ? '1.0.0' : null;
  return { injected: 1, wrong: await verdict(stage, ended, { wanted: '2.0.0', before, done }) };
}

/**
 * On 2.0 every other update kills what it started, on 1.14 nothing tells (docs/ekuiper.md#killed-by-an-update): one
 * after the other.
 */
const inARow: Case = {
  name: 'five good updates in a row',
  async play(stage) {
    await stage.installed();
    const wrong: string[] = [];
    for (const version of ['2.0.0', '3.0.0', '4.0.0', '5.0.0', '6.0.0']) {
      const before = running(await stage.truth());
      const ended = await stage.run(['install', stage.write(version)]);
      wrong.push(...(await verdict(stage, ended, { wanted: version, before, done: true })));
    }
    return { injected: 5, wrong };
  },
};

/** Some of them never report back, and are waited for. */
const BRIEFLY = ['--init-timeout', '5s'];

describe('new versions that do not come up', () => {
  const updates = [...bad(true), corrupted(true), impatient];
  playCases('kpfv', [...updates, ...bad(false), corrupted(false)], {
    args: BRIEFLY,
  });
});

describe('the same as eKuiper 2.0, whose updates kill', () => {
  playCases('kpfw', [inARow, ...bad(true), corrupted(true)], {
    stages: 4,
    args: ['--target', '2.0', ...BRIEFLY],
  });
});

describe('the same as eKuiper 1.14, which starts nothing by itself', () => {
  playCases('kpfx', [inARow, corrupted(true), corrupted(false)], {
    stages: 3,
    args: ['--target', '1.14'],
  });
});
