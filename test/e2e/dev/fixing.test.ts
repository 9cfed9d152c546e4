import { expect, test } from 'vitest';
import { isRunning } from '../../fixtures/is-running.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { developings, SOON } from './developing.ts';
import { answerFile, manifestOf, plainProject } from './plain-project.ts';

describeOnUnix('kplugin dev, and a project that is broken for a while', () => {
  const develop = developings();

  test('a manifest with errors: they are said, and the plugin of before answers', async () => {
    const dev = await develop({ project: plainProject('kdevbad'), human: true });
    await dev.told();
    const manifest = { ...JSON.parse(String(manifestOf('kdevbad')['kdevbad.json'])) };
    const save = (text: string) => dev.write({ 'kdevbad.json': text });
    const answer = () => dev.ask('/functions/kdevbad_fn', [1]);
    const before = await answer();
    save('{ "version": ');
    expect(await dev.told()).toBe('changed kdevbad.json · 1 error · kdevbad 1.0.0 runs on');
    await dev.line((line) => /^ {2}kdevbad\.json:1:\d+ error .*\[json-syntax\]$/.test(line));
    expect(await answer()).toEqual(before);
    // The program changes meanwhile: it waits for the manifest.
    dev.write({ 'answer.js': answerFile('b') });
    expect(await dev.told()).toBe('changed answer.js · 1 error · kdevbad 1.0.0 runs on');
    expect(await answer()).toEqual(before);
    save(JSON.stringify({ ...manifest, version: '1.0.1' }));
    expect(await dev.told()).toMatch(/^changed kdevbad\.json · running after .* · 2 of 3 failed$/);
    expect(await answer()).toMatchObject({ result: { answer: 'b1' } });
    expect(dev.starts).toHaveLength(2);
  });

  test('a manifest that is as before once more: the same process', async () => {
    const dev = await develop({ project: plainProject('kdevback') });
    await dev.cycle();
    dev.write({ 'kdevback.json': '[]' });
    const { ok, error, data } = await dev.cycle();
    expect({ ok, end: data.end }).toEqual({ ok: false, end: 'validate' });
    expect(error).toMatchObject({ code: 'findings', findings: [{ file: 'kdevback.json' }] });
    dev.write(manifestOf('kdevback'));
    expect((await dev.cycle()).data).toMatchObject({
      end: 'unchanged',
      changed: ['kdevback.json'],
      plugin: { version: '1.0.0', state: 'running' },
    });
    expect(dev.starts).toHaveLength(1);
  });

  test('a program that dies at its start: what it said, and the next change fixes it', async () => {
    const dev = await develop({ project: plainProject('kdevdead'), human: true });
    await dev.told();
    const meta = { opId: 'kdevdead' };
    const source = { symbolName: 'kdevdead_source', pluginType: 'source', meta };
    expect(await dev.ask('/symbol/start', source)).toBe('ok');
    dev.write({ 'answer.js': "throw new Error('no camera');\n" });
    const line = 'changed answer.js · kdevdead does not start · nothing runs';
    expect(await dev.told()).toBe(line);
    await dev.line((one) => one.includes('before its handshake (exit status 1)'));
    await dev.line((one) => one.includes('Error: no camera'));
    dev.write({ 'answer.js': answerFile('b') });
    expect(await dev.told()).toMatch(/^changed answer\.js · running after .* · 2 of 3 failed$/);
    // Also what had been started before the accident.
    await expect.poll(() => dev.lastRow('kdevdead_source'), SOON).toMatchObject({ answer: 'b1' });
  });

  test('one that is broken from the first moment', async () => {
    const project = { ...plainProject('kdevborn'), 'more.js': 'process.exit(3);\n' };
    const dev = await develop({ project });
    const { error, data } = await dev.cycle();
    expect(error).toMatchObject({ code: 'plugin-not-started' });
    expect(data).toMatchObject({ cycle: 1, end: 'start', plugin: null, cases: null });
    dev.write({ 'more.js': answerFile(1) });
    expect(await dev.cycle()).toMatchObject({ ok: true, data: { end: 'done' } });
  });

  test('one that is killed later is started by the next change, whatever that is', async () => {
    const dev = await develop({ project: plainProject('kdevkill') });
    await dev.cycle();
    process.kill(Number(dev.starts[0]), 'SIGKILL');
    const status = async () => JSON.stringify(await dev.ask('/symbols'));
    await expect.poll(status, SOON).toContain('"error":"signal: killed"');
    dev.write({ 'tests/empty.yaml': 'cases: []\n' });
    expect((await dev.cycle()).data).toMatchObject({ isReplaced: true, cases: { passed: 3 } });
    expect(await isRunning(Number(dev.starts[1]))).toBe(true);
  });

  test('a case that ends the program is not the end of it', async () => {
    const project = plainProject('kdevcrash');
    const dies = `cases: [{ name: a dies, function: kdevcrash_fn, args: [die], result: 1 }]\n`;
    const dev = await develop({ project: { ...project, 'tests/a.yaml': dies } });
    const { data } = await dev.cycle();
    expect(data.cases).toMatchObject({ passed: 3, failed: 1 });
    expect(data.plugin).toMatchObject({ state: 'running' });
    dev.remove('tests/a.yaml');
    expect(await dev.cycle()).toMatchObject({ ok: true, data: { cases: { passed: 3 } } });
  });

  test('a plugin that gets another name takes the place of the one before', async () => {
    const dev = await develop({ project: plainProject('kdevold', { cases: false }) });
    await dev.cycle();
    dev.write(plainProject('kdevnewname', { cases: false }));
    dev.remove('kdevold.json');
    await expect.poll(async () => (await dev.cycle()).data.plugin?.name, SOON).toBe('kdevnewname');
    const { plugins } = await dev.symbols();
    expect(plugins).toMatchObject([{ name: 'kdevnewname', status: 'running' }]);
  });
});
