import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildProject } from '../../../../src/package/build/build-project.ts';
import { type Tree, temporaryFolders } from '../../../fixtures/tree.ts';
import { describeOnUnix } from '../../../toolchain/require.ts';

const folder = temporaryFolders();
const MANIFEST = '{"language":"go","executable":"probe","functions":["f"]}';
const INSTALLED = { 'node_modules/kplugin/package.json': '{}' };

const packageJson = (more: object = {}): string =>
  JSON.stringify({ scripts: { build: 'bundle' }, devDependencies: { kplugin: '*' }, ...more });

const PROJECT: Tree = { 'probe.json': MANIFEST, 'package.json': packageJson() };

/** Stand-ins for package managers in a folder of their own, and the PATH with it in front. */
function fakes(script: string, ...names: readonly string[]): string {
  const text = `#!/bin/sh\n${script}\n`;
  const bin = folder(Object.fromEntries(names.map((name) => [name, { text, mode: 0o755 }])));
  return `${bin}:/usr/bin:/bin`;
}

interface Option {
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

async function build(tree: Tree, PATH: string, option: Option = {}) {
  const directory = folder(tree);
  const said: string[] = [];
  const built = await buildProject({
    directory,
    arch: 'arm64',
    env: { PATH, KEPT: 'yes' },
    onStart: (command) => said.push(command),
    onLine: (line) => said.push(line),
    ...option,
  });
  return { directory, built, said };
}

describeOnUnix('building a Node project', () => {
  it('runs the build script of the project', async () => {
    const PATH = fakes('echo "$0 $@ $KEPT" | sed "s#.*/##"; printf "#!" > probe', 'npm');
    const { directory, built, said } = await build({ ...PROJECT, ...INSTALLED }, PATH);
    expect({ built, said }).toEqual({ built: true, said: ['npm run build', 'npm run build yes'] });
    expect(readFileSync(join(directory, 'probe'), 'utf8')).toBe('#!');
  });

  it.each<[string, Tree]>([
    ['pnpm', { 'pnpm-lock.yaml': '' }],
    ['yarn', { 'yarn.lock': '' }],
    ['bun', { 'bun.lock': '' }],
    ['pnpm', { 'yarn.lock': '', 'package.json': packageJson({ packageManager: 'pnpm@9.1.0' }) }],
    ['npm', { 'package.json': packageJson({ packageManager: 'unheard-of@1' }) }],
  ])('runs it with %s for %j', async (manager, tree) => {
    const PATH = fakes(': > probe', manager);
    const { said } = await build({ ...PROJECT, ...INSTALLED, ...tree }, PATH);
    expect(said).toEqual([`${manager} run build`]);
  });

  it('shows what the build said when it fails, its end if that is long', async () => {
    const PATH = fakes('seq 1 100; echo "src/x.ts(3,1): error TS2304" >&2; exit 2', 'npm');
    const error = await build({ ...PROJECT, ...INSTALLED }, PATH).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'build-failed', exit: 1 });
    const lines = error.reason.split('\n');
    expect(lines).toHaveLength(60);
    expect(lines).toContain('src/x.ts(3,1): error TS2304');
  });

  it('says which executable the build should have made', async () => {
    const PATH = fakes('exit 0', 'npm');
    await expect(build({ ...PROJECT, ...INSTALLED }, PATH)).rejects.toMatchObject({
      code: 'build-without-program',
      exit: 1,
      message: expect.stringContaining('has not made probe,'),
    });
  });

  it('says that there is no npm', async () => {
    const tree = { ...PROJECT, ...INSTALLED };
    await expect(build(tree, folder())).rejects.toMatchObject({ code: 'npm-missing', exit: 2 });
  });

  it('ends everything that the build has started when it is not wanted any more', async () => {
    const stop = new AbortController();
    const PATH = fakes('sleep 600 & echo started; wait', 'npm');
    const onLine = (): void => stop.abort(new Error('not wanted'));
    const built = build({ ...PROJECT, ...INSTALLED }, PATH, { signal: stop.signal, onLine });
    // The pipe of its output stays open as long as the sleeper lives: this would not end.
    await expect(built).rejects.toThrow('not wanted');
  });
});

describe('a Node project whose packages are not there', () => {
  it.each<[string, Tree]>([
    ['npm', {}],
    ['npm', { 'node_modules/other/package.json': '{}' }],
    ['yarn', { 'yarn.lock': '' }],
  ])('is told to run %s install: %j', async (manager, tree) => {
    await expect(build({ ...PROJECT, ...tree }, '')).rejects.toMatchObject({
      code: 'dependencies-missing',
      exit: 2,
      message: 'packages that package.json names are not installed: kplugin',
      hint: expect.stringContaining(`run ${manager} install`),
    });
  });
});

it.each([
  ['half of it', '{'],
  ['no object', '[]'],
  ['levels without end', `${'{"a":'.repeat(80_000)}1${'}'.repeat(80_000)}`],
])('a package.json with %s ends the build', async (_title, text) => {
  await expect(build({ ...PROJECT, 'package.json': text }, '')).rejects.toMatchObject({
    code: 'node-package-invalid',
    exit: 2,
  });
});

describe('nothing is built', () => {
  it.each<[string, Tree]>([
    ['for Python', { ...PROJECT, 'probe.json': MANIFEST.replace('go', 'python') }],
    ['without a build script', { ...PROJECT, 'package.json': '{"scripts":{"test":"x"}}' }],
    ['without a package.json', { 'probe.json': MANIFEST }],
  ])('%s', async (_title, tree) => {
    expect((await build(tree, '')).built).toBe(false);
  });
});
