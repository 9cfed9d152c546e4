import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { goCommand } from '../../toolchain/go.ts';
import { GO_SDK_MODULE, useGoSdk } from '../../toolchain/go-sdk.ts';
import { describeWith } from '../../toolchain/require.ts';
import { run } from '../../toolchain/run.ts';
import { initProject, MIXES } from './mixes.ts';

await describeWith('Go projects from init', goCommand, (go) => {
  let base: string;

  beforeAll(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'kplugin-go-'));
  });

  afterAll(() => rm(base, { recursive: true, force: true }));

  /** Formatted, vetted, tested and built; throws with what Go says otherwise. */
  async function check(folder: string): Promise<void> {
    expect(await run('gofmt', ['-l', '.'], { cwd: folder })).toBe('');
    await run(go, ['vet', './...'], { cwd: folder });
    await run(go, ['test', '-count=1', './...'], { cwd: folder });
    await run(go, ['build', '-o', 'plugin', '.'], { cwd: folder, env: { CGO_ENABLED: '0' } });
  }

  test.each(MIXES)('are formatted, pass their own tests and build: $title', async (mix) => {
    const name = `mix-${mix.title.replaceAll(' + ', '-')}`;
    const folder = await initProject(base, name, ['--language', 'go', ...mix.flags]);
    await useGoSdk(folder);
    await check(folder);
  });

  test('do so with a hostile description and odd names', async () => {
    const folder = await initProject(base, 'hostile', [
      ...['--language', 'go', '--sink', 'a-b', '--sink', 'a_b', '--source', 'x_test'],
      ...['--source', 'linux', '--source', '9x', '--function', 'main'],
      ...['--description', 'say "hi" `x` */ \\ {{ name }} //go:build never 你好'],
    ]);
    await useGoSdk(folder);
    await check(folder);
  });

  test('do so after add, for every kind', async () => {
    const folder = await initProject(base, 'grown', ['--language', 'go', '--function', 'first']);
    for (const argv of [
      ['sink', 'later'],
      ['source', 'later'],
      ['function', 'later'],
      ['source', 'last'],
    ]) {
      const added = await kplugin(['add', ...argv, '--dir', folder, '-q']);
      expect(added).toMatchObject({ code: 0, stderr: '' });
    }
    await useGoSdk(folder);
    await check(folder);
    const main = await readFile(path.join(folder, 'main.go'), 'utf8');
    expect(main.match(/return &\w+\{\}/g)?.toSorted()).toEqual([
      'return &firstFunction{}',
      'return &lastSource{}',
      'return &laterFunction{}',
      'return &laterSink{}',
      'return &laterSource{}',
    ]);
  });

  test('name every requirement and its sum as Go itself would', async () => {
    const folder = await initProject(base, 'sums', ['--language', 'go', '--source', 'a']);
    const read = async (file: string): Promise<string[]> =>
      (await readFile(path.join(folder, file), 'utf8')).split('\n');
    const before = { mod: await read('go.mod'), sum: await read('go.sum') };
    await useGoSdk(folder);
    const ours = (line: string): boolean => !line.startsWith(`${GO_SDK_MODULE} `);
    expect(before.sum.filter((line) => !ours(line))).toHaveLength(2);
    expect(await read('go.sum')).toEqual(before.sum.filter(ours));
    const replace = (line: string): boolean => line.startsWith('replace ');
    const after = (await read('go.mod')).filter((line) => !replace(line)).join('\n');
    expect(after.trimEnd()).toBe(before.mod.join('\n').trimEnd());
  });
});
