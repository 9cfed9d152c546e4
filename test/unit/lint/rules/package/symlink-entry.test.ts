import { expect, test } from 'vitest';
import { symlinkEntry } from '../../../../../src/lint/rules/package/symlink-entry.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const LINK = { text: 'x', kind: 'symlink' as const, mode: 0o777 };
const PIPE = { text: '', kind: 'other' as const };

test.each([
  [
    '1.14' as const,
    LINK,
    'eKuiper 1.14 writes a plain file instead, with the path that the link led to in it',
  ],
  ['2.1' as const, PIPE, 'eKuiper 2.1 writes a plain file instead'],
  [
    '2.2' as const,
    LINK,
    'eKuiper refuses the install: "fail to install plugin: openat link: unsupported file mode"',
  ],
  [
    '2.4' as const,
    PIPE,
    'eKuiper refuses the install: "fail to install plugin: openat link: unsupported file mode"',
  ],
  ['2.4' as const, 'a plain file', undefined],
])('on %s: %j', async (target, link, effect) => {
  const spec = { files: withFiles({ link }), form: 'zip' as const };
  expect((await findingsOf(symlinkEntry, spec, target))[0]?.effect).toBe(effect);
});
