import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goCommand } from '../../toolchain/go.ts';
import { useGoSdk } from '../../toolchain/go-sdk.ts';
import { npm, npmSdk, useNpmSdk } from '../../toolchain/npm.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { run } from '../../toolchain/run.ts';
import { initProject } from './mixes.ts';

const HOST = fileURLToPath(new URL('one_rule.py', import.meta.url));

const tools = async () => ({
  python: await sdkPython(),
  go: await goCommand(),
  npm: await npmSdk(),
});

await describeOnUnixWith('a rule over a plugin from init, in real processes', tools, (tool) => {
  let base: string;

  beforeAll(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'kplugin-runs-'));
  });

  afterAll(() => rm(base, { recursive: true, force: true }));

  async function runRule(name: string, folder: string, command: readonly string[]) {
    const symbols = ['source', 'sink', 'function'].map((kind) => `${name}_${kind}`);
    const file = path.join(base, `${name}.jsonl`);
    const { stdout, stderr } = await promisify(execFile)(
      tool.python,
      [HOST, name, ...symbols, file, ...command],
      { cwd: folder, timeout: 90_000, maxBuffer: 64 * 1024 * 1024 },
    );
    return { seen: JSON.parse(stdout), log: stderr };
  }

  const flags = (name: string): readonly string[] =>
    ['source', 'sink', 'function'].flatMap((kind) => [`--${kind}`, `${name}_${kind}`]);

  const EXPECTED = {
    startSource: 'ok',
    rows: [1, 2].map((number) => ({
      message: { datasource: 'topic', message: 'hi', number },
      meta: null,
    })),
    stopSource: 'ok',
    wrongSource: expect.stringContaining('interval'),
    startSink: 'ok',
    written: [{ a: 1 }, { a: 2 }, { a: 'ä' }],
    stopSink: 'ok',
    startFunction: 'ok',
    validate: { state: true, result: '' },
    validateTwo: false,
    aggregate: { state: true, result: false },
    calls: ['cba', '21', null, '你ä'].map((result) => ({ state: true, result })),
  };

  test('in Python', async () => {
    const name = 'kpt_runs_py';
    const folder = await initProject(base, name, ['--language', 'python', ...flags(name)]);
    // Without -u, as conda and eKuiper before 2.1.1 start it: the log has to be there all the same.
    const { seen, log } = await runRule(name, folder, [tool.python, 'main.py']);
    expect(seen).toEqual(EXPECTED);
    expect(log).toContain("'topic' every 1 ms");
    expect(log).toContain('not a row: a bare error text');
  });

  test('in TypeScript', async () => {
    const name = 'kpt_runs_ts';
    const folder = await initProject(base, name, ['--language', 'typescript', ...flags(name)]);
    await useNpmSdk(folder);
    await npm(['run', 'build'], folder);
    const { seen, log } = await runRule(name, folder, [path.join(folder, name)]);
    expect(seen).toEqual(EXPECTED);
    expect(log).toContain('not a row: a bare error text');
  });

  test('in Go', async () => {
    const name = 'kpt_runs_go';
    const folder = await initProject(base, name, ['--language', 'go', ...flags(name)]);
    await useGoSdk(folder);
    await run(tool.go, ['build', '-o', name, '.'], { cwd: folder, env: { CGO_ENABLED: '0' } });
    const { seen, log } = await runRule(name, folder, [path.join(folder, name)]);
    expect(seen).toEqual(EXPECTED);
    // The SDK calls a stopped sink with nothing, over and over; ours ends that at once.
    expect(log.match(/not a row: .*/g)).toEqual([expect.stringContaining('a bare error text')]);
  });
});
