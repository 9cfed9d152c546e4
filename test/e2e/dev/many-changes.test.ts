import { expect, test } from 'vitest';
import { describeOnUnix } from '../../toolchain/require.ts';
import { builtProject } from './built-project.ts';
import { type Developing, developings, SOON } from './developing.ts';
import { answerFile, casesFor, plainProject } from './plain-project.ts';

const waitingCase = (name: string): string =>
  `cases: [{ name: waits, function: ${name}_fn, args: [wait], result: { arg: wait } }]\n`;

const linesOf = (dev: Developing, note: string): number[] =>
  dev.note(note).split('\n').filter(Boolean).map(Number);

describeOnUnix('kplugin dev, when much is written at once', () => {
  const develop = developings();

  /** What is answered now, by which of its processes (counted from 1). */
  const state = async (dev: Developing, name: string) => {
    const { result } = await dev.call(`${name}_fn`, [1]);
    return { answer: result.answer, process: dev.starts.indexOf(result.pid) + 1 };
  };

  test('a burst of writes to many files is one cycle', async () => {
    const dev = await develop({ project: plainProject('kdevburst') });
    await dev.cycle();
    for (let round = 1; round <= 20; round += 1) {
      dev.write({
        'answer.js': answerFile(`round${round}-`),
        'more.js': answerFile(round),
        [`data/${round}.txt`]: String(round),
        'tests/cases.yaml': casesFor('kdevburst', `round${round}-${round}`),
      });
    }
    const { data } = await dev.cycle();
    expect(data.changed).toHaveLength(23);
    expect(data).toMatchObject({ cycle: 2, end: 'done', cases: { passed: 3, failed: 0 } });
    expect(await state(dev, 'kdevburst')).toEqual({ answer: 'round20-20', process: 2 });
    // Were there another cycle of the burst, it would come before that of this change.
    dev.write({ 'answer.js': answerFile('last') });
    expect((await dev.cycle()).data).toMatchObject({ cycle: 3, changed: ['answer.js'] });
    expect(dev.starts).toHaveLength(3);
  });

  test('what is written while cases run comes next, all at once', async () => {
    const project = { ...plainProject('kdevduring'), 'tests/wait.yaml': waitingCase('kdevduring') };
    const dev = await develop({ project, args: ['--timeout', '60s', '--receive-timeout', '60s'] });
    for (const answer of ['b', 'c', 'd']) {
      await expect.poll(() => dev.note('waiting'), SOON).not.toBe('');
      dev.write({ 'answer.js': answerFile(answer) });
    }
    dev.write({ 'tests/cases.yaml': casesFor('kdevduring', 'd1') });
    dev.give('gate');
    expect((await dev.cycle()).data).toMatchObject({ cycle: 1, cases: { passed: 4 } });
    expect((await dev.cycle()).data).toMatchObject({
      cycle: 2,
      changed: ['answer.js', 'tests/cases.yaml'],
      cases: { passed: 4, failed: 0 },
    });
    expect(await state(dev, 'kdevduring')).toEqual({ answer: 'd1', process: 2 });
  });

  test('what is written while it builds is built next, once', async () => {
    const dev = await develop({ project: builtProject('kdevbuild') });
    expect((await dev.cycle()).data).toMatchObject({ end: 'done', cases: { passed: 3 } });
    dev.give('hold');
    dev.write({ 'src/answer.txt': 'b' });
    await expect.poll(() => linesOf(dev, 'builds').length, SOON).toBe(2);
    dev.write({ 'src/answer.txt': 'c', 'tests/cases.yaml': casesFor('kdevbuild', 'd1') });
    dev.write({ 'src/answer.txt': 'd' });
    dev.take('hold');
    expect((await dev.cycle()).data).toMatchObject({ cycle: 2, changed: ['src/answer.txt'] });
    expect((await dev.cycle()).data).toMatchObject({
      cycle: 3,
      changed: ['src/answer.txt', 'tests/cases.yaml'],
      cases: { passed: 3, failed: 0 },
    });
    expect(await state(dev, 'kdevbuild')).toEqual({ answer: 'd1', process: 3 });
    expect(linesOf(dev, 'builds')).toHaveLength(3);
    // What a build writes is no change of its own: nobody hears of it.
    dev.write({ 'src/answer.txt': 'e' });
    expect((await dev.cycle()).data).toMatchObject({ cycle: 4, changed: ['src/answer.txt'] });
  });

  test('a build that fails: what it said; the plugin of before runs on, also when all is as before', async () => {
    const dev = await develop({ project: builtProject('kdevwrong'), human: true });
    expect(await dev.told()).toMatch(/ · 3 passed$/);
    dev.write({ 'src/answer.txt': 'wrong' });
    expect(await dev.told()).toMatch(/^changed src\/answer\.txt · .* · kdevwrong 1\.0\.0 runs on$/);
    await dev.line((line) => line.includes('src/answer.txt:1: this answer is wrong'));
    expect(await state(dev, 'kdevwrong')).toEqual({ answer: 'a1', process: 1 });
    dev.write({ 'src/answer.txt': 'a' });
    expect(await dev.told()).toBe(
      'changed src/answer.txt · the package is the same, kdevwrong 1.0.0 runs on',
    );
    dev.write({ 'src/answer.txt': 'b' });
    expect(await dev.told()).toMatch(/ · running after .* · 2 of 3 failed$/);
    expect(await state(dev, 'kdevwrong')).toEqual({ answer: 'b1', process: 2 });
  });
});
