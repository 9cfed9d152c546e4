import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { npm, npmSdk, useNpmSdk } from '../../toolchain/npm.ts';
import { describeWith } from '../../toolchain/require.ts';
import { initProject, MIXES } from './mixes.ts';

await describeWith('TypeScript projects from init', npmSdk, () => {
  let base: string;

  beforeAll(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'kplugin ts 计 '));
  });

  afterAll(() => rm(base, { recursive: true, force: true }));

  async function project(name: string, ...flags: readonly string[]): Promise<string> {
    const folder = await initProject(base, name, ['--language', 'typescript', ...flags]);
    await useNpmSdk(folder);
    return folder;
  }

  /** Resolves only when the types are right and all unit tests pass; throws with what npm printed. */
  const npmTest = (folder: string): Promise<string> => npm(['test'], folder);

  // Each kind there and missing; more would tell nothing else, and the compiler takes its time.
  const some = MIXES.filter(({ title }) =>
    ['source', 'sink + function', 'source + sink + function'].includes(title),
  );
  test.each(some)('have right types and pass their own tests: $title', async (mix) => {
    await npmTest(await project(`mix-${mix.title.replaceAll(' + ', '-')}`, ...mix.flags));
  });

  test('do so with a hostile description and odd names', async () => {
    const description = 'say "hi" `x` $y */ \\ {{ name }} </script> 你好';
    const folder = await project(
      ...(['hostile', '--sink', 'a-b', '--sink', 'a_b', '--source', '9x'] as const),
      ...['--function', 'constructor', '--function', 'toString', '--source', '__proto__'],
      ...['--description', description, '--author', 'A "B" \\ <a@b.c>'],
    );
    await npmTest(folder);
    const { description: written } = JSON.parse(
      await readFile(path.join(folder, 'package.json'), 'utf8'),
    );
    expect(written).toBe(description);
  });

  test('do so after add, for every kind', async () => {
    const folder = await project('grown', '--sink', 'first');
    for (const argv of [
      ['source', 'later'],
      ['function', 'later'],
      ['sink', 'a-later'],
      ['function', 'last'],
    ]) {
      const added = await kplugin(['add', ...argv, '--dir', folder, '-q']);
      expect(added).toMatchObject({ code: 0, stderr: '' });
    }
    await npmTest(folder);
    const registered = await readFile(path.join(folder, 'src/plugin.ts'), 'utf8');
    expect(registered.match(/^ {4}\S+: \w+,$/gm)).toEqual([
      '    later: LaterSource,',
      '    first: FirstSink,',
      "    'a-later': ALaterSink,",
      '    later: laterFunction,',
      '    last: lastFunction,',
    ]);
  });

  test('fail their own test when manifest and program disagree', async () => {
    const folder = await project('wrong', '--sink', 'first');
    const manifest = path.join(folder, 'wrong.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"first"', '"other"'));
    await expect(npmTest(folder)).rejects.toThrow('the manifest name the same sinks');
  });

  test('are refused by the build where a type is wrong, and pack says why', async () => {
    const folder = await project('typed', '--sink', 'first');
    const sink = path.join(folder, 'src/first-sink.ts');
    const text = await readFile(sink, 'utf8');
    await writeFile(sink, text.replace("string('path', '')", "number('path', 0)"));
    const packed = await kplugin(['pack', folder, '-o', `${folder}.zip`]);
    expect(packed).toMatchObject({ code: 1, stdout: '' });
    expect(packed.stderr).toContain('the build failed: npm run build');
    expect(packed.stderr).toMatch(/src\/first-sink\.ts\(\d+,\d+\): error TS2322/);
  });
});
