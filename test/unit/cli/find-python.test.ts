import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPython } from '../../../src/cli/find-python.ts';
import { describeOnUnix } from '../../toolchain/require.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'kplugin-python-'));
  for (const [file, mode] of [
    ['bin/python3', 0o755],
    ['bin/python', 0o755],
    ['old/python', 0o755],
    ['dotted/.venv/bin/python', 0o755],
    ['dotted/venv/bin/python', 0o755],
    ['plain/venv/bin/python', 0o755],
    ['broken/.venv/bin/python', 0o644],
    ['win/python.exe', 0o755],
    ['winenv/.venv/Scripts/python.exe', 0o755],
  ] as const) {
    const at = path.join(base, file);
    await mkdir(path.dirname(at), { recursive: true });
    await writeFile(at, '#!/bin/sh\n', { mode });
  }
});
afterAll(() => rm(base, { recursive: true, force: true }));

describeOnUnix('the Python for plugins', () => {
  test.each([
    ['of the project, before the PATH', 'bin', 'dotted', 'dotted/.venv/bin/python'],
    ['of the project, in a folder without a dot', 'bin', 'plain', 'plain/venv/bin/python'],
    ['of the PATH when the project has none', 'bin', 'old', 'bin/python3'],
    ['of the PATH when the project’s cannot be run', 'bin', 'broken', 'bin/python3'],
    ['python3 before python', 'old:bin', null, 'bin/python3'],
    ['python where there is no python3', 'old', null, 'old/python'],
    ['nowhere', 'dotted', null, null],
  ])('%s', async (_title, folders, project, expected) => {
    const at = (name: string): string => path.join(base, name);
    const search = folders.split(':').map(at).join(path.delimiter);
    const found = await findPython({ PATH: search }, project === null ? null : at(project));
    expect(found?.program ?? null).toBe(expected === null ? null : at(expected));
  });

  test.each<[string, Record<string, string>, string | null, string]>([
    ['the project first', { VIRTUAL_ENV: 'plain/venv' }, 'dotted', '.venv dotted/.venv/bin/python'],
    [
      'an active environment before conda',
      { VIRTUAL_ENV: 'plain/venv', CONDA_PREFIX: 'dotted/.venv' },
      'old',
      'VIRTUAL_ENV plain/venv/bin/python',
    ],
    [
      'conda before the PATH',
      { CONDA_PREFIX: 'dotted/.venv' },
      null,
      'CONDA_PREFIX dotted/.venv/bin/python',
    ],
    ['an environment that is gone', { VIRTUAL_ENV: 'gone' }, null, 'PATH bin/python3'],
  ])('%s', async (_title, active, project, expected) => {
    const at = (name: string): string => path.join(base, name);
    const variables = Object.entries(active).map(([name, folder]) => [name, at(folder)]);
    const env = { PATH: at('bin'), ...Object.fromEntries(variables) };
    const found = await findPython(env, project === null ? null : at(project));
    expect(`${found?.from} ${path.relative(base, found?.program ?? '')}`).toBe(expected);
  });

  test('a relative environment is not taken', async () => {
    expect(await findPython({ VIRTUAL_ENV: 'plain/venv', PATH: '' })).toBeNull();
  });

  test.each([
    ['of the project', 'winenv', 'winenv/.venv/Scripts/python.exe'],
    ['of the PATH', 'plain', 'win/python.exe'],
  ])('on Windows: %s', async (_title, project, expected) => {
    const search = ['bin', 'win'].map((name) => path.join(base, name)).join(path.delimiter);
    const found = await findPython({ PATH: search }, path.join(base, project), 'win32');
    expect(found?.program).toBe(path.join(base, expected));
  });
});
