import { describe } from 'vitest';
import { casesOf, type Deed } from './deeds.ts';
import { playCases } from './playing.ts';
import type { Stage } from './stage.ts';
import { running } from './truth.ts';
import { saysThatRuns, saysUntouched, verdict } from './verdict.ts';

const restart: Deed = {
  name: 'restart of one that runs',
  prepare: (stage) => stage.installed(),
  args: ({ name }) => ['restart', name],
  async judge(stage, ended) {
    if (ended !== null) return verdict(stage, ended, { wanted: '1.0.0', before: '1.0.0' });
    const truth = await stage.settledTruth();
    return running(truth) === '1.0.0' ? [] : ['it does not run', JSON.stringify(truth)];
  },
  judgeAgain: (stage, ended) =>
    verdict(stage, ended, { wanted: '1.0.0', before: '1.0.0', done: true }),
};

/** It was dead, so it may be dead afterwards: then that is what has to be said. */
const restartOfDead: Deed = {
  ...restart,
  name: 'restart of one that died',
  async prepare(stage) {
    await stage.installed();
    await stage.crash();
  },
  async judge(stage: Stage, ended) {
    if (ended === null) return [];
    if (running(await stage.settledTruth(1500)) === '1.0.0') {
      return saysThatRuns(ended, stage.name, '1.0.0') || saysUntouched(ended)
        ? []
        : ['does not say that it runs'];
    }
    const text = ended.stdout + ended.stderr;
    const isSaid = new RegExp(`${stage.name} (1\\.0\\.0 )?(is|does not run|could NOT)`).test(text);
    return ended.code !== 0 && (isSaid || saysUntouched(ended))
      ? []
      : ['does not say that it does not run'];
  },
};

const cases = [...(await casesOf(restart, 'kpbs')), ...(await casesOf(restartOfDead, 'kpbs'))];

describe('a restart that is broken', () => {
  playCases('kpbs', cases);
});
