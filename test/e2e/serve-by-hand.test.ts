import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kplugin } from '../bin/run.ts';
import { sdkPython } from '../toolchain/python.ts';
import { describeWith } from '../toolchain/require.ts';
import { pythonProject } from './serve/projects.ts';
import { Serving } from './serve/serving.ts';

let parent = '';
let cleaning: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'kplugin-hands-'));
});

afterEach(async () => {
  for (const clean of cleaning.reverse()) await clean();
  cleaning = [];
  await rm(parent, { recursive: true, force: true });
});

async function serve(...args: readonly string[]): Promise<Serving> {
  const serving = await Serving.start(...args);
  cleaning.push(() => serving.stop());
  return serving;
}

/** Types what the server said that is to be typed. */
async function startByHand(serving: Serving): Promise<ChildProcess> {
  const start = serving.data.plugins[0]?.start;
  const [program = '', ...args] = start?.command ?? [];
  const child = spawn(program, args, {
    cwd: start?.directory,
    env: { ...process.env, SERVING: parent },
    stdio: 'ignore',
  });
  cleaning.push(() => end(child));
  await once(child, 'spawn');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const post = async (url: string, body: string) => {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text() };
};

await describeWith('kplugin serve --no-spawn with the real Python SDK', sdkPython, (python) => {
  // docs/en_US/extension/portable/overview.md, "Debugging": the paths and the body are its own; its port, 33333, could be
  // somebody else's here.
  test("eKuiper's documented way, word for word", { timeout: 60_000 }, async () => {
    const project = await pythonProject(parent, 'srvdoc');
    const serving = await serve('--no-spawn', project, '--python', python);
    await startByHand(serving);
    const body = `
   {
     "symbolName": "srvdoc_src",
     "meta": {
       "ruleId": "rule1",
       "opId": "op1",
       "instanceId": 1
     },
     "pluginType": "source",
     "config": {}
   }
`;
    const at = serving.symbolsUrl.replace('127.0.0.1', 'localhost');
    expect(await post(`${at}/symbol/start`, body)).toEqual({ status: 200, body: 'ok' });
    expect(await post(`${at}/symbol/start`, body)).toEqual({
      status: 400,
      body: 'source symbol srvdoc_src already exists\n',
    });
    const taken = await serving.symbols('/sources/srvdoc_src?messages=2', {});
    expect(JSON.parse(taken.body)).toMatchObject({ rows: [{ message: { topic: 'none' } }, {}] });
    expect(await post(`${at}/symbol/stop`, body)).toEqual({ status: 200, body: 'ok' });
    expect(await post(`${at}/symbol/stop`, body)).toEqual({
      status: 400,
      body: 'Symbol srvdoc_src already close\n',
    });
    for (const [symbol, type] of [
      ['srvdoc_out', 'sink'],
      ['srvdoc_fn', 'func'],
    ] as const) {
      const other = body.replace('srvdoc_src', symbol).replace('"source"', `"${type}"`);
      expect(await post(`${at}/symbol/start`, other)).toEqual({ status: 200, body: 'ok' });
    }
    const symbols = async () => (await serving.symbols('/symbols')).body;
    // Both samples of each, one a second.
    await expect.poll(symbols, { timeout: 20_000 }).toContain('\\"name\\":\\"world\\"');
    await expect.poll(symbols, { timeout: 20_000 }).toContain('"result":"nevele"');
    expect(await serving.stop('SIGINT')).toBe(0);
    for (const name of ['plugin_srvdoc', 'func_srvdoc_fn', 'rule1_op1_1', 'rule1_op1_1_ack']) {
      expect(existsSync(`/tmp/${name}.ipc`)).toBe(false);
    }
  });

  test('a plugin that ends and is started again goes on with what ran', {
    timeout: 60_000,
  }, async () => {
    const project = await pythonProject(parent, 'srvagain');
    const serving = await serve('--no-spawn', project, '--python', python);
    const first = await startByHand(serving);
    const meta = { ruleId: 'srvagain' };
    const body = { symbolName: 'srvagain_src', pluginType: 'source', meta };
    expect(await serving.symbols('/symbol/start', body)).toEqual({ status: 200, body: 'ok' });
    await serving.symbols('/sources/srvagain_src', { meta });
    await end(first);
    const status = async () => JSON.parse((await serving.symbols('/symbols')).body).plugins[0];
    await expect.poll(status).toMatchObject({ status: 'error' });
    await startByHand(serving);
    await expect.poll(status, { timeout: 10_000 }).toMatchObject({ status: 'running' });
    const { status: code } = await serving.symbols('/sources/srvagain_src?messages=2', { meta });
    expect(code).toBe(200);
  });

  test('says what to type, and names a server that awaits it already', async () => {
    const project = await pythonProject(parent, 'srvtwice');
    const args = ['--no-spawn', project, '--python', python];
    const serving = await Serving.start('--human', ...args);
    cleaning.push(() => serving.stop());
    expect(serving.stdout.join('\n')).toContain(
      `start srvtwice in another terminal:\n  cd ${project}\n  ${python} -u main.py '{"sendTimeout":1000}'`,
    );
    const second = await kplugin(['serve', '--listen', '127.0.0.1:0', ...args]);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('srvtwice cannot be waited for');
    expect(second.stderr).toContain('/tmp/plugin_srvtwice.ipc');
    expect(existsSync('/tmp/plugin_srvtwice.ipc')).toBe(true);
  });

  test('nothing that could be started by hand', async () => {
    const run = await kplugin(['serve', '--no-spawn', path.join(parent, 'none')]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('--no-spawn needs the directory of a project');
  });
});
