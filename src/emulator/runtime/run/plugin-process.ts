import { type ChildProcess, spawn } from 'node:child_process';
import { endianness } from 'node:os';
import { basename, dirname } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { has } from '../../../model/behaviours.ts';
import { spawnChild } from '../../../model/child-process.ts';
import { goQuote } from '../../../model/json/go-error.ts';
import { nullUnlessLimit } from '../../../model/machine-limit.ts';
import type { PluginInfo } from '../../../model/plugin/manifest.ts';
import type { Target } from '../../../model/target.ts';
import { openRegularFile } from '../../../package/files/regular-file.ts';
import { type ExitOf, errnoWords, errorCode, HostRefusal } from '../refusal.ts';
import { Output, type OutputStream } from './plugin-output.ts';

/** The only argument that eKuiper passes to a plugin, whatever its configuration is. */
const ARGUMENT = '{"sendTimeout":1000}';

const ELF = 0x7f454c46;
const MACHINES: Readonly<Record<string, number>> = { x64: 62, arm64: 183, arm: 40, ia32: 3 };

/** The maximum wait for output after the exit: a grandchild may keep the pipes open. */
const LAST_WORDS_MS = 250;

interface ProcessOptions {
  readonly command: readonly [string, ...string[]];
  /** The plugin's executable: the process runs in its directory. */
  readonly executable: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onLine: (stream: OutputStream, line: string) => void;
}

/** A plugin's process; its children share its process group. */
export class PluginProcess {
  readonly pid: number;
  /** Resolves when the process has ended and its output was read. */
  readonly ended: Promise<ExitOf>;
  readonly #child: ChildProcess;
  readonly #output: Output;

  constructor(child: ChildProcess, pid: number, output: Output) {
    this.#child = child;
    this.pid = pid;
    this.#output = output;
    this.ended = endOf(child);
  }

  get lastLines(): readonly string[] {
    return this.#output.lastLines;
  }

  /** Whether any process of its group is left, itself included. */
  get hasChildren(): boolean {
    return signalGroup(this.pid, 0);
  }

  /**
   * Ends it as eKuiper does, with SIGKILL to the process itself. Also ends children that survive it, which eKuiper
   * would leave running; resolves to whether there were any.
   */
  async kill(): Promise<boolean> {
    this.#child.kill('SIGKILL');
    await this.ended;
    return killGroup(this.pid);
  }
}

/** Starts a plugin's executable. Throws HostRefusal with Go's text for an error of the operating system. */
export async function startProcess(options: ProcessOptions): Promise<PluginProcess> {
  const [program, ...args] = options.command;
  const child = await spawnChild(() =>
    spawn(program, args, {
      cwd: dirname(options.executable),
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: Ctrl-C in the terminal must not reach the plugin, and its children can be ended
      // with it.
      detached: true,
    }),
  ).catch((error: unknown) => {
    throw new HostRefusal(startWords(program, error), { cause: error });
  });
  const output = new Output(options.onLine);
  output.follow('stdout', child.stdout);
  output.follow('stderr', child.stderr);
  return new PluginProcess(child, child.pid ?? 0, output);
}

function startWords(program: string, error: unknown): string {
  const isLookedUp = !program.includes('/');
  if (isLookedUp && errorCode(error) === 'ENOENT') {
    return `exec: ${goQuote(program)}: executable file not found in $PATH`;
  }
  return `fork/exec ${program}: ${errnoWords(error)}`;
}

function endOf(child: ChildProcess): Promise<ExitOf> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const timeout = new AbortController();
      const given = sleep(LAST_WORDS_MS, null, { signal: timeout.signal }).catch(() => null);
      void Promise.race([closed, given]).then(() => {
        timeout.abort();
        resolve({ code, signal });
      });
    });
  });
}

/** Kills the processes left in the group of `pid`; returns whether there were any. */
export function killGroup(pid: number): boolean {
  return signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  // Group 0 would be kplugin's own.
  if (pid <= 0) return false;
  try {
    kill(-pid, signal);
    return true;
  } catch {
    // The group is empty.
    return false;
  }
}

/**
 * Returns program and arguments of a plugin; `info.executable` is absolute. Source: docs/wire.md#start-of-the-process.
 */
export function commandOf(
  info: Pick<PluginInfo, 'language' | 'executable' | 'virtualEnvType' | 'env'>,
  python: string,
  target: Target,
): readonly [string, ...string[]] {
  const { executable } = info;
  if (info.language === 'go') return [executable, ARGUMENT];
  if (info.virtualEnvType !== null) {
    // A path would lead out of the environment.
    return ['conda', 'run', '-n', info.env ?? '', basename(python), executable, ARGUMENT];
  }
  const flags = has(target, 'starts-python-unbuffered') ? ['-u'] : [];
  return [python, ...flags, executable, ARGUMENT];
}

/** Node's names for this machine: `process.platform`, `process.arch`. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
}

/**
 * Whether the kernel refuses the file (`exec format error`). Checked before the start because Node, unlike Go, passes
 * such a file to /bin/sh.
 */
export async function isForeignFormat(path: string, machine: Machine): Promise<boolean> {
  const handle = await openRegularFile(path).catch(nullUnlessLimit);
  // The start itself reports a file that cannot be read.
  if (handle === null) return false;
  const { buffer, bytesRead } = await handle
    .read(Buffer.alloc(20), 0, 20, 0)
    .finally(() => handle.close());
  if (buffer.toString('latin1', 0, 2) === '#!') return false;
  if (bytesRead < 20) return true;
  if (buffer.readUInt32BE(0) === ELF) return isForeignMachine(buffer, machine.architecture);
  return machine.platform === 'linux';
}

function isForeignMachine(header: Buffer, architecture: string): boolean {
  const wanted = MACHINES[architecture];
  const machine = header[5] === 2 ? header.readUInt16BE(18) : header.readUInt16LE(18);
  return wanted !== undefined && endianness() === 'LE' && machine !== wanted;
}
