import { expect, it } from 'vitest';
import { readOwnEnvironment } from '../../../src/doctor/facts/python-here.ts';
import { type Tree, temporaryFolders } from '../../fixtures/tree.ts';
import { about, looked } from './machines.ts';

const folder = temporaryFolders();
const SITE = 'lib/python3.12/site-packages';
const NOTHING = { version: null, sdk: null, pynng: null, isShared: false };

it.each<[string, Tree, object]>([
  ['no file at all', {}, NOTHING],
  [
    'what python -m venv writes',
    {
      'pyvenv.cfg': 'home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.12.1\n',
      [`${SITE}/ekuiper-2.4.2.dist-info/METADATA`]: '',
      [`${SITE}/pynng-0.8.1.dist-info/METADATA`]: '',
      [`${SITE}/pynng_other-1.0.dist-info/METADATA`]: '',
    },
    { version: '3.12.1', sdk: '2.4.2', pynng: '0.8.1', isShared: false },
  ],
  [
    'what uv and virtualenv write',
    { 'pyvenv.cfg': 'version_info = 3.11.9.final.0\ninclude-system-site-packages = true\n' },
    { ...NOTHING, version: '3.11.9', isShared: true },
  ],
  [
    'a hostile one',
    {
      'pyvenv.cfg': `version = \u001b[31m3.12\n__proto__ = 1\nversion_info = x\n`,
      [`${SITE}/ekuiper-\u001b[2J.dist-info/METADATA`]: '',
    },
    NOTHING,
  ],
  ['one that is too long', { 'pyvenv.cfg': `version = 3.12.1\n${'#'.repeat(20_000)}` }, NOTHING],
])('%s', async (_name, tree, expected) => {
  const at = folder(tree);
  const own = await readOwnEnvironment({ folder: at }, 'p');
  expect(own).toEqual({ program: 'p', ...expected });
});

const own = {
  program: '.venv/bin/python',
  version: '3.12.1',
  sdk: '2.4.2',
  pynng: '0.8.1',
  isShared: false,
};
const NOT_RUN =
  'skipped: .venv/bin/python was not started: doctor runs no program of a project unless you name it';

it.each([
  [
    own,
    [
      'ok: Python 3.12.1 (.venv/bin/python, read from its files) with ekuiper 2.4.2 and pynng 0.8.1',
      NOT_RUN,
    ],
  ],
  [
    { ...own, sdk: null, pynng: null },
    [
      'error: Python 3.12.1 (.venv/bin/python, read from its files) has no package ekuiper, the SDK',
      NOT_RUN,
    ],
  ],
  [{ ...own, sdk: null, isShared: true }, [NOT_RUN]],
  [{ ...own, version: null }, [NOT_RUN]],
])('the doctor starts none of it: %j', async (found, expected) => {
  const remarks = await looked(
    {
      python: async () => ({ program: null, own: found }),
      run: async (program) => {
        if (program === found.program) throw new Error('it was started');
        return null;
      },
    },
    { language: 'python', conda: false, label: 'my plugin' },
  );
  expect(about(remarks, 'machine-python')).toEqual(expected);
  const hint = remarks.find(({ id }) => id === 'machine-python-not-run')?.hint;
  expect(hint).toBe("kplugin doctor 'my plugin' --python .venv/bin/python");
});
