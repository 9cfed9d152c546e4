import { expect, test } from 'vitest';
import { languageUnsupported } from '../../../../../src/lint/rules/manifest/language-unsupported.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

const ANY = 'Write "go": eKuiper then runs the executable itself, whatever it was written in';

const NODE =
  'Write "go", and begin the program with #!/usr/bin/env node: eKuiper then runs the file itself';

test.each([
  ['go', undefined],
  ['python', undefined],
  ['', undefined],
  ['Python', 'Write "python": letter case and spaces count'],
  ['go ', 'Write "go": letter case and spaces count'],
  ['python3', 'Write "python"'],
  ['golang', 'Write "go"'],
  ['rust', ANY],
  ['javascript', NODE],
  ['TypeScript', NODE],
])('%j', async (language, hint) => {
  const [found] = await findingsOf(languageUnsupported, { files: withManifest({ language }) });
  expect(found?.hint).toBe(hint);
  if (hint !== undefined) {
    expect(found?.effect).toContain(`invalid plugin, language '${language}' is not supported`);
  }
});
