import { expect, test } from 'vitest';
import { type ProgramConfig, readConfig } from '../../../../../src/lint/program/config/config.ts';
import { PYTHON_CONFIG } from '../../../../../src/lint/program/config/python-config.ts';

const IMPORT = 'from ekuiper import plugin, PluginConfig\n';

/** `probe | psrc | psnk | -`: the name and the keys of each kind; `?` is "cannot tell", `-` is none. */
function shown(config: ProgramConfig | null): string | null {
  if (config === null) return null;
  const { sources, sinks, functions } = config.symbols;
  const lists = [sources, sinks, functions].map((list) => {
    if (list === null) return '?';
    return list.map(({ value }) => value).join(',') || '-';
  });
  return [config.name?.value ?? '?', ...lists].join(' | ');
}

test.each([
  ['PluginConfig("p", {"a": A}, {"b": lambda: B()}, {"c": C})', 'p | a | b | c'],
  ['PluginConfig("p", {}, {}, {"c": C, "d": D,},)', 'p | - | - | c,d'],
  ["PluginConfig(name='p', functions={'c': C}, sinks={}, sources={})", 'p | - | - | c'],
  ['PluginConfig("p", sources={}, sinks={}, functions=dict(c=C, d=D))', 'p | - | - | c,d'],
  ['PluginConfig("p", {}, {}, {"a" "b": C})', 'p | - | - | ab'],
  ['ekuiper.PluginConfig("p", {}, {}, {})', 'p | - | - | -'],
  ['PluginConfig("p", {"a": {"no": 1}}, {}, {"c": lambda: [1, 2]})', 'p | a | - | c'],
  ['PluginConfig("p", {}, {}, {**more, "c": C})', 'p | - | - | ?'],
  ['PluginConfig("p", {}, {}, {f.name: f for f in ALL})', 'p | - | - | ?'],
  ['PluginConfig("p", {}, {}, {NAME + "x": C})', 'p | - | - | ?'],
  ['PluginConfig("p", {}, {}, make())', 'p | - | - | ?'],
  ['PluginConfig("p", {}, {}, {"c": C} | more)', 'p | - | - | ?'],
  ['PluginConfig(f"p{x}", {}, {}, {})', '? | - | - | -'],
  ['PluginConfig("p" + x, {}, {}, {})', '? | - | - | -'],
  ['PluginConfig(*arguments)', null],
  ['PluginConfig("p", **options)', null],
  ['PluginConfig("p", {}', null],
  ['# PluginConfig("p", {}, {}, {})', null],
  ['"PluginConfig(x)"', null],
])('%s', (call, expected) => {
  expect(shown(readConfig(PYTHON_CONFIG, `${IMPORT}c = ${call}\n`))).toBe(expected);
});

test.each([
  ['a constant', 'NAME = "p"\nFS = {"c": C}\nPluginConfig(NAME, {}, {}, FS)', 'p | - | - | c'],
  ['an annotated one', 'NAME: str = "p"\nPluginConfig(NAME, {}, {}, {})', 'p | - | - | -'],
  ['a constant as key', 'F = "c"\nPluginConfig("p", {}, {}, {F: C})', 'p | - | - | c'],
  ['assigned twice', 'N = "p"\nif x:\n  N = "q"\nPluginConfig(N, {}, {}, {})', '? | - | - | -'],
  ['computed', 'N = "p" + x\nPluginConfig(N, {}, {}, {})', '? | - | - | -'],
  ['one of two', 'N = "p" if x else "q"\nPluginConfig(N, {}, {}, {})', '? | - | - | -'],
  ['filled later', 'FS = {}\nFS["c"] = C\nPluginConfig("p", {}, {}, FS)', 'p | - | - | ?'],
  ['imported', 'from symbols import FS\nPluginConfig("p", {}, {}, FS)', 'p | - | - | ?'],
  ['an argument', 'def f(N):\n  return PluginConfig(N, {}, {}, {})', '? | - | - | -'],
  [
    'changed after the call',
    'c = PluginConfig("p", {}, {}, {})\nc.functions["x"] = X',
    'p | - | - | ?',
  ],
  ['two calls', 'PluginConfig("p", {}, {}, {})\nPluginConfig("q", {}, {}, {})', null],
  ['a class of that name', 'class PluginConfig(Base):\n  pass', null],
])('%s', (_, program, expected) => {
  expect(shown(readConfig(PYTHON_CONFIG, IMPORT + program))).toBe(expected);
});

test('only the SDK of eKuiper counts', () => {
  expect(
    readConfig(PYTHON_CONFIG, 'from other import PluginConfig\nPluginConfig("p", {}, {}, {})'),
  ).toBeNull();
});

test('points at what is written', () => {
  const source = `${IMPORT}PluginConfig("p", {"a": A}, {}, {})`;
  const config = readConfig(PYTHON_CONFIG, source);
  const places = [config?.name, config?.symbols.sources?.[0], config?.at];
  expect(places.map((place) => place && source.slice(place.start, place.end))).toEqual([
    '"p"',
    '"a"',
    'PluginConfig',
  ]);
});
