import { expect, test } from 'vitest';
import { jsonEmpty } from '../../../../../src/lint/rules/json/json-empty.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

const BAD = ' \n';

test.each([
  ['the manifest', 'probe.json', 'fail to install plugin'],
  ['a source', 'sources/psrc.json', 'drops the whole of sources/psrc.yaml'],
  ['a sink', 'sinks/psnk.json', 'the sinks that sort after it'],
  ['a function file', 'functions/pfn.json', 'lists no function at all'],
])('in %s, with what eKuiper does there', async (_title, file, effect) => {
  const findings = await findingsOf(jsonEmpty, { files: { ...GOOD_FILES, [file]: BAD } });
  expect(short(findings)).toEqual(['1:1 The file is empty']);
  expect(findings[0]).toMatchObject({ file, severity: 'error' });
  expect(findings[0]?.effect).toContain(effect);
});

test('eKuiper 1.14 keeps the YAML', async () => {
  const files = { ...GOOD_FILES, 'sources/psrc.json': BAD };
  const [finding] = await findingsOf(jsonEmpty, { files }, '1.14');
  expect(finding?.effect).not.toContain('psrc.yaml');
});

test.each([
  ['another fault', '{"a": nul}'],
  ['no fault', '{"a": [1, 2, {}]}'],
])('silent about %s', async (_title, text) => {
  const files = { ...GOOD_FILES, 'sinks/psnk.json': text };
  expect(await findingsOf(jsonEmpty, { files })).toEqual([]);
});
