import { execFile } from 'node:child_process';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import type { Context } from '../context.ts';
import { findPython } from '../serve/find-python.ts';
import type { Machine, PluginSocket, Ran } from './machine.ts';

const PATIENCE_MS = 5000;
const OUTPUT_LIMIT = 64 * 1024;

/** This machine as it is. `project` is the absolute path of the plugin here. */
export function realMachine(project: string, context: Context): Machine {
  const { env, version, signal } = context;
  return {
    platform: process.platform,
    node: process.versions.node,
    kplugin: version,
    env,
    variables: context.variables(),
    python: () => findPython(env['PATH'] ?? '', project),
    run: (program, args) => ran(program, args, signal),
    writable,
    sockets: pluginSockets,
    ask,
    modeOf: async (file) => {
      const stats = await stat(file).catch(() => null);
      return stats === null ? null : stats.mode & 0o777;
    },
  };
}

function ran(program: string, args: readonly string[], signal: AbortSignal): Promise<Ran | null> {
  const options = { signal, timeout: PATIENCE_MS, maxBuffer: OUTPUT_LIMIT, windowsHide: true };
  return new Promise((resolve) => {
    execFile(program, [...args], options, (error, stdout) => {
      if (error === null) return resolve({ code: 0, out: stdout });
      const { code } = error;
      return resolve(typeof code === 'number' ? { code, out: stdout } : null);
    });
  });
}

async function writable(folder: string): Promise<boolean> {
  const file = path.join(folder, `kplugin-doctor-${process.pid}`);
  try {
    await writeFile(file, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  } finally {
    await rm(file, { force: true }).catch(() => {});
  }
}

/** Of plugins, of functions, and of the sources and sinks of rules: `<rule>_<operator>_<instance>`. */
const SOCKETS = /^((plugin|func)_.+|.+_.+_\d+)\.ipc$/;

async function pluginSockets(): Promise<readonly PluginSocket[]> {
  const names = (await readdir('/tmp').catch(() => [])).filter((name) => SOCKETS.test(name));
  const found = names.sort().map(async (name) => {
    const file = path.join('/tmp', name);
    return { path: file, alive: await listensOn(file) };
  });
  return Promise.all(found);
}

/** Only "nobody is there" counts as dead: a socket of another user may be alive. */
function listensOn(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(file);
    const settle = (alive: boolean): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(1000, () => settle(true));
    socket.once('connect', () => settle(true));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code !== 'ECONNREFUSED'));
  });
}

/** Asks whatever has the port, on loopback, for its root. */
function ask(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/', timeout: 2000, agent: false });
    request.once('timeout', () => request.destroy(new Error('it says nothing')));
    request.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? null : ''),
    );
    request.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        if (body.length < OUTPUT_LIMIT) body += part;
      });
      response.once('end', () => resolve(body));
      response.once('error', () => resolve(body));
    });
  });
}
