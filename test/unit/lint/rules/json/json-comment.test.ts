import { expect, test } from 'vitest';
import { jsonComment } from '../../../../../src/lint/rules/json/json-comment.ts';
import { jsonDuplicateKey } from '../../../../../src/lint/rules/json/json-duplicate-key.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { testUnreadable } from './unreadable-file.ts';

testUnreadable(jsonComment, {
  bad: '{} // x',
  says: '1:4 JSON has no comments',
  other: '{"a": nul}',
});

test('every one, and the rest of the file as well', async () => {
  const files = {
    ...GOOD_FILES,
    'sinks/psnk.json': '# a\n{ // b\n "a": "// c" /* d\n e */, "a": 1}',
  };
  expect(short(await findingsOf(jsonComment, { files }))).toEqual([
    '1:1 JSON has no comments',
    '2:3 JSON has no comments',
    '3:14 JSON has no comments',
  ]);
  expect(short(await findingsOf(jsonDuplicateKey, { files }))).toHaveLength(1);
});
