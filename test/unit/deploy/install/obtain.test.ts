import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseTarget } from '../../../../src/cli/shared-flags.ts';
import { obtainCandidate } from '../../../../src/deploy/install/obtain.ts';
import { craftZip } from '../../../fixtures/crafted-zip.ts';
import { GOOD_PROJECT, temporaryFolders } from '../../../fixtures/tree.ts';
import { scratch } from '../../client/auth/keys.ts';

const folder = temporaryFolders();

it('a zip whose SHA-256 is not the wanted one is not read', async () => {
  const zip = craftZip({ entries: [{ name: 'a.json', content: '{}' }] });
  const cwd = folder({ 'a.zip': zip });
  const obtain = (sha256: string | null) =>
    obtainCandidate('a.zip', {
      cwd,
      target: parseTarget('2.4'),
      arch: null,
      scratch: cwd,
      env: {},
      limit: null,
      sha256,
      signal: new AbortController().signal,
      watcher: { waiting: () => {}, settled: () => {} },
    });
  const digest = createHash('sha256').update(zip).digest('hex');
  expect((await obtain(digest)).sha256).toBe(digest);
  expect((await obtain(null)).sha256).toBe(digest);
  await expect(obtain('0'.repeat(64))).rejects.toMatchObject({
    code: 'sha256-differs',
    exit: 1,
    reason: `its SHA-256 is ${digest}`,
  });
});

it('a project that is installed is packed with the notes of pack about secrets', async () => {
  const sealed = craftZip({ entries: [{ name: 'a', content: 'a', flags: 1 }] });
  const { notes } = await obtainCandidate('.', {
    cwd: folder({ ...GOOD_PROJECT, '.env': 'A=1', 'lib.whl': sealed }),
    target: parseTarget('2.4'),
    arch: null,
    scratch: await scratch(),
    env: {},
    signal: new AbortController().signal,
    limit: null,
    watcher: { waiting: () => {}, settled: () => {} },
  });
  expect(notes).toEqual([
    expect.stringMatching(/^left out \.env \(/),
    expect.stringMatching(/^to pack one .* the line !\.env in /),
    expect.stringMatching(
      /^1 file was searched only in part .* lib\.whl \(entries of it are encrypted\)/,
    ),
  ]);
});
