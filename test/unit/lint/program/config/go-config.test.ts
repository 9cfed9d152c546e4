import { expect, test } from 'vitest';
import { type ProgramConfig, readConfig } from '../../../../../src/lint/program/config/config.ts';
import { GO_CONFIG } from '../../../../../src/lint/program/config/go-config.ts';

const HEAD = 'package main\nimport sdk "github.com/lf-edge/ekuiper/sdk/go/runtime"\n';

function shown(config: ProgramConfig | null): string | null {
  if (config === null) return null;
  const { sources, sinks, functions } = config.symbols;
  const lists = [sources, sinks, functions].map((list) => {
    if (list === null) return '?';
    return list.map(({ value }) => value).join(',') || '-';
  });
  return [config.name?.value ?? '?', ...lists].join(' | ');
}

const MAP = 'map[string]sdk.NewSourceFunc';
const f = 'func() api.Source { return &a{} }';

test.each([
  [`{Name: "p", Sources: ${MAP}{"a": ${f}}}`, 'p | a | - | -'],
  [`{Name: "p", Sources: ${MAP}{"a": ${f}, "b": ${f},},}`, 'p | a,b | - | -'],
  ['{Name: `p`, Sinks: nil}', 'p | - | - | -'],
  [`{Name: "p", Sources: ${MAP}{key: ${f}}}`, 'p | ? | - | -'],
  ['{Name: "p", Functions: functions()}', 'p | - | - | ?'],
  ['{Name: "p", Functions: all}', 'p | - | - | ?'],
  ['{Name: name(), Sources: nil}', '? | - | - | -'],
  ['{Name: "p" + suffix}', '? | - | - | -'],
  ['{"p", nil, nil, nil}', null],
])('PluginConfig%s', (literal, expected) => {
  const source = `${HEAD}func main() { sdk.Start(os.Args, &sdk.PluginConfig${literal}) }`;
  expect(shown(readConfig(GO_CONFIG, source))).toBe(expected);
});

const USE = '\nfunc main() { c := &sdk.PluginConfig{Name: name}; sdk.Start(os.Args, c) }';

test.each([
  ['a constant', `const name = "p"${USE}`, 'p | - | - | -'],
  ['a typed constant', `const name string = "p"${USE}`, 'p | - | - | -'],
  ['a block of constants', `const (\n\tx = 1\n\tname = "p"\n)${USE}`, 'p | - | - | -'],
  ['assigned twice', `var name = "p"\nfunc init() { name = "q" }${USE}`, '? | - | - | -'],
  ['computed', `var name = "p" + x${USE}`, '? | - | - | -'],
  ['from elsewhere', USE, '? | - | - | -'],
  [
    'filled later',
    `const name = "p"${USE.replace('; sdk', '; c.Sources["a"] = newA; sdk')}`,
    'p | ? | - | -',
  ],
  ['in a comment', `/*${USE}*/`, null],
  ['twice', `${USE}${USE}`, null],
])('%s', (_, program, expected) => {
  expect(shown(readConfig(GO_CONFIG, HEAD + program))).toBe(expected);
});

test('only the SDK of eKuiper counts', () => {
  expect(readConfig(GO_CONFIG, 'package main\nvar c = PluginConfig{Name: "p"}')).toBeNull();
});
