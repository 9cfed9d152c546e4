import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kplugin } from '../bin/run.ts';
import { isRunning } from '../fixtures/is-running.ts';
import { sdkPython } from '../toolchain/python.ts';
import { describeWith } from '../toolchain/require.ts';
import { pythonProject } from './serve/projects.ts';
import { Serving } from './serve/serving.ts';

let parent = '';
let running: Serving[] = [];

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'kplugin-symbols-'));
});

afterEach(async () => {
  await Promise.all(running.map((serving) => serving.stop()));
  running = [];
  await rm(parent, { recursive: true, force: true });
});

async function serve(...args: readonly string[]): Promise<Serving> {
  const serving = await Serving.start(...args);
  running.push(serving);
  return serving;
}

await describeWith('kplugin serve <plugin...> with the real Python SDK', sdkPython, (python) => {
  test('two plugins, a directory and a zip; Ctrl-C leaves nothing of them', {
    timeout: 60_000,
  }, async () => {
    const first = await pythonProject(parent, 'srvone');
    const second = await pythonProject(parent, 'srvtwo');
    const zip = path.join(parent, 'two.zip');
    expect((await kplugin(['pack', second, '-o', zip])).code).toBe(0);
    const serving = await serve(first, zip, '--python', python);
    expect(serving.data.plugins.map(({ name }) => name)).toEqual(['srvone', 'srvtwo']);
    for (const name of ['srvone', 'srvtwo']) {
      expect(await serving.symbols(`/functions/${name}_fn`, ['abc'])).toEqual({
        status: 200,
        body: '{"result":"cba"}\n',
      });
    }
    const meta = { opId: 'srvone' };
    const symbol = { symbolName: 'srvone_src', pluginType: 'source', meta };
    expect((await serving.symbols('/symbol/start', symbol)).body).toBe('ok');
    const rows = { rows: [{ a: 1 }, { a: 2 }], meta: { opId: 'srvtwo' } };
    const config = { requireAck: true };
    const sent = await serving.symbols('/sinks/srvtwo_out', { ...rows, config });
    expect(JSON.parse(sent.body)).toMatchObject({ sent: 2 });
    expect(await serving.note('srvtwo.rows')).toBe('[{"a":1}]\n[{"a":2}]\n');
    const taken = await serving.symbols('/sources/srvone_src?messages=3', { meta });
    expect(JSON.parse(taken.body).rows).toHaveLength(3);
    const { plugins, symbols } = JSON.parse((await serving.symbols('/symbols')).body);
    expect(plugins).toMatchObject([
      { name: 'srvone', status: 'running' },
      { name: 'srvtwo', status: 'running' },
    ]);
    expect(symbols).toMatchObject([
      { plugin: 'srvone', kind: 'source', config: { interval: 20 } },
      { plugin: 'srvtwo', kind: 'sink', count: 2, acks: 2 },
      { plugin: 'srvone', kind: 'function', count: 1 },
      { plugin: 'srvtwo', kind: 'function', count: 1 },
    ]);
    const status = await serving.get('/plugins/portables/srvone/status');
    expect(status.body).toContain('"refCount":{"rule1":');
    const pids = [
      Number(await serving.note('srvone.pid')),
      Number(await serving.note('srvtwo.pid')),
    ];
    expect(await Promise.all(pids.map(isRunning))).toEqual([true, true]);
    expect(await serving.end('SIGINT')).toBe(0);
    expect(await Promise.all(pids.map(isRunning))).toEqual([false, false]);
    expect(await serving.leftovers()).toEqual([]);
    const sockets = [
      'plugin_srvone',
      'plugin_srvtwo',
      'func_srvone_fn',
      'func_srvtwo_fn',
      'rule1_srvone_1',
      'rule1_srvtwo_1',
      'rule1_srvtwo_1_ack',
    ];
    expect(sockets.filter((name) => existsSync(`/tmp/${name}.ipc`))).toEqual([]);
  });

  test('a source takes its YAML group, its topic, or just the given config', async () => {
    const serving = await serve(await pythonProject(parent, 'srvyaml'), '--python', python);
    const take = async (body: object): Promise<unknown> => {
      const url = '/sources/srvyaml_src?messages=1&within=20s';
      const answer = await serving.symbols(url, { ...body, meta: { opId: 'srvyaml' } });
      return JSON.parse(answer.body).rows[0]?.message;
    };
    expect(await take({})).toEqual({ n: 1, topic: '' });
    expect(await take({ confKey: 'slow', dataSource: 'a/b' })).toEqual({ n: 1, topic: 'a/b' });
    expect(await take({ config: {} })).toEqual({ n: 1, topic: 'none' });
  });

  test('an update and a crash, as eKuiper does them', async () => {
    const serving = await serve(await pythonProject(parent, 'srvlife'), '--python', python);
    await serving.symbols('/functions/srvlife_fn', ['abc']);
    const before = await serving.note('srvlife.pid');
    expect(await serving.symbols('/plugins/srvlife/restart', {})).toEqual({
      status: 200,
      body: '{"name":"srvlife","status":"running"}\n',
    });
    expect(await serving.note('srvlife.pid')).not.toBe(before);
    // One function is what eKuiper does not forget (docs/ekuiper.md#functions-after-an-update).
    const again = async () => (await serving.symbols('/functions/srvlife_fn', ['abc'])).body;
    await expect.poll(again, { timeout: 10_000 }).toBe('{"result":"cba"}\n');
    await serving.symbols('/plugins/srvlife/kill', {});
    const status = async () => (await serving.symbols('/symbols')).body;
    await expect.poll(status).toContain('"status":"error","error":"signal: killed"');
  });

  test('what happens is told to whoever listens', async () => {
    const serving = await serve(await pythonProject(parent, 'srvsse'), '--python', python);
    const leave = new AbortController();
    const response = await fetch(`${serving.symbolsUrl}/events?kind=call,symbol`, {
      signal: leave.signal,
    });
    await serving.symbols('/functions/srvsse_fn', ['abc']);
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('"result":"cba"')) break;
    }
    leave.abort();
    expect(text).toContain('event: symbol\n');
    expect(text).toContain('event: call\n');
    expect(text).not.toContain('event: output');
  });

  test('upstream dies of these; here they are refused and the rest goes on', async () => {
    const serving = await serve(await pythonProject(parent, 'srvbad'), '--python', python);
    const start = (symbolName: string, pluginType: string, more: object = {}) =>
      serving.symbols('/symbol/start', { symbolName, pluginType, ...more });
    for (const type of ['source', 'sink', 'func']) {
      const answer = await start('srvbad_none', type);
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('srvbad_none not found: no manifest names it');
    }
    expect((await start('srvbad_src', 'table')).status).toBe(400);
    const meta = { opId: 'srvbad' };
    const failing = await start('srvbad_out', 'sink', { meta, config: { fail: true } });
    expect(failing.status).toBe(400);
    expect(failing.body).toMatch(/^open sink srvbad_out receive error: /);
    expect(failing.body).toContain('told to fail');
    const call = await serving.symbols('/functions/srvbad_fn', { args: [1] });
    expect(call.status).toBe(400);
    expect(JSON.parse(call.body).error).toContain('not subscriptable');
    expect((await serving.symbols('/functions/srvbad_fn', ['ok'])).body).toContain('"ko"');
  });

  test('one that does not start is said with its own paths; the others run', async () => {
    const before = 'if os.environ["SERVING"]: raise RuntimeError("no camera")';
    const broken = await pythonProject(parent, 'srvbroken', before);
    const good = await pythonProject(parent, 'srvgood');
    const serving = await serve(broken, good, '--python', python);
    expect(serving.data.plugins.map(({ name }) => name)).toEqual(['srvgood']);
    await expect.poll(() => serving.stderr).toContain('RuntimeError: no camera');
    expect(serving.stderr).toContain(`srvbroken (${broken}) did not start`);
    expect(serving.stderr).toContain(`File "${broken}/main.py", line`);
    const alone = await kplugin(['serve', broken, '--listen', '127.0.0.1:0', '--python', python], {
      env: { SERVING: parent },
    });
    expect(alone).toMatchObject({ code: 1, stdout: '' });
    expect(alone.stderr).toContain('did not start');
    expect(alone.stderr).toContain('--no-spawn');
  });

  test('rows and calls in the log for people', async () => {
    const project = await pythonProject(parent, 'srvtold');
    const serving = await Serving.start('--human', project, '--python', python);
    running.push(serving);
    await expect.poll(() => serving.stdout.join('\n')).toContain('Ctrl-C ends it');
    const url = /symbols (http:\S+)/.exec(serving.stdout.join('\n'))?.[1];
    const ask = (what: string, body: string) => fetch(`${url}${what}`, { method: 'POST', body });
    await ask('/functions/srvtold_fn', '["abc"]');
    await ask('/sources/srvtold_src?messages=2', '{"meta":{"opId":"srvtold"}}');
    expect(await serving.stop()).toBe(0);
    const lines = serving.stderr.split('\n').map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''));
    expect(lines).toContain('srvtold srvtold_fn("abc") → "cba"');
    expect(lines).toContain('srvtold srvtold_src (rule1/srvtold/1) → {"n":1,"topic":""}');
    expect(lines).toContain('srvtold start source srvtold_src ok');
  });
});

test('a project with errors is not served', async () => {
  await writeFile(path.join(parent, 'srvwrong.json'), '{"version":"1","language":"python"}');
  const run = await kplugin(['serve', parent, '--listen', '127.0.0.1:0']);
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain('for eKuiper 2.4.0');
  expect(run.stderr).toContain(`kplugin validate ${parent}`);
});
