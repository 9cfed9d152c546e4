import { expect, test } from 'vitest';
import { functionsLostOnUpdate } from '../../../../../src/lint/rules/program/functions-lost-on-update.ts';
import { flawsIn } from '../../../client/messages/hint-commands.ts';
import { findingsOf } from '../../check-rule.ts';
import { elf } from '../../executable/binaries.ts';
import { goProgram, withFiles, withManifest } from '../../plugin-files.ts';
import { goProject } from './programs.ts';

const HELPER = 'from ekuiper.runtime.function import FunctionRuntime\nS = "/tmp/func_"\n';
const KEEPS = 'An update will lose the function of this plugin';

test.each([
  ['no function', withManifest({ functions: [] }), []],
  ['a Python plugin', withFiles({}), [KEEPS]],
  [
    'with the helper of init',
    withFiles({
      'main.py': 'import ekuiper_update_workaround\nekuiper_update_workaround.install(c)\n',
      'ekuiper_update_workaround.py': HELPER,
    }),
    [],
  ],
  [
    'with the helper of an earlier init',
    withFiles({
      'main.py': 'import ekuiper_update_cure\nekuiper_update_cure.install(c)\n',
      'ekuiper_update_cure.py': HELPER,
    }),
    [],
  ],
  [
    'with the helper but without using it',
    withFiles({ 'ekuiper_update_workaround.py': HELPER }),
    [KEEPS],
  ],
  [
    'with the helper as a member of a package',
    withFiles({
      'main.py': 'from lib import ekuiper_update_workaround as cure\ncure.install(c)\n',
      'lib/ekuiper_update_workaround.py': HELPER,
    }),
    [],
  ],
  [
    'with the helper named in a text',
    withFiles({ 'main.py': '"""\nimport ekuiper_update_workaround\n"""\n' }),
    [KEEPS],
  ],
  ['with a workaround of its own', withFiles({ 'app/restart.py': HELPER }), []],
  ['a Python program that is not there', withManifest({ executable: 'gone.py' }), []],
  ['an executable that nobody can find', withManifest({ executable: './main.py' }), []],
  ['a compiled program', goProgram(elf()), [KEEPS]],
  ['a script that dials', goProgram('#!/usr/bin/env node\ndial("/tmp/func_" + symbol)\n'), []],
  ['a bundle', goProgram('#!/usr/bin/env node\nx(a.folder + "/func_" + b)\n'), []],
  ['a script that does not', goProgram('#!/usr/bin/env node\n'), [KEEPS]],
])('%s', async (_, files, expected) => {
  // On 2.0 a single function is lost as well.
  const found = await findingsOf(functionsLostOnUpdate, { files }, '2.0');
  expect(found.map(({ message }) => message)).toEqual(expected);
});

test('a single function is started again by 2.1 and newer, and needs nothing', async () => {
  expect(await findingsOf(functionsLostOnUpdate, { files: withFiles({}) }, '2.4')).toEqual([]);
});

test('the hint ends with a command that gets the helper', async () => {
  const [found] = await findingsOf(functionsLostOnUpdate, { files: withFiles({}) }, '2.0');
  const hint = String(found?.hint);
  expect(hint).toMatch(/in the folder of the project: d=\$\(mktemp -d\) && kplugin init "\$d" /);
  expect(flawsIn(hint.replaceAll(' && ', '; '))).toEqual([]);
});

test.each([
  ['2.1' as const, ['a', 'b', 'c'], "An update will lose all but one of this plugin's 3 functions"],
  ['2.0' as const, ['a'], 'An update will lose the function of this plugin'],
  ['1.14' as const, ['a', 'b'], 'An update will lose the functions of this plugin'],
])('on %s with functions %j', async (target, functions, message) => {
  const spec = { files: withManifest({ functions }) };
  const [found] = await findingsOf(functionsLostOnUpdate, spec, target);
  expect(found?.message).toBe(message);
  expect(found?.severity).toBe('info');
  expect(found?.effect).toContain(
    'validate function … error: time out, plugin probe status running, message: .',
  );
});

test.each([
  ['with the TypeScript SDK', '{"scripts":{"build":"x"},"devDependencies":{"kplugin":"*"}}', 0],
  ['with another SDK', '{"scripts":{"build":"x"}}', 1],
  ['that nobody builds', '{"devDependencies":{"kplugin":"*"}}', 1],
])('a Node project %s, nothing built', async (_, text, count) => {
  const files = withManifest({ language: 'go', executable: 'probe' });
  const spec = { files, project: { 'package.json': text } };
  expect(await findingsOf(functionsLostOnUpdate, spec, '2.0')).toHaveLength(count);
});

test('a Go project is told although nothing is built', async () => {
  const [found] = await findingsOf(functionsLostOnUpdate, goProject(''), '2.0');
  expect(found?.hint).toContain('the Go SDK leaves no place for a workaround');
});

test('of a language that eKuiper does not know nothing is said about the Go SDK', async () => {
  const files = withManifest({ language: 'rust', executable: 'main.py' });
  const [found] = await findingsOf(functionsLostOnUpdate, { files }, '2.0');
  expect(found?.hint).toBe(
    'Update it before rules have used its functions, or restart eKuiper afterwards',
  );
});
