import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cacheFile } from '../../bin/load-bundle.js';
import pkg from '../../package.json' with { type: 'json' };
import { kplugin, ROOT } from '../bin/run.ts';

/** A copy of what is published, whose compiled code the tests may spoil. */
describe('the compiled code that the build leaves', () => {
  let copy = '';

  beforeAll(async () => {
    copy = await mkdtemp(path.join(tmpdir(), 'kplugin-code-cache-'));
    for (const name of ['bin', 'dist', 'package.json']) {
      await cp(path.join(ROOT, name), path.join(copy, name), { recursive: true });
    }
    for (const name of ['schemas', 'templates']) {
      await symlink(path.join(ROOT, name), path.join(copy, name), 'junction');
    }
  });

  afterAll(() => rm(copy, { recursive: true, force: true }));

  const cache = () => path.join(copy, 'dist', path.basename(cacheFile));
  const explain = () =>
    kplugin(['explain', 'json-comment'], { bin: path.join(copy, 'bin/kplugin.js') });

  it.each<[string, () => Promise<void>]>([
    ['as built', async () => {}],
    ['damaged', () => writeFile(cache(), Buffer.alloc(70_000, 7))],
    ['empty', () => writeFile(cache(), '')],
    ['missing', () => rm(cache(), { force: true })],
  ])('%s: the answer is the same', async (_name, spoil) => {
    await spoil();
    expect(await explain()).toMatchObject({ code: 0, stdout: expect.stringContaining('JSON') });
  });

  it('is made where Node keeps none by itself, and only for this V8', async () => {
    const caches = (await readdir(path.join(ROOT, 'dist'))).filter((name) =>
      name.endsWith('.cache'),
    );
    const byNode = 'enableCompileCache' in (await import('node:module'));
    expect(caches).toEqual(byNode ? [] : [path.basename(cacheFile)]);
    expect(cacheFile).toContain(process.versions.v8);
    expect(pkg.files).toContain('dist/*.cache');
  });
});
