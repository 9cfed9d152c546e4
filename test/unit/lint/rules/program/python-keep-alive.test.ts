import { expect, test } from 'vitest';
import { pythonKeepAlive } from '../../../../../src/lint/rules/program/python-keep-alive.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withFiles, withManifest } from '../../plugin-files.ts';

const OLD = 'from ekuiper.runtime import plugin as sdk\nsdk.FunctionRuntime = start\n';
const QUIET = `${OLD}sdk.PairChannel = Control\n`;
const NEW_SDK = 'requests==2.0\nekuiper==2.4.2\n';
const SAYS = (target: string) => [
  `- The SDK 2.4.2 sends a keep-alive that eKuiper ${target} takes for an answer`,
];
const EARLIER = ['- This is the helper of an earlier kplugin init'];

test.each([
  ['2.0', { 'requirements.txt': NEW_SDK }, SAYS('2.0')],
  ['1.14', { 'requirements.txt': NEW_SDK }, SAYS('1.14')],
  ['2.4', { 'requirements.txt': NEW_SDK }, []],
  ['2.0', { 'requirements.txt': 'ekuiper==2.3.1\n' }, []],
  ['2.0', { 'requirements.txt': 'ekuiper<2.4\n' }, []],
  ['2.0', {}, []],
  ['2.0', { 'requirements.txt': NEW_SDK, 'ekuiper_update_workaround.py': QUIET }, []],
  ['2.0', { 'requirements.txt': NEW_SDK, 'ekuiper_update_workaround.py': OLD }, EARLIER],
  ['2.4', { 'requirements.txt': NEW_SDK, 'ekuiper_update_workaround.py': OLD }, EARLIER],
  ['2.4', { 'ekuiper_update_cure.py': OLD }, EARLIER],
  ['2.4', { 'requirements.txt': 'ekuiper==2.3.1\n', 'ekuiper_update_cure.py': OLD }, []],
  ['2.0', { 'lib/ekuiper-2.4.2.dist-info/METADATA': 'Name: ekuiper\n' }, SAYS('2.0')],
  ['2.0', { 'requirements.txt': NEW_SDK, 'lib/own.py': 'sdk.PairChannel = Own\n' }, []],
] as const)('%s %j', async (target, more, expected) => {
  const files = withFiles(more);
  expect(short(await findingsOf(pythonKeepAlive, { files }, target))).toEqual(expected);
});

test.each([
  ['2.0', 'error', 'eKuiper 2.0 ends as a whole'],
  ['1.14', 'error', 'rows are lost'],
  ['2.4', 'info', 'shown as running'],
] as const)('what happens on %s', async (target, severity, effect) => {
  const files = withFiles({ 'ekuiper_update_cure.py': OLD });
  const [found] = await findingsOf(pythonKeepAlive, { files }, target);
  expect(found).toMatchObject({ severity, effect: expect.stringContaining(effect) });
  expect(found?.hint).toMatch(/cp "\$d\/ekuiper_update_workaround\.py" ekuiper_update_cure\.py$/);
});

test('other languages', async () => {
  const files = withManifest({ language: 'go' }, { 'requirements.txt': NEW_SDK });
  expect(await findingsOf(pythonKeepAlive, { files }, '2.0')).toEqual([]);
});
