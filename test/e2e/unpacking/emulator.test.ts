import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnUnix } from '../../toolchain/require.ts';
import { Serving } from '../serve/serving.ts';
import { ask, type Unpacked } from './ask.ts';
import { UNPACK_CASES } from './cases.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { recordedAnswers, underUmask } from './recorded.ts';

const recorded = recordedAnswers();

/** An eKuiper in a folder of its own, which unpacks as the recorded one. */
describeOnUnix('kplugin serve does with a zip what eKuiper 2.4.0 did', () => {
  let serving: Serving;
  let folder = '';

  beforeAll(async () => {
    serving = await Serving.start('--target', '2.4');
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-unz-'));
  });
  afterAll(async () => {
    await serving.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('every case has its answer, and every answer its case', () => {
    expect(UNPACK_CASES.map(({ id }) => id).sort()).toEqual([...recorded.keys()].sort());
  });

  test.each(UNPACK_CASES.map((one) => [one.id, one] as const))('%s', async (id, one) => {
    const ours = await ask({ url: serving.url, home: serving.home, folder }, one);
    const known = underUmask(answerTo(id), process.umask());
    const exception = EXCEPTIONS.find(({ cases }) => cases.includes(id));
    if (exception === undefined) {
      expect(ours).toEqual(known);
      return;
    }
    // Where it is as eKuiper does by now, the exception goes.
    expect(ours).not.toEqual(known);
    expect(ours.body).toMatch(exception.ours);
    if (exception.sameFiles) expect(ours).toEqual({ ...known, body: ours.body });
  });
});

function answerTo(id: string): Unpacked {
  const answer = recorded.get(id);
  if (answer === undefined) throw new Error(`nothing is recorded for ${id}`);
  return answer;
}
