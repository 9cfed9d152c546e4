import { expect, test } from 'vitest';
import { builtinFunctions, builtinReach } from '../../../src/model/names.ts';
import { TARGET_NAMES } from '../../../src/model/target.ts';

test.each([
  ['1.14' as const, 183],
  ['2.0' as const, 185],
  ['2.1' as const, 195],
  ['2.2' as const, 197],
  ['2.3' as const, 199],
  ['2.4' as const, 199],
])('eKuiper %s has %i functions and windows of its own', (target, count) => {
  expect(builtinFunctions(target).size).toBe(count);
});

test('a function once built in stays so', () => {
  TARGET_NAMES.slice(1).forEach((target, index) => {
    const now = builtinFunctions(target);
    const before = [...builtinFunctions(TARGET_NAMES[index] ?? target)];
    expect(before.filter((name) => !now.has(name))).toEqual([]);
  });
});

test('functions are compared in lower case, sources and sinks as they are', () => {
  expect(builtinReach({ kind: 'function', name: 'CONCAT' }, '2.4')).toBe('every build');
  expect(builtinReach({ kind: 'source', name: 'MQTT' }, '2.4')).toBeNull();
  expect(builtinReach({ kind: 'sink', name: 'nexmark' }, '2.4')).toBeNull();
});
