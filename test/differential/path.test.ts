import { expect, it } from 'vitest';
import { goClean } from '../../src/emulator/runtime/home.ts';
import { Random } from './random.ts';
import { askGo } from './text-oracle.ts';

const SEED = Number(process.env['KPLUGIN_SEED'] ?? 20261130);
const COUNT = Number(process.env['KPLUGIN_MUTANTS'] ?? 20_000);
const PIECES = [
  '/',
  '//',
  '.',
  '..',
  '...',
  './',
  '../',
  'a',
  'b.c',
  '..a',
  '.b',
  'é',
  '模',
  '😀',
  ' ',
  '\\',
  '\0',
];

it(`cleans ${COUNT} paths as Go's path.Clean does (seed ${SEED})`, async () => {
  const random = new Random(SEED);
  const paths = Array.from({ length: COUNT }, () =>
    Array.from({ length: random.below(24) }, () => random.pick(PIECES)).join(''),
  );
  const answers = await askGo(
    'p',
    paths.map((path) => Buffer.from(path)),
  );
  const own = paths.map((path) => ({ path, clean: goClean(path) }));
  const go = answers.map((answer, at) => ({
    path: paths[at],
    clean: answer.ok ? answer.value : null,
  }));
  expect(own).toEqual(go);
  const changed = own.filter(({ path, clean }) => path !== clean).length;
  process.stdout.write(
    `differential path: ${COUNT} paths, seed ${SEED}, ${changed} changed, 0 mismatches\n`,
  );
  expect(changed).toBeGreaterThan(COUNT / 2);
});
