import { expect, test } from 'vitest';
import { notExecutable } from '../../../../../src/lint/rules/package/not-executable.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { goProgram } from '../../plugin-files.ts';

const withMode = (mode: number | null) => goProgram('', { run: { text: '', mode } });
const FAT = 'The package has no Unix modes, so the program is not executable';

test.each([
  ['0755', withMode(0o755), []],
  ['0700', withMode(0o700), []],
  ['0644', withMode(0o644), ['The program is not executable: its mode is 0644']],
  ['only for others', withMode(0o655), ['The program is not executable: its mode is 0655']],
  ['made on Windows', withMode(null), [FAT]],
  ['python needs none', GOOD_FILES, []],
])('%s', async (_, files, expected) => {
  const found = await findingsOf(notExecutable, { files, form: 'zip' });
  expect(found.map(({ message }) => message)).toEqual(expected);
});

test.each<[string, string, boolean]>([
  ['by its name', 'chmod +x run\n', true],
  ['by its path', 'cd "$(dirname "$0")" && chmod 755 ./run\n', true],
  ['by the path of the script', 'here=$(dirname "$0")\nchmod u+rx,g+x "$here/run"\n', true],
  ['with all others', 'chmod 0755 *\n', true],
  ['with the whole folder', 'chmod -R a+rx .\n', true],
  ['another file', 'chmod +x tool run.txt\n', false],
  ['for reading alone', 'chmod 644 run\nchmod a+r run\n', false],
  ['in a comment', '# chmod +x run\n', false],
  ['the other way round', 'chmod -x run\nchmod a-x run\n', false],
  ['with what is below', 'chmod -R +x lib\n', false],
])('install.sh makes it executable: %s', async (_, text, isMade) => {
  const files = { ...withMode(0o644), 'install.sh': text };
  const found = await findingsOf(notExecutable, { files, form: 'zip' });
  expect(found.length).toBe(isMade ? 0 : 1);
});

test.each([
  [
    '2.4' as const,
    'eKuiper refuses the install: "fail to install plugin: plugin executable …/probe/run stops with error fork/exec …/probe/run: permission denied"',
  ],
  [
    '1.14' as const,
    'eKuiper 1.14 answers 201, then every rule that uses the plugin fails: "plugin executable …/probe/run stops with error fork/exec …/probe/run: permission denied"',
  ],
])('in the words of %s', async (target, effect) => {
  const spec = { files: withMode(0o644), form: 'zip' as const };
  expect((await findingsOf(notExecutable, spec, target))[0]?.effect).toBe(effect);
});
