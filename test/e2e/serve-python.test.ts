import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isRunning } from '../fixtures/is-running.ts';
import { sdkPython, systemPython } from '../toolchain/python.ts';
import { describeWith } from '../toolchain/require.ts';
import { pythonPlugin } from './serve/plugins.ts';
import { Serving } from './serve/serving.ts';

let running: Serving[] = [];

afterEach(async () => {
  await Promise.all(running.map((serving) => serving.stop()));
  running = [];
});

async function serve(...args: readonly string[]): Promise<Serving> {
  const serving = await Serving.start(...args);
  running.push(serving);
  return serving;
}

const RUNNING = '{"refCount":{},"status":"running","errMsg":""}';

await describeWith('kplugin serve with the real Python SDK', sdkPython, (python) => {
  test('everything a plugin started is gone after SIGTERM', async () => {
    const serving = await serve('--python', python);
    const before = 'child = subprocess.Popen(["sleep", "600"])\nnote("child", str(child.pid))';
    const plugin = pythonPlugin('srv_family', before);
    expect(await serving.install('srv_family', plugin)).toEqual({
      status: 201,
      body: 'portable plugin srv_family is created',
    });
    expect((await serving.get('/plugins/portables/srv_family/status')).body).toBe(RUNNING);
    const pids = [Number(await serving.note('pid')), Number(await serving.note('child'))];
    expect(await Promise.all(pids.map(isRunning))).toEqual([true, true]);
    expect(await serving.stop()).toBe(0);
    expect(await Promise.all(pids.map(isRunning))).toEqual([false, false]);
    expect(existsSync('/tmp/plugin_srv_family.ipc')).toBe(false);
    expect(existsSync(serving.home)).toBe(false);
  });

  test('a plugin that crashes stays dead until a PUT, as on a real server', async () => {
    const serving = await serve('--python', python);
    const plugin = pythonPlugin('srv_crash');
    await serving.install('srv_crash', plugin);
    const status = async () => (await serving.get('/plugins/portables/srv_crash/status')).body;
    expect(await status()).toBe(RUNNING);
    process.kill(Number(await serving.note('pid')), 'SIGSEGV');
    await expect.poll(status).toContain('"status":"error","errMsg":"signal: segmentation fault"');
    expect((await serving.install('srv_crash', plugin, 'PUT')).status).toBe(200);
    expect(await status()).toBe(RUNNING);
  });

  test('2.0 loses every other update', async () => {
    const serving = await serve('--python', python, '--target', '2.0');
    const plugin = pythonPlugin('srv_lost');
    await serving.install('srv_lost', plugin);
    const status = async () => (await serving.get('/plugins/portables/srv_lost/status')).body;
    const seen: boolean[] = [];
    for (let update = 0; update < 4; update += 1) {
      expect((await serving.install('srv_lost', plugin, 'PUT')).status).toBe(200);
      seen.push((await status()) === RUNNING);
    }
    expect(seen).toEqual([false, true, false, true]);
  });

  test('what is installed in a home runs again after a restart', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'kplugin-home-'));
    try {
      const args = ['--python', python, '--home', home];
      const first = await serve(...args);
      await first.install('srv_again', pythonPlugin('srv_again'));
      expect(await first.stop()).toBe(0);
      const second = await serve(...args);
      expect((await second.get('/plugins/portables/srv_again/status')).body).toBe(RUNNING);
      expect(await second.stop()).toBe(0);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});

await describeWith('a Python without the SDK', systemPython, (python) => {
  test('is told apart, with what fixes it', async () => {
    const serving = await serve('--python', python);
    const plugin = pythonPlugin('srv_bare').map((entry) =>
      entry.name === 'run'
        ? {
            ...entry,
            text: `import sys\nsys.path[:] = [p for p in sys.path if "-packages" not in p]\n${entry.text}`,
          }
        : entry,
    );
    const answer = await serving.install('srv_bare', plugin);
    expect(answer.body).toContain("No module named 'ekuiper'");
    expect(answer.body).toContain(`${python} -m pip install ekuiper`);
  });
});
