import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Context } from '../cli/context.ts';
import { findProgram } from '../cli/find-python.ts';
import { isInside, plainEnvironment, trustedFolders } from '../model/child-process.ts';
import { machineLimitIn, refuseMachineLimit } from '../model/machine-limit.ts';
import type { Machine, PluginSocket, Ran } from './facts/machine.ts';
import { type Place, pythonHere } from './facts/python-here.ts';

const TIMEOUT_MS = 5000;
const OUTPUT_LIMIT = 64 * 1024;

/** Settings of tools that the user has made for all directories; they decide which release answers. */
const TOOL_SETTINGS = ['CGO_ENABLED', 'GOENV', 'GOROOT', 'GOTOOLCHAIN', 'PYENV_VERSION'];

/** The machine that kplugin runs on. */
export async function realMachine(place: Place, context: Context): Promise<Machine> {
  const { env, cwd, version, signal } = context;
  const isForeign = foreignTo(path.resolve(cwd, place.label));
  const folders = trustedFolders(env['PATH'] ?? '').filter((folder) => !isForeign(folder));
  const around = {
    ...plainEnvironment(env, TOOL_SETTINGS),
    PATH: folders.join(path.delimiter),
  };
  return {
    platform: process.platform,
    node: process.versions.node,
    kplugin: version,
    env,
    variables: await context.variables(),
    python: () => pythonHere(place, folders, isForeign, context),
    run: async (program, args) => {
      const file = await programFile(program, folders);
      return file === null ? null : ran(file, args, around, signal);
    },
    writable,
    sockets: pluginSockets,
    ask,
    modeOf: async (file) => {
      const stats = await stat(file).catch(() => null);
      return stats === null ? null : stats.mode & 0o777;
    },
  };
}

/**
 * Makes a test for directories inside the project, by either of its paths: with `npm run`, or in an activated
 * environment, such directories are on the PATH. Does not apply to a project that is or contains the user's home: that
 * would exclude all of the user's programs.
 */
function foreignTo(project: string): (folder: string) => boolean {
  const places = [project, realPath(project)].filter((place) => !isInside(homedir(), place));
  return (folder) => places.some((place) => isInside(folder, place));
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function programFile(program: string, folders: readonly string[]): Promise<string | null> {
  if (path.isAbsolute(program)) return Promise.resolve(program);
  const names = process.platform === 'win32' ? [`${program}.exe`] : [program];
  return findProgram(names, folders);
}

/** Interpreters and tools read settings from the directory in which they start: this one belongs to no project. */
function neutralFolder(env: Context['env']): string {
  return process.platform === 'win32' ? (env['SystemRoot'] ?? 'C:\\Windows') : '/';
}

function ran(
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<Ran | null> {
  const limits = { timeout: TIMEOUT_MS, maxBuffer: OUTPUT_LIMIT };
  const options = { ...limits, cwd: neutralFolder(env), env, signal, windowsHide: true };
  return new Promise((resolve, reject) => {
    execFile(file, [...args], options, (error, stdout) => {
      if (error === null) return resolve({ code: 0, out: stdout });
      const limit = machineLimitIn(error);
      if (limit !== null) return reject(limit);
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
  } catch (error) {
    refuseMachineLimit(error);
    return false;
  } finally {
    await rm(file, { force: true }).catch(() => {});
  }
}

/** Sockets of plugins, of functions, and of the sources and sinks of rules: `<rule>_<operator>_<instance>`. */
const SOCKETS = /^((plugin|func)_.+|.+_.+_\d+)\.ipc$/;

async function pluginSockets(): Promise<readonly PluginSocket[]> {
  const names = (await readdir('/tmp').catch(() => [])).filter((name) => SOCKETS.test(name));
  const found = names.sort().map(async (name) => {
    const file = path.join('/tmp', name);
    return { path: file, alive: await listensOn(file) };
  });
  return Promise.all(found);
}

/** Only a refused connection counts as dead: a socket of another user may be alive. */
function listensOn(file: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(file);
    const settle = (alive: boolean): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(1000, () => settle(true));
    socket.once('connect', () => settle(true));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const limit = machineLimitIn(error);
      return limit === null ? settle(error.code !== 'ECONNREFUSED') : reject(limit);
    });
  });
}

/** Requests `/` from whatever listens on a loopback port. */
function ask(port: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/', timeout: 2000, agent: false });
    request.once('timeout', () => request.destroy(new Error('it says nothing')));
    request.once('error', (error: NodeJS.ErrnoException) => {
      const limit = machineLimitIn(error);
      return limit === null ? resolve(error.code === 'ECONNREFUSED' ? null : '') : reject(limit);
    });
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
