import { expect, test } from 'vitest';
import { sdkNameUnknown } from '../../../../../src/lint/rules/program/sdk-name-unknown.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

test.each<[string, string, readonly string[]]>([
  [
    'all that it has',
    'from ekuiper import Context, Function, PluginConfig, Sink, Source, plugin',
    [],
  ],
  [
    'in brackets',
    'from ekuiper import (\n  Source as S,\n  Sorce,\n)',
    ['3:3 The SDK has no Sorce'],
  ],
  ['renamed', 'from ekuiper import SinkBase as Sink', ['1:21 The SDK has no SinkBase']],
  ['a submodule', 'from ekuiper.runtime.function import FunctionRuntime', []],
  ['no submodule', 'from ekuiper.plugin import start', ['1:6 The SDK has no ekuiper.plugin']],
  ['expected to fail', 'try:\n    from ekuiper import X\nexcept ImportError:\n    X = None', []],
  ['a star', 'from ekuiper import *', []],
  ['start', 'from ekuiper import plugin\nplugin.start(C)', []],
  ['run', 'from ekuiper import plugin\nplugin.run(C)', ['2:8 The SDK has no plugin.run']],
  [
    'under another name',
    'from ekuiper import plugin as p\np.run(C)',
    ['2:3 The SDK has no plugin.run'],
  ],
  ['an attribute', 'from ekuiper import plugin\nplugin.extra = 1', []],
  ['another plugin', 'from ekuiper import plugin\ndef f(plugin):\n    plugin.run()', []],
  ['another package', 'from ekuiperx import Sorce', []],
])('%s', async (_, main, expected) => {
  const files = withFiles({ 'main.py': main });
  expect(short(await findingsOf(sdkNameUnknown, { files }))).toEqual(expected);
});

test('a module ekuiper in the package', async () => {
  const files = withFiles({
    'main.py': 'from ekuiper import Own',
    'ekuiper/__init__.py': 'Own = 1',
  });
  expect(await findingsOf(sdkNameUnknown, { files })).toEqual([]);
});

test('the error and the fix', async () => {
  const files = withFiles({ 'main.py': 'from ekuiper import Sorce' });
  const [found] = await findingsOf(sdkNameUnknown, { files });
  expect(found).toMatchObject({
    effect: expect.stringContaining("ImportError: cannot import name 'Sorce' from 'ekuiper'"),
    hint: 'Write Source',
  });
});
