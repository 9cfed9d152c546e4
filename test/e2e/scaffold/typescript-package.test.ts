import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { npmInstall, npmSdk } from '../../toolchain/npm.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { World } from '../deploy/world.ts';

const tools = async () => ({ python: await sdkPython(), npm: await npmSdk() });

const NAME = 'kpt_bundle';
const LARGEST = 100 * 1024;
const FIRST = `first/${NAME}-0.1.0.zip`;

await describeOnUnixWith('a TypeScript project after a real npm install', tools, (tool) => {
  let world: World;
  let folder: string;

  /** As an author would: init, npm install. */
  async function project(below: string): Promise<string> {
    await mkdir(path.join(world.folder, below), { recursive: true });
    const symbols = ['--source', `${NAME}_in`, '--sink', `${NAME}_out`, '--function', `${NAME}_f`];
    const place = path.join(below, NAME);
    await done('init', place, '--language', 'typescript', '--sdk', tool.npm.tarball, ...symbols);
    await npmInstall(path.join(world.folder, place));
    return path.join(world.folder, place);
  }

  async function done(...args: readonly string[]): Promise<string> {
    const run = await world.run([...args, '--yes']);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    return run.stdout;
  }

  const bytes = (zip: string): Promise<Buffer> => readFile(path.join(world.folder, zip));

  beforeAll(async () => {
    world = await World.open(tool.python);
    folder = await project('one');
  });

  afterAll(async () => {
    await world.close();
  });

  test('packs one small program, the manifest and the symbol files', async () => {
    await done('pack', folder, '-o', 'first/');
    const { data } = JSON.parse(await done('inspect', FIRST, '--json'));
    const entries: readonly { path: string; kind: string; mode: number }[] = data.entries;
    const files = entries.filter(({ kind }) => kind === 'file');
    expect(files.map((entry) => entry.path)).toEqual([
      `functions/${NAME}_f.json`,
      NAME,
      `${NAME}.json`,
      `sinks/${NAME}_out.json`,
      `sources/${NAME}_in.json`,
      `sources/${NAME}_in.yaml`,
    ]);
    expect(data.findings).toEqual([]);
    expect((await bytes(FIRST)).length).toBeLessThan(LARGEST);
    expect((await stat(path.join(folder, NAME))).mode & 0o777).toBe(0o755);
    const program = await readFile(path.join(folder, NAME), 'utf8');
    expect(program.startsWith('#!/usr/bin/env node\n"use strict";\n')).toBe(true);
    expect(program).not.toMatch(/^(import|export)\b/m);
  });

  test('gives the same bytes again, here and in another place', async () => {
    await rm(path.join(folder, NAME));
    await done('pack', folder, '-o', 'again/');
    await done('pack', await project('two/deeper'), '-o', 'elsewhere/');
    const [first, again, elsewhere] = await Promise.all(
      [FIRST, `again/${NAME}-0.1.0.zip`, `elsewhere/${NAME}-0.1.0.zip`].map(bytes),
    );
    expect(again?.equals(first ?? Buffer.alloc(0))).toBe(true);
    expect(elsewhere?.equals(first ?? Buffer.alloc(0))).toBe(true);
  });

  test('runs in the host without its project', async () => {
    await rm(folder, { recursive: true });
    expect(await done('install', FIRST)).toContain('running');
    expect(await done('status', NAME)).toContain('running');
    await done('remove', NAME);
  });
});
