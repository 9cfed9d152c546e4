import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharedPackage } from '../../../../src/commands/install/run.ts';
import type { Candidate, ObtainOptions } from '../../../../src/deploy/install/obtain.ts';

describe('a package for many hosts', () => {
  let scratch: string;
  beforeEach(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'kplugin-test-'));
  });
  afterEach(() => rm(scratch, { recursive: true, force: true }));

  const options = (target: ObtainOptions['target'], arch: string): ObtainOptions => ({
    cwd: '/',
    target,
    arch,
    scratch,
    env: {},
    limit: null,
    signal: new AbortController().signal,
    watcher: { waiting: () => {}, settled: () => {} },
  });

  /** Obtains packages that are only their number; says for what, and how many at a time. */
  function counting() {
    const made: string[] = [];
    const folders = new Set<string>();
    let working = 0;
    let most = 0;
    const obtain = async (source: string, { target, arch, scratch: folder }: ObtainOptions) => {
      working += 1;
      most = Math.max(most, working);
      await new Promise((resolve) => setImmediate(resolve));
      working -= 1;
      made.push(`${source} ${target} ${arch}`);
      folders.add(folder);
      if (source === 'broken') throw new Error('no plugin');
      // Nothing here looks into it.
      return { sha256: String(made.length) } as Candidate;
    };
    return { obtain, made, folders, most: () => most };
  }

  it('is made once for each version and processor, one after the other, each in a folder of its own', async () => {
    const { obtain, made, folders, most } = counting();
    const share = sharedPackage(obtain);
    const all = await Promise.all([
      share('dir', options('2.4', 'amd64')),
      share('dir', options('2.4', 'arm64')),
      share('dir', options('2.4', 'amd64')),
      share('dir', options('1.14', 'amd64')),
      share('dir', options('2.4', 'arm64')),
    ]);
    expect(made).toEqual(['dir 2.4 amd64', 'dir 2.4 arm64', 'dir 1.14 amd64']);
    expect(all.map(({ sha256 }) => sha256)).toEqual(['1', '2', '1', '3', '2']);
    expect(folders.size).toBe(3);
    expect(most()).toBe(1);
  });

  it('is downloaded once', async () => {
    const { obtain, made } = counting();
    const urls: string[] = [];
    const share = sharedPackage(obtain, async (url) => {
      urls.push(url);
      return '/scratch/download.zip';
    });
    await Promise.all(
      ['2.4', '2.0', '2.4'].map((target) =>
        share('https://ci/p.zip', options(target as ObtainOptions['target'], 'amd64')),
      ),
    );
    expect(urls).toEqual(['https://ci/p.zip']);
    expect(made).toEqual(['/scratch/download.zip 2.4 amd64', '/scratch/download.zip 2.0 amd64']);
  });

  it('fails for everybody of the same kind, and others still get theirs', async () => {
    const { obtain, made } = counting();
    const share = sharedPackage(obtain);
    const [one, two, three] = await Promise.allSettled([
      share('broken', options('2.4', 'amd64')),
      share('broken', options('2.4', 'amd64')),
      share('dir', options('2.4', 'amd64')),
    ]);
    expect(one).toMatchObject({ status: 'rejected', reason: new Error('no plugin') });
    expect(two).toEqual(one);
    expect(three.status).toBe('fulfilled');
    expect(made).toEqual(['broken 2.4 amd64', 'dir 2.4 amd64']);
  });
});
