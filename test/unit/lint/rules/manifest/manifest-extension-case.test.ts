import { expect, test } from 'vitest';
import { manifestExtensionCase } from '../../../../../src/lint/rules/manifest/manifest-extension-case.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { renamed, withFiles } from '../../plugin-files.ts';

test.each([
  ['probe.json', GOOD_FILES, undefined],
  ['probe.JSON', renamed((path) => path.replace('.json', '.JSON')), 'Rename it to probe.json'],
  ['probe.Json', renamed((path) => path.replace('.json', '.Json')), 'Rename it to probe.json'],
  ['data.JSON beside the manifest', withFiles({ 'data.JSON': '{}' }), undefined],
])('%s', async (_, files, hint) => {
  const [found] = await findingsOf(manifestExtensionCase, { files, form: 'zip' });
  expect(found?.hint).toBe(hint);
});
