import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { run } from '../../toolchain/run.ts';
import { type AskingSocket, callFunction, listenAsking, startFunction } from './asking-socket.ts';

const PLUGIN = 'kpt_workaround';
const ONE = 'kpt_workaround_one';
const TWO = 'kpt_workaround_two';
const CONTROL = `/tmp/plugin_${PLUGIN}.ipc`;
const socketOf = (symbol: string): string => `/tmp/func_${symbol}.ipc`;

await describeOnUnixWith('a Python project from init over an update', sdkPython, (python) => {
  let base: string;
  let project: string;
  const open: AskingSocket[] = [];
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'kplugin-workaround-'));
    project = path.join(base, PLUGIN);
    const flags = ['--language', 'python', '--function', ONE, '--function', TWO];
    expect(await kplugin(['init', project, ...flags, '-q'])).toMatchObject({ code: 0 });
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map(kill));
    await Promise.all(open.splice(0).map((socket) => socket.close()));
    for (const file of [CONTROL, socketOf(ONE), socketOf(TWO)]) await rm(file, { force: true });
  });

  afterAll(() => rm(base, { recursive: true, force: true }));

  async function listen(file: string): Promise<AskingSocket> {
    const socket = await listenAsking(file);
    open.push(socket);
    return socket;
  }

  /** Starts the plugin as eKuiper does, and waits for its handshake. */
  async function start(control: AskingSocket): Promise<ChildProcess> {
    const child = spawn(python, ['-u', 'main.py', '{"sendTimeout":1000}'], {
      cwd: project,
      stdio: 'ignore',
    });
    processes.push(child);
    await control.handshake();
    return child;
  }

  async function checkCalls(socket: AskingSocket, name: string): Promise<void> {
    for (let row = 10; row < 30; row += 1) {
      const answer = JSON.parse(await socket.ask(callFunction(`${name}${row}`)));
      const expected = [...`${name}${row}`].reverse().join('');
      expect(answer).toEqual({ state: true, result: expected });
    }
  }

  test('answers every call of both functions, although only one is started again', async () => {
    const [control, one, two] = await Promise.all([
      listen(CONTROL),
      listen(socketOf(ONE)),
      listen(socketOf(TWO)),
    ]);
    const first = await start(control);
    expect(await control.ask(startFunction(ONE))).toBe('ok');
    expect(await control.ask(startFunction(TWO))).toBe('ok');
    await checkCalls(one, 'one');
    await checkCalls(two, 'two');

    for (const life of [2, 3]) {
      await kill(life === 2 ? first : processes.at(-1));
      await start(control);
      expect(await control.ask(startFunction(TWO))).toBe('ok');
      await Promise.all([checkCalls(one, `one${life}`), checkCalls(two, `two${life}`)]);
    }
    // One connection in each life: a second one would shift the replies.
    expect(one.connections).toMatchObject({ total: 3, most: 1 });
    expect(two.connections).toMatchObject({ total: 3, most: 1 });
  });

  test('makes each function once in the life of a process', async () => {
    const count = path.join(base, 'made');
    const module = path.join(project, 'symbols', `${ONE}_function.py`);
    const before = await readFile(module, 'utf8');
    const init = `    def __init__(self):\n        open(${JSON.stringify(count)}, "a").write("x")\n\n`;
    await writeFile(module, before.replace('    def validate', `${init}    def validate`));
    try {
      const [control, one] = await Promise.all([listen(CONTROL), listen(socketOf(ONE))]);
      await start(control);
      await one.handshake();
      expect(await control.ask(startFunction(ONE))).toBe('ok');
      await checkCalls(one, 'one');
      expect(await readFile(count, 'utf8')).toBe('x');
    } finally {
      await writeFile(module, before);
    }
  });

  test('needs nothing of it when eKuiper is new and starts every function', async () => {
    const control = await listen(CONTROL);
    await start(control);
    const one = await listen(socketOf(ONE));
    expect(await control.ask(startFunction(ONE))).toBe('ok');
    await checkCalls(one, 'one');
    expect(one.connections).toMatchObject({ total: 1, most: 1 });
  });

  test('is not held up by the socket file of a dead server', async () => {
    const bind = 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])';
    await run(python, ['-c', bind, socketOf(ONE)]);
    const control = await listen(CONTROL);
    await start(control);
    const one = await listen(socketOf(ONE));
    expect(await control.ask(startFunction(ONE))).toBe('ok');
    await checkCalls(one, 'one');
  });

  test('is not held up by a server that says nothing', async () => {
    const clients: net.Socket[] = [];
    const server = net.createServer((client) => clients.push(client));
    await new Promise<void>((resolve) => server.listen(socketOf(ONE), resolve));
    const control = await listen(CONTROL);
    await start(control);
    // The dial is still waiting for an answer when the handshake has long come.
    expect(await control.ask(startFunction(ONE))).toContain('nobody listens');
    for (const client of clients) client.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const one = await listen(socketOf(ONE));
    expect(await control.ask(startFunction(ONE))).toBe('ok');
    await checkCalls(one, 'one');
    expect(one.connections).toMatchObject({ total: 1, most: 1 });
  });

  test('dials again with the next start after the connection has dropped', async () => {
    const [control, one] = await Promise.all([listen(CONTROL), listen(socketOf(ONE))]);
    await start(control);
    await one.handshake();
    await one.close();
    const again = await listen(socketOf(ONE));
    // The plugin hears of the drop on another socket than of the start: the start may be first.
    do expect(await control.ask(startFunction(ONE))).toBe('ok');
    while (again.connections.total === 0);
    await checkCalls(again, 'one');
    expect(again.connections).toMatchObject({ total: 1, most: 1 });
  });
});

function kill(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
