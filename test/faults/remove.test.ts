import { describe } from 'vitest';
import type { Ended } from './command.ts';
import { casesOf, type Deed } from './deeds.ts';
import { playCases } from './playing.ts';
import type { Stage } from './stage.ts';
import { running } from './truth.ts';
import { saysThatRuns, saysUntouched } from './verdict.ts';

/** It is there and runs, or it is gone; and the answer says which. */
async function judge(stage: Stage, ended: Ended | null): Promise<string[]> {
  const truth = await stage.truth();
  const isGone = truth.registered === null;
  if (!isGone && running(await stage.settledTruth()) !== '1.0.0') {
    return ['it is there and does not run', JSON.stringify(truth)];
  }
  if (ended === null) return [];
  const text = ended.stdout + ended.stderr;
  const saysGone = new RegExp(`removed ${stage.name}|has no (plugin )?${stage.name}\\b`).test(text);
  const saysThere = saysThatRuns(ended, stage.name, '1.0.0') || saysUntouched(ended);
  return [
    ...(ended.code === 0 && !isGone ? ['says yes, and it is there'] : []),
    ...(isGone === saysGone ? [] : [`${isGone ? 'does not say' : 'says'} that it is gone`]),
    ...(isGone || saysThere ? [] : ['does not say that it is there']),
  ];
}

const remove: Deed = {
  name: 'removal',
  prepare: (stage) => stage.installed(),
  args: ({ name }) => ['remove', name, '--yes', '--prune'],
  judge,
  async judgeAgain(stage, ended) {
    const { registered, uploads } = await stage.truth();
    // Of what is gone already the second run can only say that.
    const isRight = ended.code === 0 || (ended.code === 3 && /has no plugin/.test(ended.stderr));
    return [
      ...(registered === null ? [] : ['it is still there']),
      ...(isRight ? [] : [`ended with ${ended.code}`]),
      ...(ended.code === 0 && uploads.length > 0 ? [`left ${uploads.join(', ')}`] : []),
    ];
  },
};

const cases = await casesOf(remove, 'kpbd');

describe('a removal that is broken', () => {
  playCases('kpbd', cases);
});
