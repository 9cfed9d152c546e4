import { expect, test } from 'vitest';
import { type ProgramConfig, readConfig } from '../../../../../src/lint/program/config/config.ts';
import { TYPESCRIPT_CONFIG } from '../../../../../src/lint/program/config/typescript-config.ts';

const HEAD = "import { type PluginDefinition, startPlugin } from 'kplugin/sdk';\n";

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
  ["{ name: 'p', sources: { a: A } }", 'p | a | - | -'],
  ["{ name: 'p', sources: { a: A, 'b-c': B, ['d']: D, }, }", 'p | a,b-c,d | - | -'],
  ['{ name: `p`, sinks: {}, functions: { reverse } }', 'p | - | - | reverse'],
  ["{ name: 'p', functions: { a: (x) => x, b(args) { return [1, 2]; } } }", 'p | - | - | a,b'],
  ['{ /* , */ "name": "p", // }\n "sources": { "a": A } }', 'p | a | - | -'],
  ["{ name: 'p', sources: { a: new Map<string, number>() } }", 'p | ? | - | -'],
  ["{ name: 'p', functions: { async b() {} } }", 'p | - | - | ?'],
  ["{ name: 'p', sources: make() }", 'p | ? | - | -'],
  ["{ name: 'p', sources }", 'p | ? | - | -'],
  ["{ name: 'p', sources: { ...more } }", 'p | ? | - | -'],
  ["{ name: 'p', sources: { [key]: A } }", 'p | ? | - | -'],
  ["{ name: 'p', sources: { a: A } as Sources }", 'p | ? | - | -'],
  ['{ name, sources: {} }', '? | - | - | -'],
  ["{ name: 'p' + suffix }", '? | - | - | -'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: TypeScript in a text
  ['{ name: `p${suffix}` }', '? | - | - | -'],
  ["{ ...others, name: 'p' }", null],
])('%s', (literal, expected) => {
  const typed = `${HEAD}export const plugin: PluginDefinition = ${literal};\n`;
  expect(shown(readConfig(TYPESCRIPT_CONFIG, typed))).toBe(expected);
  const called = `${HEAD}void startPlugin(${literal});\n`;
  expect(shown(readConfig(TYPESCRIPT_CONFIG, called))).toBe(expected);
});

const PLAIN = `${HEAD}const plugin: PluginDefinition = { name: 'p', sinks: { a: A } };\n`;

test.each([
  ['two definitions', PLAIN + PLAIN, null],
  ['none', HEAD, null],
  ['another SDK', PLAIN.replace('kplugin/sdk', 'other'), null],
  ['one in a comment', `// const plugin: PluginDefinition = {\n${PLAIN}`, 'p | - | a | -'],
  ['one in a text', `const a = ': PluginDefinition = {';\n${PLAIN}`, 'p | - | a | -'],
  ['a kind that is changed later', `${PLAIN}plugin.sinks.b = B;\n`, 'p | - | ? | -'],
  ['an open bracket', PLAIN.replace('};', ''), null],
  ['an open string', `${PLAIN}'`, null],
  ['an open comment', `${PLAIN}/*`, null],
  ['Windows line ends', PLAIN.replaceAll('\n', '\r\n'), 'p | - | a | -'],
])('%s', (_, source, expected) => {
  expect(shown(readConfig(TYPESCRIPT_CONFIG, source))).toBe(expected);
});
