import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BIN, cleanEnv, kplugin } from '../bin/run.ts';
import { GOOD_PROJECT, temporaryFolders } from '../fixtures/tree.ts';
import { describeOnUnix } from '../toolchain/require.ts';

const folder = temporaryFolders();

/** Computes without end, and so hears of no signal, as soon as a text with this word is decoded. */
const NEVER_READY = `
const { toString } = Buffer.prototype;
Buffer.prototype.toString = function (...given) {
  const text = toString.apply(this, given);
  if (text.includes('never-ready')) {
    require('node:fs').writeSync(2, 'computing');
    for (;;);
  }
  return text;
};
`;

describeOnUnix('while it computes', () => {
  it.each(
    ['validate', 'pack', 'inspect', 'doctor'].flatMap((command) => [
      [command, 'SIGINT'] as const,
      [command, 'SIGTERM'] as const,
      [command, 'SIGHUP'] as const,
    ]),
  )('%s ends at once by %s', async (command, signal) => {
    const cwd = folder({
      ...GOOD_PROJECT,
      'sinks/probe_sink.json': '{"never-ready": 1}',
      'busy.cjs': NEVER_READY,
    });
    const child = spawn(process.execPath, ['--require', join(cwd, 'busy.cjs'), BIN, command, '.'], {
      cwd,
      env: cleanEnv(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // It would compute for ever.
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    let said = '';
    for await (const piece of child.stderr) {
      said += String(piece);
      if (said.includes('computing')) break;
    }
    expect(said).toContain('computing');
    child.kill(signal);
    // Only the system's own answer can end it: nobody else would.
    expect(await ended).toEqual([null, signal]);
    expect(await documented()).toContain(128 + (constants.signals[signal] ?? 0));
  });
});

describeOnUnix('while it waits for a host', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it with 130', async (signal) => {
    const silent = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : null;
    const argv = [BIN, 'list', '--host', `http://127.0.0.1:${port}`];
    const child = spawn(process.execPath, argv, { env: cleanEnv(), stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    const [socket] = await once(silent, 'connection');
    onTestFinished(() => socket.destroy());
    child.kill(signal);
    expect(await ended).toEqual([130, null]);
    expect(await documented()).toContain(130);
  });
});

/** The exit codes in the help. */
async function documented(): Promise<number[]> {
  const { stdout } = await kplugin(['--help']);
  const section = stdout.slice(stdout.indexOf('Exit codes:'));
  const rows = [...section.matchAll(/^ {2}(\d+(?:, \d+)*) {2}/gm)];
  return rows.flatMap(([, codes]) => (codes ?? '').split(', ').map(Number));
}

/** Dies at the n-th time that something is written into the folder. */
const dying = (nth: number): string => `
const fs = require('node:fs/promises');
let left = ${nth};
for (const name of ['mkdir', 'writeFile', 'rename', 'rm']) {
  const real = fs[name];
  fs[name] = async (place, ...more) => {
    left -= 1;
    // Half of a file may be there when a process dies.
    if (left === 0 && name === 'writeFile') await real(place, String(more[0]).slice(0, 10));
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return real(place, ...more);
  };
}
`;

describeOnUnix('init that is killed', () => {
  const argv = [
    'init',
    'p',
    '--name',
    'probe',
    '--language',
    'python',
    '--function',
    'f',
    '--no-input',
  ];

  it('leaves nothing, or what the next init finishes, at whatever moment', async () => {
    const whole = folder();
    expect(await kplugin(argv, { cwd: whole })).toMatchObject({ code: 0 });
    const made = contentsOf(join(whole, 'p'));
    let kills = 0;
    for (let nth = 1; ; nth += nth < 6 ? 1 : 5) {
      const cwd = folder({ 'die.cjs': dying(nth) });
      const env = { NODE_OPTIONS: `--require ${join(cwd, 'die.cjs')}` };
      const isKilled = await kplugin(argv, { cwd, env }).then(
        () => false,
        () => true,
      );
      if (!isKilled) break;
      kills += 1;
      expect(await kplugin(argv, { cwd }), `killed at write ${nth}`).toMatchObject({ code: 0 });
      expect(contentsOf(join(cwd, 'p'))).toEqual(made);
    }
    expect(kills).toBeGreaterThan(8);
  });
});

function contentsOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [relative(root, file), readFileSync(file, 'utf8')]),
  );
}
