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
  /** The plugin's program: the process runs in its folder. */
  readonly executable: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onLine: (stream: OutputStream, line: string) => void;
}

/** Output that a grandchild keeps open is waited for no longer than this. */
const LAST_WORDS_MS = 250;

/** A plugin's process; its children share its process group. */
export class PluginProcess {
  readonly pid: number;
  /** Resolves when the process is gone and its output was read. */
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

  /** Whether somebody of its process group is left, itself included. */
  get hasChildren(): boolean {
    return signalGroup(this.pid, 0);
  }

  /**
   * Ends it as eKuiper does, with SIGKILL to the process itself. Children that outlive it, which eKuiper would
   * leave behind, are ended as well: resolves to whether there were any.
   */
  async kill(): Promise<boolean> {
    this.#child.kill('SIGKILL');
    await this.ended;
    return killGroup(this.pid);
  }
}

/** Starts a plugin's program; throws HostRefusal with Go's words for what the operating system says. */
export async function startProcess(options: ProcessOptions): Promise<PluginProcess> {
  const [program, ...args] = options.command;
  const child = await spawnChild(() =>
    spawn(program, args, {
      cwd: dirname(options.executable),
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in the terminal is ours to handle, and nothing it starts is lost.
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

/** Kills whoever is left of the process group that `pid` led; whether there was anybody. */
export function killGroup(pid: number): boolean {
  return signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  // Group 0 would be our own.
  if (pid <= 0) return false;
  try {
    kill(-pid, signal);
    return true;
  } catch {
    // Nobody is left in the group.
    return false;
  }
}
