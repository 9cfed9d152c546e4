import { describe, expect, test } from 'vitest';
import type { PluginSymbol } from '../../../../../src/model/symbol.ts';
import { registerTypeScript } from '../../../../../src/scaffold/add/register/register-typescript.ts';
import { nameSymbols } from '../../../../../src/scaffold/plan/language-kit.ts';

function register(text: string, symbol: PluginSymbol) {
  const [named] = nameSymbols([symbol]);
  if (!named) throw new Error('no names');
  return registerTypeScript(text, named);
}

function placed(text: string, kind: PluginSymbol['kind'], name = 'beta'): string {
  const result = register(text, { kind, name });
  if (!result.placed) throw new Error('not placed');
  return result.text;
}

const MAIN = `import type { PluginDefinition } from 'kplugin/sdk';
import { AlphaSource } from './alpha-source.ts';
import {
  zeta, // the last
} from './zeta.ts';

// : PluginDefinition = { in a comment, and in a string: ": PluginDefinition = {"
export const plugin: PluginDefinition = {
  name: 'mirror', // {
  sources: {
    alpha: AlphaSource, // one
  },
  sinks: {},
};
`;

const IMPORT = (kind: string) => `import { Beta${kind} } from './beta-${kind.toLowerCase()}.ts';\n`;

describe('a TypeScript program', () => {
  test('gets a source behind the others, its import in order', () => {
    expect(placed(MAIN, 'source')).toBe(
      MAIN.replace('import {\n', `${IMPORT('Source')}import {\n`).replace(
        '// one\n',
        '// one\n    beta: BetaSource,\n',
      ),
    );
  });

  test('gets a sink in an empty object', () => {
    expect(placed(MAIN, 'sink')).toBe(
      MAIN.replace('import {\n', `${IMPORT('Sink')}import {\n`).replace(
        'sinks: {}',
        'sinks: {\n    beta: BetaSink,\n  }',
      ),
    );
  });

  test('gets an object for the first function', () => {
    const text = placed(MAIN, 'function');
    expect(text).toContain('  sinks: {},\n  functions: {\n    beta: betaFunction,\n  },\n};\n');
    expect(text).toContain("import { betaFunction } from './beta-function.ts';\n");
  });

  test.each([
    ['my-beta', "    'my-beta': MyBetaSink,\n"],
    ['2nd', "    '2nd': Symbol2ndSink,\n"],
    ['__proto__', "    ['__proto__']: ProtoSink,\n"],
  ])('names %s', (name, line) => {
    expect(placed(MAIN, 'sink', name)).toContain(line);
  });

  test.each<[string, string, string]>([
    ['on one line', 'sinks: { a: A },', 'sinks: { a: A, beta: BetaSink },'],
    ['in short', 'sinks: { a },', 'sinks: { a, beta: BetaSink },'],
    [
      'spread, without a last comma',
      'sinks: {\n    a: A\n  }',
      'sinks: {\n    a: A,\n    beta: BetaSink,\n  }',
    ],
  ])('whose sinks are written %s keeps that', (_, before, after) => {
    const text = MAIN.replace('sinks: {},', before);
    expect(placed(text, 'sink')).toContain(after);
  });

  test('keeps Windows line ends', () => {
    const text = placed(MAIN.replaceAll('\n', '\r\n'), 'sink');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('keeps the style of other imports', () => {
    const own = MAIN.replaceAll("'", '"').replace(/;$/gm, '');
    expect(placed(own, 'sink')).toContain('import { BetaSink } from "./beta-sink.ts"\n');
  });

  test('gets its first own import behind the others', () => {
    const text = "import { startPlugin } from 'kplugin/sdk';\n\nvoid startPlugin({ sinks: {} });\n";
    expect(placed(text, 'sink')).toBe(
      "import { startPlugin } from 'kplugin/sdk';\nimport { BetaSink } from './beta-sink.ts';\n\n" +
        'void startPlugin({ sinks: {beta: BetaSink} });\n',
    );
  });

  const rows: readonly (readonly [string, string])[] = [
    ['an empty file', ''],
    ['no definition', MAIN.replace('plugin: PluginDefinition', 'plugin')],
    ['two of them', MAIN + MAIN],
    ['no import', MAIN.replace(/^import[^;]*;\n/gm, '')],
    ['sinks made elsewhere', MAIN.replace('sinks: {}', 'sinks: make()')],
    ['sinks put together', MAIN.replace('sinks: {}', 'sinks: {} as Sinks')],
    ['sinks from a variable', MAIN.replace('sinks: {}', 'sinks')],
    ['members from elsewhere', MAIN.replace('sinks: {}', '...others')],
    ['an open bracket', MAIN.replace('};\n', '')],
  ];
  test.each(rows)('is left to the author: %s', (_, text) => {
    expect(register(text, { kind: 'sink', name: 'beta' })).toEqual({
      placed: false,
      lines: [
        { where: 'beside the imports', line: "import { BetaSink } from './beta-sink.ts';" },
        { where: 'among the sinks of the PluginDefinition', line: 'beta: BetaSink,' },
      ],
    });
  });
});
