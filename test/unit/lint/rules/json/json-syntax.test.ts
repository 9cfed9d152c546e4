import { expect, test } from 'vitest';
import { jsonSyntax } from '../../../../../src/lint/rules/json/json-syntax.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { testUnreadable } from './unreadable-file.ts';

testUnreadable(jsonSyntax, {
  bad: "{'about': 1}",
  says: "1:2 This is not JSON: invalid character '\\'' looking for beginning of object key string",
  other: '{} // x',
});

test('UTF-16 without a mark is named', async () => {
  const files = { ...GOOD_FILES, 'sources/psrc.json': Buffer.from('{"about": 1}\n', 'utf16le') };
  const [found] = await findingsOf(jsonSyntax, { files });
  expect(found?.message).toContain('This is not JSON');
  expect(found?.hint).toContain(
    'it is probably UTF-16LE without a byte-order mark: {"about": 1}. Save it as UTF-8',
  );
});
