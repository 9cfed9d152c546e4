import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe } from 'vitest';
import { type Case, type Played, playCases } from './playing.ts';
import type { Fault } from './proxy.ts';
import type { RequestKind } from './request-kind.ts';
import type { Stage } from './stage.ts';
import { verdict } from './verdict.ts';
import type { Manner } from './versions.ts';

const SIGNALS = ['SIGTERM', 'SIGKILL'] as const;

/** When the host ends and is started again, as seen from one request. */
const RESTARTS: readonly {
  readonly name: string;
  readonly fault: (restart: () => Promise<void>) => Fault;
}[] = [
  {
    name: 'before',
    fault: (restart) => async (x) => {
      await restart();
      x.answer(await x.forward());
    },
  },
  {
    name: 'instead of',
    fault: (restart) => async (x) => {
      await restart();
      x.reset();
    },
  },
  {
    name: 'after',
    fault: (restart) => async (x) => {
      await x.forward();
      await restart();
      x.reset();
    },
  },
];

function restarts(
  kind: RequestKind,
  manner: Manner,
  isUpdate: boolean,
  signals: readonly NodeJS.Signals[] = SIGNALS,
): Case[] {
  return signals.flatMap((signal) =>
    RESTARTS.map(({ name, fault }) => ({
      name: `${signal} and started again ${name} ${kind}, ${isUpdate ? 'update' : 'first installation'}, ${manner}`,
      async play(stage: Stage): Promise<Played> {
        await (isUpdate ? stage.installed() : stage.fresh());
        const restart = () => stage.restartHost(signal);
        stage.proxy.place({ kind, nth: 1, times: 1, fault: fault(restart) });
        return finish(stage, manner, isUpdate);
      },
    })),
  );
}

/** While the host waits for the new version to report back. */
const inTheMiddle: Case = {
  name: 'killed and started again while it starts the new version',
  async play(stage) {
    await stage.installed();
    const fault: Fault = async (x) => {
      const sent = x.forward().catch(() => null);
      // The old one is gone as soon as the host is at it.
      while ((await stage.truth()).answers === '1.0.0') await stage.moment();
      await stage.restartHost();
      await sent;
      x.reset();
    };
    stage.proxy.place({ kind: 'update', nth: 1, times: 1, fault });
    return finish(stage, 'starts slowly', true);
  },
};

/** Nothing can be received any more, as when the disk is full. */
const noRoom = (isUpdate: boolean): Case => ({
  name: `a disk that takes no upload, ${isUpdate ? 'update' : 'first installation'}`,
  async play(stage) {
    await (isUpdate ? stage.installed() : stage.fresh());
    const incoming = path.join(stage.uploads, '../incoming');
    await rename(incoming, `${incoming}-away`);
    await writeFile(incoming, '');
    try {
      return { ...(await finish(stage, 'good', isUpdate)), injected: 1 };
    } finally {
      await rm(incoming);
      await rename(`${incoming}-away`, incoming);
    }
  },
});

async function finish(stage: Stage, manner: Manner, isUpdate: boolean): Promise<Played> {
  const ended = await stage.run(['install', stage.write('2.0.0', manner)]);
  const before = isUpdate ? '1.0.0' : null;
  const injected = stage.proxy.hits;
  return { injected, wrong: await verdict(stage, ended, { wanted: '2.0.0', before }) };
}

describe('a host that ends and is started again, or is full', () => {
  playCases('kpfh', [
    ...restarts('update', 'good', true),
    ...restarts('status', 'good', true),
    ...restarts('upload-zip', 'good', true),
    ...restarts('upload-text', 'good', true, ['SIGKILL']),
    ...restarts('upload-zip', 'good', false, ['SIGKILL']),
    ...restarts('upload-text', 'good', false, ['SIGKILL']),
    ...restarts('create', 'good', false),
    ...restarts('update', 'dies', true),
    ...restarts('create', 'dies', true),
    inTheMiddle,
    noRoom(true),
    noRoom(false),
  ]);
});
