import { expect, test } from 'vitest';
import { closest } from '../../../src/model/closest.ts';

test.each([
  ['lable', ['label', 'libs'], 'label'],
  ['virtual_env_type', ['virtualEnvType', 'env'], 'virtualEnvType'],
  ['hnit', ['hint'], 'hint'],
  ['HINT', ['hint'], 'hint'],
  ['colour', ['label', 'hint'], null],
  ['', ['a'], 'a'],
  ['x', [], null],
])('%s among %j: %s', (text, candidates, expected) => {
  expect(closest(text, candidates)).toBe(expected);
});
