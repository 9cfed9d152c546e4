import { expect, it } from 'vitest';
import { parseTarget } from '../../../../src/cli/shared-flags.ts';
import { obtainCandidate } from '../../../../src/deploy/install/obtain.ts';
import { craftZip } from '../../../fixtures/crafted-zip.ts';
import { GOOD_PROJECT, temporaryFolders } from '../../../fixtures/tree.ts';
import { scratch } from '../../client/auth/keys.ts';

const folder = temporaryFolders();

it('a project that is installed is packed with the notes of pack about secrets', async () => {
  const sealed = craftZip({ entries: [{ name: 'a', content: 'a', flags: 1 }] });
  const { notes } = await obtainCandidate('.', {
    cwd: folder({ ...GOOD_PROJECT, '.env': 'A=1', 'lib.whl': sealed }),
    target: parseTarget('2.4'),
    arch: null,
    scratch: await scratch(),
    env: {},
    signal: new AbortController().signal,
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
