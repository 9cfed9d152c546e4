import path from 'node:path';
import { expect, test } from 'vitest';
import {
  type ChosenPython,
  projectPythons,
  pythonText,
} from '../../../../src/commands/serve/pythons.ts';
import { temporaryFolders, writeTree } from '../../../fixtures/tree.ts';
import { describeOnUnix } from '../../../toolchain/require.ts';

const PYTHON = { text: '#!/bin/sh\n', mode: 0o755 };
const USUAL: ChosenPython = { program: '/usr/bin/python3', from: 'PATH' };
const GIVEN: ChosenPython = { program: '/usr/bin/python3', from: '--python' };

describeOnUnix('the Python of a plugin', () => {
  const makeFolder = temporaryFolders();
  const folder = (): string =>
    writeTree(makeFolder(), {
      'work/hello/hello.json': '{}',
      'work/hello/.venv/bin/python': PYTHON,
      'work/hello/.venv/lib/python3.12/site-packages/ekuiper/__init__.py': '',
      'work/bare/bare.json': '{}',
      'other/far/.venv/bin/python': PYTHON,
    });

  test.each<[string, string, string, ChosenPython, string]>([
    ['of a project in this folder', 'hello', 'work', USUAL, 'work/hello/.venv/bin/python'],
    ['of the project here', 'hello', 'work/hello', USUAL, 'work/hello/.venv/bin/python'],
    ['the usual one: no project', 'hello', 'other', USUAL, '/usr/bin/python3'],
    ['the usual one: no environment', 'bare', 'work', USUAL, '/usr/bin/python3'],
    ['the usual one: --python', 'hello', 'work', GIVEN, '/usr/bin/python3'],
    ['of the folder that was given', 'far', 'work', USUAL, 'other/far/.venv/bin/python'],
  ])('%s', async (_title, plugin, here, usual, expected) => {
    const base = folder();
    const given = new Map([['far', path.join(base, 'other/far')]]);
    const found = await projectPythons(usual, given, path.join(base, here)).of(plugin);
    expect(path.resolve(base, found)).toBe(path.resolve(base, expected));
  });

  test.each([
    ['work', 'hello/.venv/bin/python'],
    ['work/bare', '../hello/.venv/bin/python'],
    ['other', null],
  ])('another that has the SDK, seen from %s', async (here, expected) => {
    const pythons = projectPythons(USUAL, new Map(), path.join(folder(), here));
    expect(await pythons.withSdk('/usr/bin/python3')).toBe(expected);
  });

  test('as it is shown', () => {
    expect(pythonText(USUAL, '/work')).toBe('/usr/bin/python3 (PATH)');
    expect(pythonText({ program: '/work/.venv/bin/python', from: '.venv' }, '/work')).toBe(
      '.venv/bin/python (.venv)',
    );
    expect(pythonText({ program: 'python', from: null }, '/work')).toBe('python (not found)');
  });
});
