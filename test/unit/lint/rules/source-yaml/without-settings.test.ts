import { expect, test } from 'vitest';
import { SOURCE_YAML_RULES } from '../../../../../src/lint/rules/source-yaml/index.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';

/** eKuiper gives the source no settings, and the author wrote none (docs/files.md#source-yaml). */
test.each([
  ['nothing', ''],
  ['a line end', '\n'],
  ['a comment', '# interval: 1000\n'],
  ['a byte order mark', '\ufeff'],
  ['a byte order mark of UTF-16', Buffer.from([0xff, 0xfe])],
  ['the start of a document', '---\n'],
  ['an empty map', '{}\n'],
  ['null', 'null\n'],
  ['another null', '~\n'],
  ['a default that is null', 'default:\n'],
  ['a default that is an empty map', 'default: {}\n'],
])('a source YAML with %s loses nothing', async (_title, text) => {
  const files = { ...GOOD_FILES, 'sources/psrc.yaml': text };
  const found = await Promise.all(SOURCE_YAML_RULES.map((rule) => findingsOf(rule, { files })));
  expect(found.flat()).toEqual([]);
});
