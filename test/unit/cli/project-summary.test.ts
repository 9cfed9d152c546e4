import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testSteps } from '../../../src/cli/project-summary.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';

const folder = temporaryFolders();
const PYTHON = { text: '', mode: 0o755 };

const INSTALL = '.venv/bin/python -m pip install -r requirements.txt';

it.each([
  [
    'python',
    { 'requirements.txt': '' },
    ['python3 -m venv .venv', INSTALL, '.venv/bin/python -m unittest'],
  ],
  ['python', { 'main.py': '' }, ['python3 -m venv .venv', '.venv/bin/python -m unittest']],
  ['python', { '.venv/bin/python': PYTHON }, ['.venv/bin/python -m unittest']],
  ['python', { 'venv/bin/python': PYTHON }, ['venv/bin/python -m unittest']],
  [
    'python',
    {
      '.venv/bin/python': PYTHON,
      'requirements.txt': '',
      '.venv/lib/python3.12/site-packages/pip/x': '',
    },
    [INSTALL, '.venv/bin/python -m unittest'],
  ],
  [
    'python',
    { '.venv/bin/python': PYTHON, 'requirements.txt': '', '.venv/lib/python3.12/x': '' },
    ['.venv/bin/python -m ensurepip', INSTALL, '.venv/bin/python -m unittest'],
  ],
  [
    'python',
    {
      'venv/bin/python': PYTHON,
      'requirements.txt': '',
      'venv/lib/python3.9/site-packages/ekuiper/x': '',
    },
    ['venv/bin/python -m unittest'],
  ],
  ['go', { 'go.mod': '' }, ['go test ./...']],
  ['typescript', { 'package.json': '{}' }, ['npm install', 'npm test']],
  ['typescript', { 'node_modules/x': '' }, ['npm test']],
] as const)(
  'a %s project with %j is tested by commands that run there',
  async (language, files, steps) => {
    const root = folder(files);
    expect(await testSteps(language, root, root)).toEqual(steps);
    const [cd, ...rest] = await testSteps(language, root, join(root, '..', 'elsewhere'));
    expect([cd?.startsWith('cd ../'), rest]).toEqual([true, steps]);
  },
);

it('goes to a folder whose name is no plain word', async () => {
  const root = folder({ "-it's mine/go.mod": '' });
  const [cd] = await testSteps('go', join(root, "-it's mine"), root);
  expect(cd).toBe("cd './-it'\\''s mine'");
});
