import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { goQuote } from '../../../model/go-quote.ts';
import { spawnChild } from '../../../model/spawn-child.ts';
import type { ExitOf } from '../exit.ts';
import { errnoWords, errorCode } from '../go-words.ts';
import { HostRefusal } from '../refusal.ts';
import { Output, type OutputStream } from './output.ts';

export interface ProcessOptions {
  readonly command: readonly [string, ...string[]];
  /** The plugin's executable: the process runs in its directory. */
  readonly executable: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onLine: (stream: OutputStream, line: string) => void;
}

/** The maximum wait for output after the exit: a grandchild may keep the pipes open. */
const LAST_WORDS_MS = 250;

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
