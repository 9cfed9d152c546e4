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

const LEAVE = 'Leave it out of the package';
const PUT = 'Put the file in its place: what the link leads to is not in the package';
const REPACK = 'Run kplugin pack --from probe: it packs what the link leads to';

test.each([
  ['to a file beside it', 'lib/x.so', 'x.so.1', 'symlink' as const, REPACK],
  ['to a folder', 'lib/current', '../models/', 'symlink' as const, REPACK],
  ['to nothing', 'lib/x.so', 'y.so.1', 'symlink' as const, PUT],
  ['outside', 'lib/x.so', '/usr/lib/x.so.1', 'symlink' as const, PUT],
  ['a pipe', 'pipe', '', 'other' as const, LEAVE],
])('the fix of a link %s', async (_, path, text, kind, hint) => {
  const files = withFiles({ 'lib/x.so.1': '', 'models/': '', [path]: { text, kind } });
  expect((await findingsOf(symlinkEntry, { files, form: 'zip' }))[0]?.hint).toBe(hint);
});
