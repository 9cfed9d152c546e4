import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Environment, spawnChild } from '../../model/child-process.ts';
import { durationText } from '../../model/duration.ts';
import type { ReadyProbe, Setup } from '../case/case.ts';
import { CaseFailure, wordsOf } from './case-frame.ts';
import type { Fill } from './placeholders.ts';

/** Where and with what the commands of cases run. */
export interface CommandPlace {
  /** Absolute path. */
  readonly folder: string;
  readonly env: Environment;
}

interface SetupOptions extends CommandPlace {
  readonly fill: Fill;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** The pause between two tries of a probe, milliseconds. */
const PROBE_EVERY_MS = 50;

/** How long a command may take to end by itself after SIGTERM, milliseconds. */
const GRACE_MS = 2_000;

/** How long one connection to a port may take, milliseconds. */
const CONNECT_MS = 1_000;

/** Bytes. Bounds the memory for a line without an end. */
const LONGEST_LINE = 16 * 1024;

export interface RunningSetup {
  /** Ends the command and the processes that it started. */
  close(): Promise<void>;
}

/**
 * Starts the command of a setup and resolves when its probe succeeds; without a probe, when it has ended with exit 0.
 * Throws CaseFailure when that fails; then nothing of it is left.
 */
export async function startSetup(setup: Setup, options: SetupOptions): Promise<RunningSetup> {
  const group = await start(setup.command, options, options.onLine);
  try {
    await untilReady(setup, group, options);
    return group;
  } catch (error) {
    await group.close();
    throw error;
  }
}

/** A process and what it started: they share a process group. */
class ProcessGroup implements RunningSetup {
  /** Resolves to how it ended. */
  readonly ended: Promise<string>;
  readonly lines: string[] = [];
  exit: string | null = null;
  readonly #child: ChildProcess;
  readonly #kill = (): void => this.#signal('SIGKILL');

  constructor(child: ChildProcess) {
    this.#child = child;
    // A second Ctrl-C ends this process without waiting for anything.
    process.once('exit', this.#kill);
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.exit = code === null ? `signal ${signal}` : `exit ${code}`;
        resolve(this.exit);
      });
    });
  }

  async close(): Promise<void> {
    this.#signal('SIGTERM');
    if (this.exit === null) {
      const timeout = new AbortController();
      const grace = sleep(GRACE_MS, null, { signal: timeout.signal }).catch(() => null);
      await Promise.race([this.ended, grace]);
      timeout.abort();
    }
    this.#kill();
    process.off('exit', this.#kill);
    await this.ended;
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // The group is empty.
    }
  }
}

async function start(
  command: readonly [string, ...string[]],
  { fill, folder, env }: SetupOptions,
  onLine: (line: string) => void,
): Promise<ProcessGroup> {
  const [program = '', ...args] = fill.texts(command);
  try {
    const child = await spawnChild(() =>
      spawn(program, args, {
        cwd: folder,
        env: { ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      }),
    );
    const group = new ProcessGroup(child);
    for (const stream of [child.stdout, child.stderr]) {
      follow(stream, (line) => {
        group.lines.push(line);
        onLine(line);
      });
    }
    return group;
  } catch (error) {
    const words = wordsOf(error);
    const isMissing = words.endsWith(' ENOENT');
    throw new CaseFailure(
      `the setup does not start: ${isMissing ? `there is no program ${program}` : words}`,
    );
  }
}

function follow(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    if (rest.length < LONGEST_LINE) return;
    onLine(rest);
    rest = '';
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  stream.on('error', () => undefined);
}

async function untilReady(
  { ready, within }: Setup,
  group: ProcessGroup,
  options: SetupOptions,
): Promise<void> {
  const limit = AbortSignal.any([options.signal, AbortSignal.timeout(within)]);
  if (ready === null) {
    await Promise.race([group.ended, aborted(limit)]);
    if (group.exit === 'exit 0') return;
  }
  while (ready !== null && group.exit === null && !limit.aborted) {
    if (await isReady(ready, group, options, limit)) return;
    await Promise.race([sleep(PROBE_EVERY_MS), group.ended]);
  }
  if (options.signal.aborted) throw new CaseFailure('interrupted');
  const probe = ready && probeText(ready, options.fill);
  if (group.exit === null) {
    const what = ready === null ? 'has not ended' : `is not ready (${probe})`;
    throw new CaseFailure(`the setup ${what} after ${durationText(within)}`);
  }
  const early = ready === null ? '' : ` before it was ready (${probe})`;
  throw new CaseFailure(`the setup ended${early}: ${group.exit}`);
}

function probeText(ready: ReadyProbe, fill: Fill): string {
  if (ready.is === 'port') return `port ${fill.text(ready.port)}`;
  return ready.is === 'line' ? `line ${JSON.stringify(ready.text)}` : 'command';
}

async function isReady(
  ready: ReadyProbe,
  group: ProcessGroup,
  options: SetupOptions,
  limit: AbortSignal,
): Promise<boolean> {
  const { fill } = options;
  if (ready.is === 'port') return accepts(Number(fill.text(ready.port)));
  if (ready.is === 'line') {
    const wanted = fill.text(ready.text);
    return group.lines.splice(0).some((line) => line.includes(wanted));
  }
  const probe = await start(ready.command, options, () => undefined);
  await Promise.race([probe.ended, aborted(limit)]);
  const isGood = probe.exit === 'exit 0';
  await probe.close();
  return isGood;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: CONNECT_MS });
    const end = (isGood: boolean): void => {
      socket.destroy();
      resolve(isGood);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
