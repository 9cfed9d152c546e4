import { type ChildProcess, spawn } from 'node:child_process';
import { buildEnvironment, spawnChild } from '../../model/child-process.ts';
import { EXIT, KpluginError, type KpluginErrorDetails } from '../../model/error.ts';

/** A project to build and the effects that the build needs. */
export interface BuildRun {
  /** Absolute directory of the project. */
  readonly directory: string;
  /** The environment of the build. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Called with each line that the build prints. */
  readonly onLine?: (line: string) => void;
}

/** The program to run and how it is displayed. */
export interface Tool {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables in addition to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** On Windows a batch file, which needs a shell; its arguments must be plain words. */
  readonly batch?: boolean;
  /** The whole command as a user would type it. */
  readonly typed: string;
  /** The tool that error messages name: `go`, `npm`. */
  readonly speaker: string;
  /** What to do about a failure with this output; null when only the output says it. */
  readonly hintFor?: (output: string) => string | null;
  /** The error when the program is not installed. */
  readonly missing: Pick<KpluginErrorDetails, 'code' | 'message' | 'hint'>;
}

/** The end of a long build log has the cause. */
const KEPT_LINES = 60;

const IS_WINDOWS = process.platform === 'win32';

/**
 * Runs a build. Throws a KpluginError when the program is not installed (exit code 2) or fails (exit code 1, with the
 * end of its output); rejects with the signal's reason when it is aborted. Then everything that the build started is
 * stopped.
 */
export async function runTool(run: BuildRun, tool: Tool): Promise<void> {
  run.signal?.throwIfAborted();
  const lines: string[] = [];
  const code = await start(run, tool, (line) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    run.onLine?.(line);
  });
  run.signal?.throwIfAborted();
  if (code !== 0) throw failed(tool, lines);
}

async function start(run: BuildRun, tool: Tool, onLine: (line: string) => void): Promise<number> {
  const { directory, signal } = run;
  const shell = IS_WINDOWS && tool.batch === true;
  // With a shell, pass the command as one string: Node 24 warns about separate arguments (DEP0190).
  const [program, args] = shell
    ? [[tool.program, ...tool.args].join(' '), []]
    : [tool.program, [...tool.args]];
  const child = await spawnChild(() =>
    spawn(program, args, {
      cwd: directory,
      env: { ...buildEnvironment(run.env), ...tool.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell,
      // A process group of its own, so that child processes can be stopped too; on Windows this would open a window.
      detached: !IS_WINDOWS,
    }),
  ).catch((error: unknown) => {
    throw isMissing(error) ? missing(tool, error) : error;
  });
  const stop = (): void => endAll(child);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  for (const stream of [child.stdout, child.stderr]) byLine(stream, onLine);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve(code ?? 1);
    });
  });
}

function endAll(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined || IS_WINDOWS) {
    child.kill();
    return;
  }
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has just ended by itself.
  }
}

function byLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  // A broken pipe ends the output; the exit code reports the result.
  stream.on('error', () => undefined);
}

/** Installing the tool does not help with other errors, such as too many open files. */
function isMissing(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'EACCES', 'ENOTDIR'].includes(String(error.code))
  );
}

function missing({ missing: words }: Tool, cause: Error): KpluginError {
  return new KpluginError({ ...words, exit: EXIT.usage, reason: cause.message, cause });
}

function failed({ typed, speaker, hintFor }: Tool, lines: readonly string[]): KpluginError {
  const output = lines.join('\n').trim();
  return new KpluginError({
    code: 'build-failed',
    exit: EXIT.findings,
    message: `the build failed: ${typed}`,
    reason: output || 'it said nothing',
    hint:
      hintFor?.(output) ?? `correct what ${speaker} says above, then run the same command again`,
  });
}
