import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { BIN, cleanEnv, kplugin } from '../bin/run.ts';
import { isRunning } from '../fixtures/is-running.ts';
import { describeOnUnix } from '../toolchain/require.ts';
import { shellPlugin } from './serve/plugins.ts';
import { Serving } from './serve/serving.ts';

let running: Serving[] = [];
const folders: string[] = [];

async function serve(...args: readonly string[]): Promise<Serving> {
  const serving = await Serving.start(...args);
  running.push(serving);
  return serving;
}

afterEach(async () => {
  await Promise.all(running.map((serving) => serving.stop()));
  running = [];
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

describeOnUnix('kplugin serve', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'one envelope when ready; %s ends it and its home',
    async (signal) => {
      const serving = await serve('--target', '2.1');
      expect(existsSync(serving.home)).toBe(true);
      expect((await serving.get('/')).body).toContain('"version":"2.1.5"');
      expect(await serving.stop(signal)).toBe(0);
      expect(existsSync(serving.home)).toBe(false);
      expect(serving.stdout).toHaveLength(1);
      expect(JSON.parse(serving.stdout[0] ?? '')).toMatchObject({
        ok: true,
        command: 'serve',
        data: { url: serving.url, target: '2.1', version: '2.1.5', home: serving.home },
      });
    },
  );

  // The handshake is waited for 60 s by default, the test for less: only an answer at once can pass.
  test('a plugin that dies is reported at once, with what it said', {
    timeout: 30_000,
  }, async () => {
    const serving = await serve();
    const script = 'echo on the way\necho "cannot open the database" >&2\nexit 7';
    const answer = await serving.install('srv_dies', shellPlugin('srv_dies', script));
    expect(answer.status).toBe(400);
    const { message } = JSON.parse(answer.body) as { message: string };
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/srv_dies\/run control handshake error: receive time out$/),
      expect.stringMatching(/^kplugin: the process ended after .* \(exit status 7\)$/),
      'Its last words:',
      '  cannot open the database',
    ]);
    expect((await serving.get('/plugins/portables')).body).toBe('[]');
    expect(existsSync('/tmp/plugin_srv_dies.ipc')).toBe(false);
  });

  test('a plugin that says nothing is ended after --init-timeout', async () => {
    const serving = await serve('--init-timeout', '400ms');
    const script = 'echo $$ > "$SERVING/pid"; exec sleep 600';
    const answer = await serving.install('srv_silent', shellPlugin('srv_silent', script));
    expect(answer.body).toContain('never connected to /tmp/plugin_srv_silent.ipc');
    expect(await isRunning(Number(await serving.note('pid')))).toBe(false);
    expect((await serving.get('/plugins/portables/srv_silent/status')).body).toContain(
      '"status":"error","errMsg":"signal: killed"',
    );
  });

  test('while it starts, a plugin is listed, not exported, and no status is answered', async () => {
    const serving = await serve('--init-timeout', '2s');
    const script = 'echo $$ > "$SERVING/pid"; exec sleep 600';
    const ended: string[] = [];
    const installing = serving.install('srv_starts', shellPlugin('srv_starts', script));
    const installed = installing.then(() => ended.push('installed'));
    await expect.poll(() => serving.note('pid'), { timeout: 10_000 }).toMatch(/\d/);
    const status = serving.get('/plugins/portables/srv_starts/status');
    const asked = status.then(() => ended.push('status'));
    expect((await serving.get('/plugins/portables')).body).toContain('"name":"srv_starts"');
    expect((await serving.get('/plugins/portables/srv_starts')).status).toBe(200);
    expect((await serving.get('/data/export')).body).not.toContain('srv_starts');
    expect(ended).toEqual([]);
    await Promise.all([installed, asked]);
    expect((await status).body).toContain('"status":"error"');
    expect((await serving.get('/plugins/portables')).body).toBe('[]');
  });

  test('stopped in the middle of an installation: exit 0, nothing left', async () => {
    const serving = await serve();
    const script = 'sleep 600 & echo $! > "$SERVING/child"; echo $$ > "$SERVING/pid"; wait';
    const installing = serving.install('srv_slow', shellPlugin('srv_slow', script));
    installing.catch(() => undefined);
    await expect.poll(() => serving.note('pid'), { timeout: 10_000 }).toMatch(/\d/);
    const pids = [Number(await serving.note('pid')), Number(await serving.note('child'))];
    expect(await serving.stop()).toBe(0);
    expect(await Promise.all(pids.map(isRunning))).toEqual([false, false]);
    expect(existsSync('/tmp/plugin_srv_slow.ipc')).toBe(false);
    expect(existsSync(serving.home)).toBe(false);
  });

  test('stopped while a named plugin is awaited: nothing left', { timeout: 30_000 }, async () => {
    const parent = await mkdtemp(path.join(tmpdir(), 'kplugin-await-'));
    folders.push(parent);
    const project = path.join(parent, 'srv_await');
    await mkdir(project);
    const manifest = {
      version: '1',
      language: 'go',
      executable: 'run',
      functions: ['srv_await_fn'],
    };
    await writeFile(path.join(project, 'srv_await.json'), JSON.stringify(manifest));
    const script = `#!/bin/sh\necho $$ > ${parent}/pid; exec sleep 600\n`;
    await writeFile(path.join(project, 'run'), script, { mode: 0o755 });
    const args = [BIN, 'serve', project, '--listen', '127.0.0.1:0'];
    const env = cleanEnv({ TMPDIR: parent });
    const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
    const pid = () => readFile(path.join(parent, 'pid'), 'utf8').catch(() => '');
    await expect.poll(pid, { timeout: 20_000 }).toMatch(/\d/);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(await isRunning(Number(await pid()))).toBe(false);
    expect((await readdir(parent)).sort()).toEqual(['pid', 'srv_await']);
    expect(existsSync('/tmp/plugin_srv_await.ipc')).toBe(false);
  });

  test('a control socket of someone else is named and left alone', async () => {
    const socket = '/tmp/plugin_srv_taken.ipc';
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(socket, resolve));
    try {
      const serving = await serve();
      const answer = await serving.install('srv_taken', shellPlugin('srv_taken', 'sleep 600'));
      expect(answer.body).toContain(`another process listens on ${socket}`);
      if (process.platform === 'linux') expect(answer.body).toContain(`(process ${process.pid})`);
      expect(await serving.stop()).toBe(0);
      const answers = await new Promise<boolean>((resolve) => {
        const client = connect(socket, () => resolve(true));
        client.once('error', () => resolve(false));
        client.once('connect', () => client.destroy());
      });
      expect(answers).toBe(true);
    } finally {
      other.close();
    }
  });

  test('for people: where it listens, what to type next, and a log of what happens', async () => {
    const serving = await Serving.start('--human');
    running.push(serving);
    const script = 'echo starting up; exit 4';
    const answer = await serving.install('srv_log', shellPlugin('srv_log', script));
    expect(answer.body).toContain('starting up');
    expect(await serving.stop()).toBe(0);
    expect(serving.stdout.join('\n')).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+ answers as eKuiper 2\.4\.0\n {2}symbols http:\S+\n {2}home/,
    );
    const lines = serving.stderr.split('\n').map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''));
    expect(lines).toContain(
      `  kplugin install <dir|zip> --host ${serving.url.slice('http://'.length)}`,
    );
    expect(lines).toContain('srv_log | starting up');
    expect(lines).toContain('srv_log ended by itself: exit status 4');
    expect(lines).toContainEqual(expect.stringMatching(/^POST \/plugins\/portables 400 /));
    expect(lines).toContain('stopped: nothing is left running');
  });

  describe('refuses', () => {
    test.each([
      ['--listen', 'url', '--symbols'],
      ['--symbols', 'symbolsUrl', '--listen'],
    ] as const)('a port of %s that another one has', async (flag, url, otherFlag) => {
      const serving = await serve();
      const { port } = new URL(serving[url]);
      const args = [flag, `127.0.0.1:${port}`, otherFlag, '127.0.0.1:0'];
      const second = await kplugin(['serve', ...args]);
      expect(second).toMatchObject({ code: 2, stdout: '' });
      expect(second.stderr).toContain(
        `another "kplugin serve" (process ${serving.pid}) listens on 127.0.0.1:${port} already`,
      );
      expect(second.stderr).toContain(`kplugin serve ${flag} 127.0.0.1:${Number(port) + 1}`);
      expect((await serving.get('/ping')).status).toBe(200);
      expect((await serving.symbols('/symbols')).status).toBe(200);
    });

    test.each([
      ['an eKuiper', '{"version":"2.4.0","os":"linux","upTimeSeconds":5}', 'an eKuiper (2.4.0)'],
      ['something else', '{"version":"1"}', 'another program'],
    ])('a port that %s has', async (_title, body, who) => {
      const other = createHttpServer((_request, response) => response.end(body));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const address = other.address();
      const port = typeof address === 'object' ? address?.port : 0;
      const second = await kplugin(['serve', '--listen', `127.0.0.1:${port}`, '--symbols', 'off']);
      other.close();
      expect(second.code).toBe(2);
      expect(second.stderr).toContain(`${who} listens on 127.0.0.1:${port} already`);
    });

    test.each([
      [['--listen', 'here'], '--listen "here" is no address'],
      [['--symbols', 'there'], '--symbols "there" is no address'],
      [['--init-timeout', 'soon'], '--init-timeout "soon" is no duration'],
      [['--receive-timeout', 'x'], '--receive-timeout "x" is no duration'],
      [['./none'], 'there is no plugin at ./none'],
      [['--target', 'x'], '--target "x" is no version'],
      [['--home', 'package.json'], 'package.json cannot be used as the home of the host'],
      [['--python', './none'], '--python ./none is no program'],
    ])('%j', async (args, words) => {
      const run = await kplugin(['serve', ...args]);
      expect(run.code).toBe(2);
      expect(run.stderr).toContain(words);
    });
  });

  test('a home that was asked for stays', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'kplugin-home-'));
    folders.push(home);
    const serving = await serve('--home', home, '--target', '1.14');
    expect(serving.home).toBe(home);
    expect((await serving.install('srv_home', shellPlugin('srv_home', 'exit 1'))).status).toBe(201);
    expect(await serving.stop()).toBe(0);
    expect(existsSync(path.join(home, 'plugins/portable/srv_home/run'))).toBe(true);
    const again = await serve('--home', home, '--target', '1.14');
    expect((await again.get('/plugins/portables')).body).toContain('"name":"srv_home"');
    expect((await again.get('/data/export')).body).toContain('srv_home.zip');
  });
});
