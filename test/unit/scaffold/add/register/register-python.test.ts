import { describe, expect, test } from 'vitest';
import type { PluginSymbol } from '../../../../../src/model/symbol.ts';
import { registerPython } from '../../../../../src/scaffold/add/register/register-python.ts';
import { nameSymbols } from '../../../../../src/scaffold/plan/language-kit.ts';

function register(text: string, symbol: PluginSymbol) {
  const [named] = nameSymbols([symbol]);
  if (!named) throw new Error('no names');
  return registerPython(text, named);
}

function placed(text: string, kind: PluginSymbol['kind'], name = 'beta'): string {
  const result = register(text, { kind, name });
  if (!result.placed) throw new Error('not placed');
  return result.text;
}

const OFFICIAL = `from ekuiper import plugin, PluginConfig
from print import PrintSink
from pyjson import PyJson

if __name__ == '__main__':
    c = PluginConfig("pysam", {"pyjson": lambda: PyJson()}, {"print": lambda: PrintSink()},
                     {})
    plugin.start(c)
`;

describe('a main program like that of the official sample', () => {
  test('gets a sink', () => {
    expect(placed(OFFICIAL, 'sink')).toBe(
      OFFICIAL.replace(
        'import PyJson\n',
        'import PyJson\n\nfrom symbols.beta_sink import BetaSink\n',
      ).replace('PrintSink()}', 'PrintSink(), "beta": BetaSink}'),
    );
  });

  test('gets a function with the workaround', () => {
    expect(placed(OFFICIAL, 'function')).toBe(`from ekuiper import plugin, PluginConfig
from print import PrintSink
from pyjson import PyJson

import ekuiper_update_workaround
from symbols.beta_function import BetaFunction

if __name__ == '__main__':
    c = PluginConfig("pysam", {"pyjson": lambda: PyJson()}, {"print": lambda: PrintSink()},
                     {
                         "beta": BetaFunction,
                     })
    ekuiper_update_workaround.install(c)
    plugin.start(c)
`);
  });
});

const OURS = `from ekuiper import PluginConfig, plugin

from symbols.alpha_source import AlphaSource
from symbols.omega_source import OmegaSource

CONFIG = PluginConfig(
    name="p",
    sources={
        "alpha": AlphaSource,  # first
        "omega": OmegaSource  # {not, the, end}
    },
    sinks={},
    functions={
    },
)
`;

describe('a main program like ours', () => {
  test('gets a source between the others, with comments where they were', () => {
    expect(placed(OURS, 'source')).toBe(
      OURS.replace(
        'from symbols.omega',
        'from symbols.beta_source import BetaSource\nfrom symbols.omega',
      ).replace(
        'OmegaSource  # {not, the, end}\n',
        'OmegaSource,  # {not, the, end}\n        "beta": BetaSource,\n',
      ),
    );
  });

  test('keeps Windows line ends', () => {
    const text = placed(OURS.replaceAll('\n', '\r\n'), 'sink');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toContain('    sinks={\r\n        "beta": BetaSink,\r\n    },\r\n');
  });
});

describe('what is left to the author', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['no PluginConfig', 'print("hello")\n'],
    ['two of them', OURS + OURS],
    ['a dictionary made elsewhere', OURS.replace('sinks={}', 'sinks=SINKS')],
    ['a dictionary that is put together', OURS.replace('sinks={}', 'sinks={} | MORE')],
    ['a call by keywords that lacks it', OURS.replace('    sinks={},\n', '')],
    ['brackets that do not match', OURS.replace('sinks={}', 'sinks={(}')],
    ['PluginConfig only in a comment', '# PluginConfig("p", {}, {}, {})\n'],
    ['PluginConfig only in a string', 'import x\n"""PluginConfig("p", {}, {}, {})"""\n'],
  ];
  test.each(rows)('%s', (_, text) => {
    expect(register(text, { kind: 'sink', name: 'beta' })).toEqual({
      placed: false,
      lines: [
        { where: 'beside the imports', line: 'from symbols.beta_sink import BetaSink' },
        { where: 'among the sinks of PluginConfig', line: '"beta": BetaSink,' },
      ],
    });
  });

  test('the workaround, where the start looks otherwise', () => {
    const text = OFFICIAL.replace('plugin.start(c)', 'plugin.start(make(c))');
    expect(register(text, { kind: 'function', name: 'beta' })).toMatchObject({
      placed: false,
      lines: [
        {},
        {},
        { line: 'import ekuiper_update_workaround' },
        { where: 'before plugin.start(config)' },
      ],
    });
  });
});
