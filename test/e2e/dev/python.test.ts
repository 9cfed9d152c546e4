import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isRunning } from '../../fixtures/is-running.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { goodCases, pythonPlugin } from '../cases/plugin.ts';
import { developings, SOON } from './developing.ts';

/** The program of `name` with another line before its configuration. */
function programWith(name: string, line: string): string {
  return String(pythonPlugin(name)['main.py']).replace('config = ', `${line}\n\nconfig = `);
}

await describeOnUnixWith('kplugin dev with the real Python SDK', sdkPython, (python) => {
  const develop = developings();

  test('sources, sinks and functions over changes, mistakes and Ctrl-C', async () => {
    const name = 'kdevpy';
    const project = { ...pythonPlugin(name), 'tests/good.yaml': goodCases(name) };
    const dev = await develop({ project, human: true, args: ['--python', python] });
    expect(await dev.told()).toMatch(/^kdevpy 1\.0\.0 · running after \d+\.\d s · 8 passed$/);
    const meta = { opId: name };
    const source = { symbolName: `${name}_in`, pluginType: 'source', meta };
    const sink = { symbolName: `${name}_out`, pluginType: 'sink', meta: { opId: `${name}s` } };
    for (const symbol of [source, sink]) expect(await dev.ask('/symbol/start', symbol)).toBe('ok');
    await expect.poll(() => dev.lastRow(`${name}_in`), SOON).toHaveProperty('number');

    dev.write({ 'main.py': programWith(name, 'Echo.exec = lambda self, args, ctx: "new"') });
    expect(await dev.told()).toMatch(
      /^changed main\.py · running after \d+\.\d s · 3 of 8 failed$/,
    );
    expect(await dev.ask(`/functions/${name}_also`, ['x'])).toEqual({ result: 'new' });
    // A source's YAML is part of the package: what runs is started with the new one.
    dev.write({ [`sources/${name}_in.yaml`]: 'default:\n  step: -1\nfast:\n  step: 10\n' });
    expect(await dev.told()).toMatch(/· running after .* · 3 of 3 that failed still fail$/);
    const isNegative = async () => Number((await dev.lastRow(`${name}_in`))?.['number']) < 0;
    await expect.poll(isNegative, SOON).toBe(true);

    dev.write({ 'main.py': programWith(name, 'Echo.exec = = 1') });
    expect(await dev.told()).toMatch(/^changed main\.py · /);
    await dev.line((line) => line.includes('main.py'));
    dev.write({ 'main.py': programWith(name, 'print("as before")') });
    expect(await dev.told()).toMatch(/^changed main\.py · running after .* · 8 passed$/);
    const { symbols } = await dev.symbols();
    expect(symbols.map(({ symbol }) => symbol)).toEqual(
      expect.arrayContaining([`${name}_in`, `${name}_out`]),
    );

    const sockets = [`plugin_${name}`, `func_${name}_echo`, `rule1_${name}_1`, `rule1_${name}s_1`];
    const left = () => sockets.filter((socket) => existsSync(`/tmp/${socket}.ipc`));
    expect(left()).toEqual(expect.arrayContaining([`plugin_${name}`, `rule1_${name}_1`]));
    expect(await dev.stop()).toBe(0);
    expect(left()).toEqual([]);
    expect(dev.leftovers).toEqual([]);
  });

  test('a program that raises at its start: its traceback names the project’s file', async () => {
    const name = 'kdevpyr';
    const raise = `open(os.path.join(os.environ["SERVING"], "starts"), "a").write(str(os.getpid()) + "\\n")\nraise RuntimeError("no camera")`;
    const project = { ...pythonPlugin(name), 'main.py': programWith(name, raise) };
    const dev = await develop({ project, human: true, args: ['--python', python] });
    expect(await dev.told()).toBe('first try · kdevpyr does not start · nothing runs');
    await dev.line((line) => line.includes('RuntimeError: no camera'));
    expect(dev.text).toMatch(/File "\.\/main\.py", line \d+/);
    expect(await Promise.all(dev.starts.map(isRunning))).toEqual([false]);
    dev.write({ 'main.py': String(pythonPlugin(name)['main.py']) });
    expect(await dev.told()).toMatch(/^changed main\.py · running after \d+\.\d s$/);
    expect(await dev.ask(`/functions/${name}_echo`, ['x'])).toEqual({ result: 'x' });
    expect(existsSync(path.join(dev.project, '__pycache__'))).toBe(false);
  });
});
