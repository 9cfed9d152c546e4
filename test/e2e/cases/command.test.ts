import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, test } from 'vitest';
import { BIN, cleanEnv, kplugin } from '../../bin/run.ts';
import { isRunning } from '../../fixtures/is-running.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';
import { describeOnUnix } from '../../toolchain/require.ts';

const NAME = 'kpt_cmd';

/** A program that never shakes hands; it tells its process id. */
const PLUGIN = {
  [`${NAME}.json`]: JSON.stringify({
    version: '1.0.0',
    language: 'go',
    executable: 'run.sh',
    functions: ['kpt_cmd_f'],
    sinks: ['kpt_cmd_s'],
  }),
  'run.sh': { text: '#!/bin/sh\necho $$ > "$KPT_CMD_PID"\nexec sleep 60\n', mode: 0o755 },
};

const CASES = `cases:
  - { name: first, function: kpt_cmd_f, args: [1] }
  - { name: second, sink: kpt_cmd_s, rows: [{}] }
`;

const MISTAKES = `# What it has to do.
cases:
  - name: doubles
    function: kpt_cmd_g
    args: [2]
    reslt: 4
  - name: doubles
    function: kpt_cmd_f
    args: [2]
    result: { $type: string, $min: 1 }
  - name: doubles
    function: kpt_cmd_f
    sink: kpt_cmd_s
`;

describeOnUnix('kplugin test, before anything runs', () => {
  const folder = temporaryFolders();
  const project = (cases: string) => folder({ ...PLUGIN, 'tests/cases.yaml': cases });

  it('shows every mistake of a case file with its line', async () => {
    const run = await kplugin(['test'], { cwd: project(MISTAKES) });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    await expect(run.stderr).toMatchFileSnapshot('golden/mistakes.txt');
  });

  it('gives programs the same mistakes', async () => {
    const { code, stdout } = await kplugin(['test', '--json'], { cwd: project(MISTAKES) });
    const { error } = JSON.parse(stdout);
    expect(code).toBe(2);
    expect(error).toMatchObject({ code: 'cases-unreadable' });
    expect(error.findings.map(({ line }: { line: number }) => line)).toEqual([4, 6, 10, 11, 13]);
  });

  it('--list names checks and cases, and runs nothing', async () => {
    const cwd = project(CASES);
    const run = await kplugin(['test', '--list', '--skip', 'silence'], { cwd });
    expect(run.stdout).toContain('handshake  the program starts and shakes hands\n');
    expect(run.stdout).toContain('second  sink kpt_cmd_s  tests/cases.yaml:3\n');
    expect(run.stdout).not.toContain('silence');
    const { stdout } = await kplugin(['test', 'irs', '--list', '--json'], { cwd });
    expect(JSON.parse(stdout).data).toMatchObject({
      checks: [],
      cases: [{ name: 'first', line: 2 }],
    });
  });

  test.each<[string, readonly string[], string, string]>([
    [
      'a check that is none',
      ['--skip', 'restrt'],
      '--skip "restrt" is no built-in check',
      '--skip restart',
    ],
    ['a duration that is none', ['--timeout', 'soon'], '--timeout "soon" is no duration', '500ms'],
    ['no workers', ['--parallel', '0'], '--parallel "0" is no number from 1', '--parallel 4'],
    ['no such place', ['./nowhere'], 'there is no ./nowhere', 'directory of a project'],
    ['a name that nothing has', ['third'], 'no case and no check is called like that', '--list'],
    ['a version that is none', ['--target', 'new'], '--target "new" is no version', '2.4'],
    [
      'a Python that is none',
      ['--python', './python9'],
      '--python ./python9 is no program',
      'Python',
    ],
  ])('%s', async (_, args, message, hint) => {
    const run = await kplugin(['test', ...args], { cwd: project(CASES) });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain(hint);
  });

  it('no cases are a reason to write one', async () => {
    const run = await kplugin(['test', '--only', 'cases'], { cwd: folder(PLUGIN) });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('there are no cases');
    expect(run.stderr).toContain('write tests/kpt_cmd_f.yaml, for example:');
  });

  it('a folder that is no plugin', async () => {
    const run = await kplugin(['test'], { cwd: folder({ 'a.txt': '' }) });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('is no plugin');
  });
});

describeOnUnix('kplugin test, and something in the way', () => {
  const folder = temporaryFolders();
  const servers: net.Server[] = [];
  const children: ChildProcess[] = [];

  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('says who has the socket of the plugin', async () => {
    const socket = `/tmp/plugin_${NAME}.ipc`;
    await rm(socket, { force: true });
    const server = net.createServer((connection) => connection.destroy());
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    servers.push(server);
    const run = await kplugin(['test', '--only', 'checks'], { cwd: folder(PLUGIN) });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`a plugin called ${NAME} runs on this machine already`);
    expect(run.stderr).toContain(socket);
  });

  describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
    it('ends the plugin and leaves nothing', async () => {
      const cwd = folder(PLUGIN);
      const pidFile = path.join(cwd, 'pid');
      const child = spawn(
        process.execPath,
        [BIN, 'test', '--init-timeout', '60s', '--env', 'KPT_CMD_PID'],
        {
          cwd,
          env: cleanEnv({ KPT_CMD_PID: pidFile }),
          stdio: 'ignore',
        },
      );
      children.push(child);
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      const pid = await pidIn(pidFile);
      child.kill(signal);
      expect(await ended).toBe(130);
      expect(await isRunning(pid)).toBe(false);
      expect(existsSync(`/tmp/plugin_${NAME}.ipc`)).toBe(false);
    });
  });
});

/** Waits for the plugin to say its process id. */
async function pidIn(file: string): Promise<number> {
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text.endsWith('\n')) return Number(text);
    await sleep(20);
  }
}
