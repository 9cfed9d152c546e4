import { expect, test } from 'vitest';
import { functionIsKeyword } from '../../../../../src/lint/rules/manifest/function-is-keyword.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['celsius', '2.4' as const, 0],
  ['filter', '2.4' as const, 1],
  ['Replace', '2.4' as const, 1],
  ['filter_rows', '2.4' as const, 0],
  ['invisible', '2.2' as const, 1],
  ['invisible', '2.1' as const, 0],
])('%s on %s', async (name, target, count) => {
  const files = withManifest({ functions: [name], sinks: [name] });
  expect(await findingsOf(functionIsKeyword, { files }, target)).toHaveLength(count);
});
