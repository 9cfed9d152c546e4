import { expect, test } from 'vitest';
import { executableNotPacked } from '../../../../../src/lint/rules/manifest/executable-not-packed.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { withFiles, withManifest, without } from '../../plugin-files.ts';

const BUILD =
  'Build it first (Go: CGO_ENABLED=0 go build, TypeScript: npm run build), or correct "executable"';
const dotted = (path: string) => ({ text: '', rawName: `./${path}` });

test.each([
  ['there', GOOD_FILES, undefined],
  ['not there', without('main.py'), 'Add main.py, or correct "executable"'],
  ['not built', withManifest({ language: 'go', executable: 'probe' }), BUILD],
  [
    'a folder of that name',
    withManifest({ executable: 'app' }, { 'app/': '', 'app/main.py': '' }),
    'app is a folder: name the file in it that starts the plugin',
  ],
  [
    'another letter case',
    withManifest({ executable: 'Main.py' }),
    'There is main.py: rename it, or write "executable": "main.py"',
  ],
  [
    'built for Windows',
    withManifest({ executable: 'probe' }, { 'probe.exe': 'MZ' }),
    'There is probe.exe: rename it, or write "executable": "probe.exe"',
  ],
  [
    'in a folder',
    withManifest({ executable: 'run' }, { 'bin/run': '' }),
    'There is bin/run: rename it, or write "executable": "bin/run"',
  ],
  ['not clean: said by executable-not-clean', withManifest({ executable: './x' }), undefined],
])('%s', async (_, files, hint) => {
  const [found] = await findingsOf(executableNotPacked, { files, form: 'zip' });
  expect(found?.hint).toBe(hint);
});

test.each([
  [
    '2.0' as const,
    'Its entry is named "./main.py". Run kplugin pack --from probe: it names it main.py',
  ],
  ['2.1' as const, undefined],
])('./main.py on %s', async (target, hint) => {
  const files = withFiles({ 'main.py': dotted('main.py') });
  const [found] = await findingsOf(executableNotPacked, { files, form: 'zip' }, target);
  expect(found?.hint).toBe(hint);
});

const go = withManifest({ language: 'go', executable: 'probe' });

test.each([
  ['a Go project: pack builds it', go, { 'go.mod': 'module probe' }, []],
  ['Go without go.mod', go, {}, ['missing probe']],
  ['a build script: pack runs it', go, { 'package.json': '{"scripts":{"build":"x"}}' }, []],
  ['no build script', go, { 'package.json': '{"scripts":{}}' }, ['missing probe']],
  ['Python with a go.mod', without('main.py'), { 'go.mod': '' }, ['missing main.py']],
])('%s', async (_, files, project, words) => {
  const found = await findingsOf(executableNotPacked, { files, project });
  expect(found.map(({ effect }) => /missing [a-z.]+/.exec(effect)?.[0])).toEqual(words);
});

test('left out by the ignore rules', async () => {
  const spec = {
    files: without('main.py'),
    project: { 'main.py': '' },
    leftOut: { 'main.py': 'it holds a GitHub token' },
  };
  const [found] = await findingsOf(executableNotPacked, spec);
  expect(found?.hint).toBe(
    'The file exists, but is left out (it holds a GitHub token). Write the line !main.py into .kpluginignore',
  );
});

test.each([
  ['../'.repeat(50_000), '150000 bytes, ../../../'],
  ['a/'.repeat(400_000), '800000 bytes, a/a/'],
  ['a'.repeat(256), '256 bytes, aaa'],
])('a path that no Linux takes (%#)', async (executable, shown) => {
  const [found, ...more] = await findingsOf(executableNotPacked, {
    files: withManifest({ executable }),
  });
  expect(more).toEqual([]);
  expect(found?.message).toContain(`The executable has a path of ${shown}`);
  expect(found?.effect).toContain('missing ');
});
