import { expect, test } from 'vitest';
import { jsonComment } from '../../../../../src/lint/rules/json/json-comment.ts';
import { jsonDuplicateKey } from '../../../../../src/lint/rules/json/json-duplicate-key.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

const BAD = '{} // x';

test.each([
  ['the manifest', 'probe.json', 'fail to install plugin'],
  ['a source', 'sources/psrc.json', 'drops the whole of sources/psrc.yaml'],
  ['a sink', 'sinks/psnk.json', 'the sinks that sort after it'],
  ['a function file', 'functions/pfn.json', 'lists no function at all'],
])('in %s, with what eKuiper does there', async (_title, file, effect) => {
  const findings = await findingsOf(jsonComment, { files: { ...GOOD_FILES, [file]: BAD } });
  expect(short(findings)).toEqual(['1:4 JSON has no comments']);
  expect(findings[0]).toMatchObject({ file, severity: 'error' });
  expect(findings[0]?.effect).toContain(effect);
});

test('eKuiper 1.14 keeps the YAML', async () => {
  const files = { ...GOOD_FILES, 'sources/psrc.json': BAD };
  const [finding] = await findingsOf(jsonComment, { files }, '1.14');
  expect(finding?.effect).not.toContain('psrc.yaml');
});

test.each([
  ['another fault', '{"a": nul}'],
  ['no fault', '{"a": [1, 2, {}]}'],
])('silent about %s', async (_title, text) => {
  const files = { ...GOOD_FILES, 'sinks/psnk.json': text };
  expect(await findingsOf(jsonComment, { files })).toEqual([]);
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
