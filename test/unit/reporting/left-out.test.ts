import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../bin/run.ts';
import { runFixture } from './fixture-run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kplugin-left-out-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

describe('a golden file that is missing', () => {
  it.each(['', 'true'])(
    'fails its test and is not written, with CI=%j',
    async (CI) => {
      const source = path.join(ROOT, 'test/fixtures/left-out/golden.case.ts');
      const before = readFileSync(source, 'utf8');
      const run = await runFixture('left-out', { CASE: 'golden', GOLDEN_FOLDER: folder, CI });
      expect(lastLine(run.stdout)).toBe('0 passed, 2 failed, 0 skipped');
      expect(run.isWell).toBe(false);
      expect(readdirSync(folder)).toEqual([]);
      expect(readFileSync(source, 'utf8')).toBe(before);
    },
    120_000,
  );
});

describe('tests of which ../shared is missing', () => {
  const run = (CI: string) =>
    runFixture('left-out', { CASE: 'shared', KPLUGIN_SHARED: path.join(folder, 'none'), CI });

  it('are left out, and it is said which and why', async () => {
    const { stdout, stderr, isWell } = await run('');
    expect(lastLine(stdout)).toBe('0 passed, 0 failed, 1 skipped');
    expect(stderr).toContain('left out: recorded answers: ../shared/conformance beside');
    expect(isWell).toBe(true);
  }, 180_000);

  it('fail under CI=true', async () => {
    const { stdout, isWell } = await run('true');
    expect(lastLine(stdout)).toBe('0 passed, 1 failed, 0 skipped');
    expect(isWell).toBe(false);
  }, 180_000);
});
