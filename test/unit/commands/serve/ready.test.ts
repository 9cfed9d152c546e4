import { describe, expect, test } from 'vitest';
import { readyOutcome } from '../../../../src/commands/serve/ready.ts';
import type { PluginInfo } from '../../../../src/model/plugin/manifest.ts';
import type { Target } from '../../../../src/model/target.ts';
import { plain } from '../../../fixtures/plain.ts';

const PLUGIN: PluginInfo = {
  name: 'demo',
  version: '1.0.0',
  language: 'python',
  executable: '/demo/main.py',
  virtualEnvType: null,
  env: null,
  sources: ['ticker'],
  sinks: null,
  functions: ['rev', 'up'],
};

function ready(plugins: readonly PluginInfo[], target: Target = '2.4', symbolsUrl = true) {
  return readyOutcome({
    url: 'http://127.0.0.1:9081',
    symbolsUrl: symbolsUrl ? 'http://127.0.0.1:33333' : null,
    home: '/home',
    target,
    python: { program: '/usr/bin/python3', from: 'PATH' },
    cwd: '/work',
    isTemporary: true,
    plugins,
    byHand: [],
    hold: () => Promise.resolve(() => Promise.resolve([])),
  });
}

describe('what to type next', () => {
  test('one command for each kind that there is', () => {
    expect(ready([PLUGIN]).next).toEqual([
      "curl -X POST 'http://127.0.0.1:33333/sources/ticker?messages=3'",
      `curl http://127.0.0.1:33333/functions/rev -d '["a"]'`,
      'curl http://127.0.0.1:33333/symbols',
    ]);
  });

  test.each([
    ['without plugins', [], true],
    ['without the symbol API', [PLUGIN], false],
  ])('%s: install one', (_title, plugins, symbols) => {
    expect(ready(plugins, '2.4', symbols).next).toEqual([
      'kplugin install <dir|zip> --host 127.0.0.1:9081',
    ]);
  });
});

test('where it is and what is in it', async () => {
  expect(plain(await ready([PLUGIN], '1.14').view())).toBe(
    [
      'http://127.0.0.1:9081 answers as eKuiper 1.14.7',
      '  symbols http://127.0.0.1:33333',
      '  home    /home (removed at the end)',
      '  python  /usr/bin/python3 (PATH)',
      '  plugin  demo: source ticker, function rev, function up',
      '          started with the first symbol, as by eKuiper 1.14.7',
      '  Ctrl-C ends it',
      '',
    ].join('\n'),
  );
  expect(plain(await ready([PLUGIN]).view())).not.toContain('first symbol');
  expect(plain(await ready([], '1.14').view())).not.toContain('first symbol');
});
