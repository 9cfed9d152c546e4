import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isRunning } from '../../fixtures/is-running.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { builtProject } from './built-project.ts';
import { type Developing, developings, SOON } from './developing.ts';
import { plainProject } from './plain-project.ts';

/** `dev` is stopped in the middle of something; then nothing of it is left. */
async function stopped(dev: Developing, name: string, pidsIn: readonly string[]): Promise<void> {
  const pids = pidsIn.flatMap((note) => dev.note(note).split('\n').filter(Boolean).map(Number));
  expect(await Promise.all(pids.map(isRunning))).toEqual(pids.map(() => true));
  expect(await dev.stop()).toBe(0);
  expect(await Promise.all(pids.map(isRunning))).toEqual(pids.map(() => false));
  const sockets = [`plugin_${name}`, `func_${name}_fn`];
  expect(sockets.filter((socket) => existsSync(`/tmp/${socket}.ipc`))).toEqual([]);
  expect(dev.leftovers).toEqual([]);
  expect(dev.cycleLines).toEqual([]);
  expect(dev.stderr).not.toMatch(/error|unexpected/i);
}

describeOnUnix('kplugin dev, and Ctrl-C in the middle of a cycle', () => {
  const develop = developings();

  test('while it builds', async () => {
    const dev = await develop({
      project: builtProject('kdevstopb'),
      human: true,
      before: { hold: '' },
    });
    await expect.poll(() => dev.note('builds'), SOON).toMatch(/\n$/);
    await stopped(dev, 'kdevstopb', ['builds']);
  });

  test('while the program does not shake hands', async () => {
    const program =
      "#!/usr/bin/env node\nrequire('node:fs').writeFileSync(process.env.SERVING + '/starts', process.pid + '\\n');\n" +
      'setInterval(() => {}, 1e6);\n';
    const project = {
      ...plainProject('kdevstoph'),
      run: { text: program, mode: 0o755 },
    };
    const dev = await develop({ project, human: true });
    await expect.poll(() => dev.note('starts'), SOON).toMatch(/\n$/);
    await stopped(dev, 'kdevstoph', ['starts']);
  });

  test('while a case runs', async () => {
    const cases = 'cases: [{ name: waits, function: kdevstopc_fn, args: [wait] }]\n';
    const project = { ...plainProject('kdevstopc'), 'tests/cases.yaml': cases };
    const dev = await develop({ project, human: true, args: ['--timeout', '60s'] });
    await expect.poll(() => dev.note('waiting'), SOON).not.toBe('');
    await stopped(dev, 'kdevstopc', ['starts']);
  });
});
