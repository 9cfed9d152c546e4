import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PLUGIN_NAME } from '../../../../src/model/names.ts';
import { type PluginSymbol, SYMBOL_KINDS } from '../../../../src/model/symbol.ts';
import { codeNames } from '../../../../src/scaffold/plan/language-kit.ts';

const source = (name: string): PluginSymbol => ({ kind: 'source', name });

describe('names in code', () => {
  test.each([
    ['pulse', 'pulse_source', 'PulseSource', 'pulseSource'],
    ['my-meter', 'my_meter_source', 'MyMeterSource', 'myMeterSource'],
    ['camelCase', 'camel_case_source', 'CamelCaseSource', 'camelCaseSource'],
    ['_hidden', 'hidden_source', 'HiddenSource', 'hiddenSource'],
    ['9lives', 'symbol_9lives_source', 'Symbol9livesSource', 'symbol9livesSource'],
    ['---', 'symbol_source', 'SymbolSource', 'symbolSource'],
    ['class', 'class_source', 'ClassSource', 'classSource'],
    ['x_test', 'x_test_source', 'XTestSource', 'xTestSource'],
  ])('of %s', (name, file, pascal, camel) => {
    expect(codeNames([source(name)])).toEqual([{ file, pascal, camel }]);
  });

  test('number what would be alike', () => {
    const files = codeNames(['a-b', 'a_b', 'aB', 'ab2'].map(source)).map(({ file }) => file);
    expect(files).toEqual(['a_b_source', 'a_b_2_source', 'a_b_3_source', 'ab2_2_source']);
  });

  const symbols = fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom(...SYMBOL_KINDS),
      name: fc.stringMatching(new RegExp(PLUGIN_NAME.source)).filter((name) => name.length < 20),
    }),
    { selector: ({ kind, name }) => `${kind} ${name}` },
  );

  test('are identifiers, and no two are alike in any letter case', () => {
    fc.assert(
      fc.property(symbols, (list) => {
        const names = codeNames(list);
        for (const { file, pascal } of names) {
          expect(file).toMatch(/^[a-z][a-z0-9_]*_(source|sink|function)$/);
          expect(pascal).toMatch(/^[A-Z][A-Za-z0-9]*$/);
        }
        expect(new Set(names.map(({ file }) => file)).size).toBe(list.length);
        expect(new Set(names.map(({ pascal }) => pascal.toLowerCase())).size).toBe(list.length);
      }),
    );
  });

  test('stay when another symbol comes', () => {
    fc.assert(
      fc.property(symbols, (list) => {
        expect(codeNames(list.slice(0, -1))).toEqual(codeNames(list).slice(0, -1));
      }),
    );
  });
});
