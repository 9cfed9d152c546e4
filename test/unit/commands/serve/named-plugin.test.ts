import { expect, test } from 'vitest';
import { refuseDuplicates, sharedSymbols } from '../../../../src/commands/serve/named-plugin.ts';

const named = (name: string, ...symbols: readonly string[]) => ({
  label: `./${name}`,
  name,
  symbols: symbols.map((symbol) => ({ kind: 'source', name: symbol }) as const),
});

test('two of one name', () => {
  const duplicate = { ...named('a'), label: 'a.zip' };
  expect(() => refuseDuplicates([named('a'), named('b'), duplicate])).toThrow(
    './a and a.zip are both the plugin a',
  );
  expect(() => refuseDuplicates([named('a'), named('b')])).not.toThrow();
});

test('symbols that several have', () => {
  expect(sharedSymbols([named('a', 'x', 'y'), named('b', 'x'), named('c', 'z')])).toEqual([
    'source x is in a and b: b has it',
  ]);
});
