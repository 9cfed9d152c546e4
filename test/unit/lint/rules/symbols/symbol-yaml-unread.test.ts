import { expect, test } from 'vitest';
import { symbolYamlUnread } from '../../../../../src/lint/rules/symbols/symbol-yaml-unread.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['a sink', { 'sinks/psnk.yaml': '' }, ['- eKuiper never reads sinks/psnk.yaml']],
  ['a function', { 'functions/pfn.yml': '' }, ['- eKuiper never reads functions/pfn.yml']],
  ['sources have one', {}, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(symbolYamlUnread, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
