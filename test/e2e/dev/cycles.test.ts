import { existsSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isRunning } from '../../fixtures/is-running.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { developings, SOON } from './developing.ts';
import { answerFile, casesFor, plainProject } from './plain-project.ts';

describeOnUnix('kplugin dev, from change to change', () => {
  const develop = developings();

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'the first cycle tells what runs, and %s leaves nothing of it',
    async (signal) => {
      const dev = await develop({ project: plainProject('kdevfirst'), human: true });
      expect(await dev.told()).toMatch(/^kdevfirst 1\.0\.0 · running after \d+\.\d s · 3 passed$/);
      const meta = { opId: 'kdevfirst' };
      const source = { symbolName: 'kdevfirst_source', pluginType: 'source', meta };
      expect(await dev.ask('/symbol/start', source)).toBe('ok');
      const sockets = ['plugin_kdevfirst', 'func_kdevfirst_fn', 'rule1_kdevfirst_1'];
      const left = () => sockets.filter((name) => existsSync(`/tmp/${name}.ipc`));
      expect(left()).toEqual(sockets);
      expect(await dev.stop(signal)).toBe(0);
      expect(dev.stderr).toContain('stopped: nothing is left running');
      expect(dev.stderr).not.toContain('is not running');
      expect(dev.note('stopped')).toBe(String(dev.starts[0]));
      expect(left()).toEqual([]);
      expect(dev.leftovers).toEqual([]);
      expect(await Promise.all(dev.starts.map(isRunning))).toEqual([false]);
    },
  );

  test('a change of the program is one line, and the new one answers', async () => {
    const project = { ...plainProject('kdevnew'), 'tests/cases.yaml': casesFor('kdevnew', 'b1') };
    const dev = await develop({ project, human: true });
    expect(await dev.told()).toMatch(/ · 2 of 3 failed$/);
    expect(dev.text).toContain('expected  "b1"');
    dev.write({ 'answer.js': answerFile('b') });
    const line = await dev.told();
    expect(line).toMatch(/^changed answer\.js · running after \d+\.\d s · 3 passed$/);
    const [first, second] = dev.starts;
    expect(await dev.ask('/functions/kdevnew_fn', [7])).toEqual({
      result: { answer: 'b1', pid: second, arg: 7 },
    });
    expect(await isRunning(Number(first))).toBe(false);
    await dev.stop();
    expect(dev.cycleLines).toHaveLength(2);
    expect(dev.starts).toEqual([first, second]);
  });

  test('what a client has started runs again in the new process', async () => {
    const dev = await develop({ project: plainProject('kdevheld') });
    await dev.cycle();
    const meta = { ruleId: 'mine', opId: 'kdevheld', instanceId: 3 };
    const source = { symbolName: 'kdevheld_source', pluginType: 'source', meta };
    expect(await dev.ask('/symbol/start', source)).toBe('ok');
    await expect.poll(() => dev.lastRow('kdevheld_source'), SOON).toMatchObject({ answer: 'a1' });
    dev.write({ 'more.js': answerFile(2) });
    expect((await dev.cycle()).data).toMatchObject({ isReplaced: true, lost: [] });
    const [, pid] = dev.starts;
    await expect
      .poll(() => dev.lastRow('kdevheld_source'), SOON)
      .toEqual({ answer: 'a2', pid, meta });
    expect(await dev.ask('/symbol/stop', source)).toBe('ok');
    dev.write({ 'more.js': answerFile(3) });
    expect((await dev.cycle()).data).toMatchObject({ isReplaced: true, lost: [] });
    expect(await dev.lastRow('kdevheld_source')).toBeNull();
  });

  test('other cases need no new process', async () => {
    const dev = await develop({ project: plainProject('kdevcases'), human: true });
    await dev.told();
    const save = (key: string) =>
      dev.write({
        'tests/more.yaml': `cases: [{ name: one more, function: kdevcases_fn, ${key}: [1] }]\n`,
      });
    save('args');
    expect(await dev.told()).toBe('changed tests/more.yaml · 4 passed');
    save('agrs');
    expect(await dev.told()).toMatch(/^changed tests\/more\.yaml · the cases have .*mistake/);
    await dev.line((line) => line.startsWith('  tests/more.yaml:1:'));
    dev.remove('tests/more.yaml');
    expect(await dev.told()).toBe('changed tests/more.yaml · 3 passed');
    expect(dev.starts).toHaveLength(1);
  });

  test('what failed is run first, everything when it passes', async () => {
    const dev = await develop({ project: plainProject('kdevfail') });
    const names = async () => (await dev.cycle()).data.cases?.results.map(({ name }) => name);
    expect(await names()).toEqual(['first', 'second', 'third']);
    dev.write({ 'answer.js': answerFile('b') });
    expect(await names()).toEqual(['first', 'second', 'third']);
    dev.write({ 'answer.js': answerFile('c') });
    const { error, data } = await dev.cycle();
    expect(error).toMatchObject({ code: 'cases-failed' });
    expect(data.cases).toMatchObject({ isRepeat: true, passed: 0, failed: 2, known: 3 });
    dev.write({ 'answer.js': answerFile('a') });
    expect((await dev.cycle()).data.cases).toMatchObject({
      isRepeat: false,
      passed: 3,
      results: [{ name: 'first' }, { name: 'second' }, { name: 'third' }],
    });
  });

  test('a file that was touched needs nothing', async () => {
    const dev = await develop({ project: plainProject('kdevtouch') });
    await dev.cycle();
    const now = new Date();
    utimesSync(path.join(dev.project, 'answer.js'), now, now);
    dev.write({ 'more.js': answerFile(1), 'tests/note.txt': '', 'tests/more.yaml': 'cases: []\n' });
    dev.remove('tests/note.txt');
    const { data } = await dev.cycle();
    expect(data).toMatchObject({ cycle: 2, changed: ['tests/more.yaml'], isReplaced: false });
    expect(dev.starts).toHaveLength(1);
  });
});
