import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { BIN, cleanEnv, kplugin, ROOT } from '../../bin/run.ts';
import { makeZip } from '../../fixtures/make-zip.ts';
import { describeOnUnix, describeWith, ToolchainMissing } from '../../toolchain/require.ts';
import { rawPlugin } from './raw-plugin.ts';

const run = promisify(execFile);
let folder = '';

beforeAll(async () => {
  await mkdir(path.join(ROOT, 'node_modules/.cache'), { recursive: true });
  folder = await mkdtemp(path.join(ROOT, 'node_modules/.cache/kplugin-places-'));
  const cases = 'cases:\n  - name: says x\n    function: bipl_fn\n    args: [x]\n    result: x\n';
  await writeTree('bipl', [...rawPlugin('bipl'), { name: 'tests/bipl.yaml', text: cases }]);
  await writeFile(path.join(folder, 'bipl.zip'), makeZip(rawPlugin('bipl')));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The entries of a package as a project. */
async function writeTree(name: string, entries: ReturnType<typeof rawPlugin>): Promise<void> {
  for (const { name: entry, text, mode, dir } of entries) {
    const file = path.join(folder, name, entry);
    await mkdir(dir ? file : path.dirname(file), { recursive: true });
    if (!dir) await writeFile(file, text ?? '', { mode: Number.parseInt(mode ?? '644', 8) });
  }
}

function listening(where: { port: number; host: string } | string): Promise<Server> {
  const server = createServer((socket) => socket.resume());
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return new Promise((resolve) => {
    if (typeof where === 'string') server.listen(where, () => resolve(server));
    else server.listen(where, () => resolve(server));
  });
}

describeOnUnix('somebody is there already', () => {
  test.each([
    ['serve', '--listen'],
    ['serve', '--symbols'],
    ['dev', '--listen'],
    ['dev', '--symbols'],
  ])('on the port: %s %s', async (command, flag) => {
    const taken = await listening({ port: 0, host: '127.0.0.1' });
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const other = flag === '--listen' ? [] : ['--listen', '127.0.0.1:0'];
    const args = [command, path.join(folder, 'bipl'), flag, `127.0.0.1:${port}`, ...other];
    const { code, stdout, stderr } = await kplugin(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error: another program listens on 127.0.0.1:${port} already\n`);
  });

  test.each([
    ['serve', 1],
    ['test', 2],
  ])('on the control socket: %s', async (command, exit) => {
    const socket = '/tmp/plugin_bipl.ipc';
    await listening(socket);
    const { code, stdout, stderr } = await kplugin([command, path.join(folder, 'bipl')]);
    expect(code).toBe(exit);
    expect(stdout + stderr).toContain(`another process listens on ${socket}`);
  });

  test('on the socket of a function: the case says so', async () => {
    await listening('/tmp/func_bipl_fn.ipc');
    const run = await kplugin(['test', path.join(folder, 'bipl'), '--only', 'cases']);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('another process listens on /tmp/func_bipl_fn.ipc');
  });
});

async function mountNamespaces(): Promise<void> {
  await run('unshare', ['-rm', 'true']).catch((error: unknown) => {
    throw new ToolchainMissing(`unshare with mount namespaces (${String(error).split('\n')[0]})`);
  });
}

const READ_ONLY_TMP = `
  mount --bind /tmp /tmp && mount -o remount,bind,ro /tmp || exit 99
  if [ -n "$TMPDIR" ]; then mount --bind "$TMPDIR" "$TMPDIR" && mount -o remount,bind,rw "$TMPDIR"; fi
  exec "$@"`;

/** Runs kplugin where /tmp can only be read. */
async function withoutTmp(args: readonly string[], env: Record<string, string> = {}) {
  const command = ['-rm', 'sh', '-c', READ_ONLY_TMP, 'sh', process.execPath, BIN, ...args];
  return run('unshare', command, { cwd: ROOT, env: cleanEnv(env), timeout: 60_000 }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

await describeWith('/tmp that cannot be written', mountNamespaces, () => {
  describe.each(['serve', 'dev', 'test'])('%s', (command) => {
    test('says so, and how to go on', async () => {
      const { code, stdout, stderr } = await withoutTmp([command, path.join(folder, 'bipl')]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('error: no temporary folder can be made in /tmp\n');
      expect(stderr).toContain('make /tmp writable (in a container: a tmpfs at /tmp)');
    });
  });

  test.each(['serve', 'test'])(
    '%s with temporary files elsewhere: the sockets still lie there',
    async (command) => {
      const args = [command, path.join(folder, 'bipl')];
      const { code, stdout, stderr } = await withoutTmp(args, { TMPDIR: folder });
      expect(code).toBe(1);
      expect(stdout + stderr).toContain(
        'no socket can be made in /tmp, and a plugin looks for its host nowhere else',
      );
    },
  );
});
