import { describe } from 'vitest';
import { casesOf, type Deed } from './deeds.ts';
import { playCases } from './playing.ts';
import type { Stage } from './stage.ts';
import { running } from './truth.ts';
import { verdict } from './verdict.ts';

/** 2.0.0 runs, and 1.0.0 ran before. */
async function updated(stage: Stage): Promise<void> {
  await stage.installed();
  const { code, stderr } = await stage.run(['install', stage.write('2.0.0')]);
  if (code !== 0) throw new Error(`no 2.0.0: ${stderr}`);
}

const rollback: Deed = {
  name: 'rollback',
  prepare: updated,
  args: ({ name }) => ['rollback', name, '--to', '1.0.0'],
  async judge(stage, ended) {
    if (ended === null) {
      const truth = await stage.settledTruth();
      return running(truth) === null ? ['none runs', JSON.stringify(truth)] : [];
    }
    return verdict(stage, ended, { wanted: '1.0.0', before: '2.0.0' });
  },
  async judgeAgain(stage, ended) {
    const before = running(await stage.settledTruth());
    return verdict(stage, ended, { wanted: '1.0.0', before, done: true });
  },
};

const cases = await casesOf(rollback, 'kpbr');

describe('a rollback that is broken', () => {
  playCases('kpbr', cases);
});
