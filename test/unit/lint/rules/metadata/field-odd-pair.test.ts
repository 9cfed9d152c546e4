import { expect, test } from 'vitest';
import { fieldOddPair } from '../../../../../src/lint/rules/metadata/field-odd-pair.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { sinkWith } from '../../symbol-files.ts';

test.each([
  ['text', 'int', false],
  ['radio', 'bool', false],
  ['list', 'object', false],
  ['textarea', 'string', false],
  ['text', 'bool', true],
  ['radio', 'string', true],
  ['text', 'object', true],
  ['slider', 'bool', false],
  ['text', 'integer', false],
])('%s for %s: odd is %s', async (control, type, odd) => {
  const files = { ...GOOD_FILES, ...sinkWith({ control, type }) };
  expect((await findingsOf(fieldOddPair, { files })).length > 0).toBe(odd);
});
