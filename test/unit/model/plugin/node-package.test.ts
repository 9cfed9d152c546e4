import { expect, it } from 'vitest';
import { parseNodePackage } from '../../../../src/model/plugin/node-package.ts';

it('reads what a build needs', () => {
  const text = JSON.stringify({
    name: 'demo',
    packageManager: 'pnpm@9.1.0',
    scripts: { build: 'tsc && esbuild src/main.ts' },
    dependencies: { a: '1' },
    devDependencies: { kplugin: '^0.1.0', a: '1' },
    optionalDependencies: { b: '1' },
  });
  expect(parseNodePackage(`\uFEFF${text}`)).toEqual({
    build: 'tsc && esbuild src/main.ts',
    needs: ['a', 'kplugin'],
    manager: 'pnpm@9.1.0',
  });
});

const NOTHING = { build: null, needs: [], manager: null };

it.each([
  ['{}', NOTHING],
  ['{"scripts":{"build":"  "},"dependencies":[],"packageManager":3}', NOTHING],
  ['{"scripts":["build"],"devDependencies":null}', NOTHING],
  ['{"scripts":{"build":3}}', NOTHING],
  ['[]', null],
  ['null', null],
  ['{"scripts":', null],
  ['', null],
])('takes %s for what it is', (text, expected) => {
  expect(parseNodePackage(text)).toEqual(expected);
});
