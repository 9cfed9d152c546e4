import { describe, expect, it } from 'vitest';
import { openDirectoryView } from '../../../src/package/directory-view.ts';
import { packageFileName } from '../../../src/package/identity.ts';
import { inspect } from '../../../src/package/inspect.ts';
import { entryDate, writeZip } from '../../../src/package/write/write-zip.ts';
import { openZipView } from '../../../src/package/zip-view.ts';
import { craftZip } from '../../fixtures/crafted-zip.ts';
import { bomb, withDamage } from '../../fixtures/hostile-zip.ts';
import { makeZip } from '../../fixtures/make-zip.ts';
import { GOOD_PROJECT, temporaryFolders } from '../../fixtures/tree.ts';

const folder = temporaryFolders();

describe('inspecting', () => {
  it('sees the same plugin in a project and in its package', async () => {
    const view = await openDirectoryView(folder({ ...GOOD_PROJECT, 'install.sh': 'echo hi\n' }));
    const pieces: Buffer[] = [];
    const written = await writeZip(view.plan.entries, {
      date: entryDate(undefined),
      sink: async (piece) => {
        pieces.push(piece);
      },
    });
    const project = await inspect(view, '2.4');
    const zip = await inspect(await openZipView(Buffer.concat(pieces)), '2.4');
    expect(zip).toMatchObject({
      identity: { name: 'probe', version: '1.0.0', language: 'python', arch: null },
      contentDigest: written.contentDigest,
      zip: { size: written.size, sha256: written.sha256 },
      installScript: 'echo hi\n',
      unpackedSize: written.unpackedSize,
    });
    expect(project).toMatchObject({
      identity: zip.identity,
      contentDigest: zip.contentDigest,
      zip: null,
    });
    expect(zip.entries.map(({ path, sha256 }) => [path, sha256])).toEqual(
      written.entries.map(({ path, sha256 }) => [path, sha256]),
    );
  });

  it('shows an install.sh that is not UTF-8, and one of another spelling: a shell runs both', async () => {
    const latin = await inspect(
      await openZipView(
        craftZip({
          entries: [{ name: 'install.sh', content: Buffer.from('echo \xe9X', 'latin1') }],
        }),
      ),
      '2.4',
    );
    expect(latin.installScript).toBe('echo \ufffdX');
    const hidden = await openZipView(makeZip([{ name: 'lib/../install.sh', text: 'echo hi' }]));
    expect((await inspect(hidden, '2.4')).installScript).toBe('echo hi');
  });

  it('reports damage once and gives no digest then', async () => {
    const view = await openZipView(withDamage(makeZip([{ name: 'x.txt', text: 'hello hello' }])));
    const { contentDigest, findings } = await inspect(view, '2.4');
    expect(contentDigest).toBeNull();
    expect(findings.filter(({ rule }) => rule === 'entry-damaged')).toHaveLength(1);
  });

  it('inflates nothing of a bomb', async () => {
    const { contentDigest, findings, entries } = await inspect(
      await openZipView(bomb(150 * 1024 ** 2)),
      '2.4',
    );
    expect(contentDigest).toBeNull();
    expect(entries).toMatchObject([{ path: 'zeros', sha256: null }]);
    expect(findings.map(({ rule }) => rule)).toContain('zip-too-big');
  });

  it('digests modes as eKuiper unpacks them where the zip has none', async () => {
    const fat = await inspect(await openZipView(makeZip([{ name: 'a', made: 'fat' }])), '2.4');
    const unix = await inspect(await openZipView(makeZip([{ name: 'a', mode: '666' }])), '2.4');
    expect(fat.contentDigest).toBe(unix.contentDigest);
  });
});

describe('the name of a package', () => {
  const identity = { language: 'go', executable: 'x', symbols: [] };
  it.each([
    ['probe', '1.0.0', null, 'probe-1.0.0.zip'],
    ['probe', 'v1.0.0', 'arm64', 'probe-v1.0.0-linux-arm64.zip'],
    ['probe', '', null, 'probe.zip'],
    ['pro be', '1.0+a/b', null, 'pro-be-1.0-a-b.zip'],
    [null, '1', null, 'plugin-1.zip'],
  ])('%s %s %s: %s', (name, version, arch, expected) => {
    expect(packageFileName({ ...identity, name, version, arch })).toBe(expected);
  });
});
