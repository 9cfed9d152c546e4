import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noteOfSources, writeBuiltNote } from '../../../scripts/built-note.ts';
import config from '../../../vitest.config.ts';
import { buildUnlessBuilt } from '../../bin/global-setup.ts';

let root = '';
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const built = () => readFileSync(path.join(root, 'dist/kplugin.cjs'), 'utf8');

/** Copies the one source to dist/, as a build does. */
async function build(): Promise<void> {
  const sources = noteOfSources(root);
  write('dist/kplugin.cjs', readFileSync(path.join(root, 'src/main.ts'), 'utf8'));
  writeBuiltNote(root, sources);
}

/** How often the set-up of the tests builds. */
async function builds(how = build): Promise<number> {
  let count = 0;
  await buildUnlessBuilt(root, () => {
    count += 1;
    return how();
  });
  return count;
}

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'kplugin-stale-'));
  write('src/main.ts', 'first');
  write('package-lock.json', '{}');
  await build();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('tests of the real bin', () => {
  it('take what a build has left', async () => {
    expect(await builds()).toBe(0);
  });

  it('build when a source has changed, once', async () => {
    write('src/main.ts', 'second');
    expect([await builds(), await builds()]).toEqual([1, 0]);
    expect(built()).toBe('second');
  });

  it.each([
    ['a source that is new', () => write('src/other.ts', '')],
    ['a template', () => write('templates/python/main.py', '')],
    ['a schema', () => write('schemas/x.schema.json', '{}')],
    ['other dependencies', () => write('package-lock.json', '{ }')],
    ['another way to build', () => write('scripts/build.ts', '')],
    ['a file in dist/ that was changed by hand', () => write('dist/kplugin.cjs', 'mine')],
    ['a file in dist/ that is too many', () => write('dist/parts/old.cjs', '')],
    ['a file in dist/ that is gone', () => rmSync(path.join(root, 'dist/kplugin.cjs'))],
    ['no dist/', () => rmSync(path.join(root, 'dist'), { recursive: true })],
    ['a build that was broken off', () => rmSync(path.join(root, 'dist/built.txt'))],
  ])('build: %s', async (_, change) => {
    change();
    const again = async () => {
      rmSync(path.join(root, 'dist'), { recursive: true, force: true });
      await build();
    };
    expect(await builds(again)).toBe(1);
    expect(built()).toBe('first');
  });

  it('do not take what was built of sources that changed in the meantime', async () => {
    write('src/main.ts', 'second');
    const late = async () => {
      await build();
      write('src/main.ts', 'third');
    };
    await expect(builds(late)).rejects.toThrow('a source changed during the build');
  });

  it('are those of every project but the unit and the differential tests', () => {
    const projects = (config.test?.projects ?? []).map((one) =>
      typeof one === 'object' && 'test' in one ? one.test : undefined,
    );
    const without = projects.filter((one) => one?.globalSetup !== './test/bin/global-setup.ts');
    expect(without.map((one) => one?.name)).toEqual(['unit', 'differential']);
  });
});
