import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../bin/run.ts';

const STARTS = /(?<![.\w])(?:spawn|spawnSync|execFile|execFileSync|exec|execSync|fork)\(/g;

it('every program that is started gets an environment that was chosen for it', () => {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(path.join(ROOT, 'src', file), 'utf8')] as const)
    .filter(([, text]) => text.includes("'node:child_process'"));
  const starts = files.flatMap(([file, text]) =>
    [...text.matchAll(STARTS)].map(({ index }) => [
      file,
      /\benv\b/.test(text.slice(Math.max(0, index - 250), index + 250)),
    ]),
  );
  expect(starts.length).toBeGreaterThanOrEqual(4);
  expect(starts.filter(([, hasEnv]) => !hasEnv)).toEqual([]);
});
