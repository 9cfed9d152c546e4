import { realpathSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { developings } from './developing.ts';
import { answerFile, casesFor, manifestOf, plainProject } from './plain-project.ts';

describeOnUnix('kplugin dev, as it is asked to be', () => {
  const develop = developings();

  test('--json: an envelope when it listens and one for each cycle, good or bad', async () => {
    const dev = await develop({ project: plainProject('kdevjson') });
    await dev.cycle();
    for (const files of [
      { 'answer.js': answerFile('b') },
      { 'kdevjson.json': '{' },
      manifestOf('kdevjson'),
      { 'more.js': 'throw 1' },
      { 'answer.js': answerFile('a'), 'more.js': answerFile(1) },
      { 'tests/cases.yaml': 'cases: [{}]\n' },
    ]) {
      dev.write(files);
      await dev.cycle();
    }
    expect(await dev.stop()).toBe(0);
    const told = dev.stdout.map((line) => JSON.parse(line));
    for (const envelope of told) {
      expect(Object.keys(envelope)).toEqual(['ok', 'command', 'data', 'error']);
      expect(envelope).toMatchObject({ ok: envelope.error === null, command: 'dev' });
    }
    const cycles = told.map(({ data, error }) => [data.event, data.cycle, data.end, error?.code]);
    expect(cycles).toEqual([
      ['ready', undefined, undefined, undefined],
      ['cycle', 1, 'done', undefined],
      ['cycle', 2, 'cases', 'cases-failed'],
      ['cycle', 3, 'validate', 'findings'],
      ['cycle', 4, 'unchanged', undefined],
      ['cycle', 5, 'start', 'plugin-not-started'],
      ['cycle', 6, 'done', undefined],
      ['cycle', 7, 'cases', 'cases-invalid'],
    ]);
  });

  test('--watch-file: everything waits for that file', async () => {
    const dev = await develop({
      project: { ...plainProject('kdevwait'), 'dist/.built': '1' },
      args: ['--watch-file', 'dist/.built'],
    });
    await dev.cycle();
    dev.write({ 'answer.js': answerFile('half') });
    dev.write({ 'answer.js': answerFile('whole') });
    dev.write({ 'dist/.built': '2' });
    const { data } = await dev.cycle();
    expect(data).toMatchObject({ cycle: 2, isReplaced: true });
    expect(data.changed).toContain('answer.js');
    expect(await dev.call('kdevwait_fn', [1])).toMatchObject({ result: { answer: 'whole1' } });
    expect(dev.starts).toHaveLength(2);
  });

  test('--poll hears of changes as well', async () => {
    const dev = await develop({ project: plainProject('kdevpoll'), args: ['--poll'] });
    await dev.cycle();
    dev.write({ 'answer.js': answerFile('b') });
    expect((await dev.cycle()).data).toMatchObject({ changed: ['answer.js'], isReplaced: true });
  });

  test('--no-test runs no cases', async () => {
    const project = { ...plainProject('kdevnone'), 'tests/cases.yaml': 'no cases at all' };
    const dev = await develop({ project, human: true, args: ['--no-test'] });
    expect(await dev.told()).toMatch(/^kdevnone 1\.0\.0 · running after \d+\.\d s$/);
    dev.write({ 'answer.js': answerFile('b') });
    expect(await dev.told()).toMatch(/^changed answer\.js · running after \d+\.\d s$/);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['a pattern', ['.', 'ir'], ['first', 'third']],
    ['two patterns', ['.', 'second', 'third'], ['second', 'third']],
    ['a pattern without the folder', ['second'], ['second']],
    ['--symbol', ['--symbol', 'kdevpick_fn'], ['first', 'second', 'third']],
    ['--symbol without cases', ['--symbol', 'kdevpick_source'], []],
  ])('which cases run: %s', async (_, args, names) => {
    const dev = await develop({ project: plainProject('kdevpick'), args });
    const { cases } = (await dev.cycle()).data;
    expect((cases?.results ?? []).map(({ name }) => name)).toEqual(names);
  });

  test('without cases it runs all the same, and takes those that come', async () => {
    const dev = await develop({ project: plainProject('kdevcome', { cases: false }), human: true });
    expect(await dev.told()).toMatch(/^kdevcome 1\.0\.0 · running after \d+\.\d s$/);
    dev.write({ 'tests/first.yaml': casesFor('kdevcome', 'a1') });
    expect(await dev.told()).toBe('changed tests/first.yaml · 3 passed');
  });

  describe('what cannot be', () => {
    const folder = temporaryFolders();

    it.each<[string, readonly string[], string, string]>([
      ['a folder that is no project', [], 'is no plugin', 'kplugin init'],
      ['no such folder', ['./nowhere'], 'there is no ./nowhere', 'kplugin init'],
      ['a file', ['./a.txt'], './a.txt is a file', 'kplugin init'],
    ])('%s', async (_, args, message, hint) => {
      const cwd = realpathSync(folder({ 'a.txt': '' }));
      const run = await kplugin(['dev', '--listen', '127.0.0.1:0', ...args], { cwd });
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toContain(message);
      expect(run.stderr).toContain(hint);
    });

    it('a file to wait for that lies outside', async () => {
      const cwd = folder(plainProject('kdevout'));
      const run = await kplugin(['dev', '--listen', '127.0.0.1:0', '--watch-file', '../x'], {
        cwd,
      });
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toContain('--watch-file ../x is no file in the project');
    });
  });
});
