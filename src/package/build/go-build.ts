import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';

export interface GoBuild {
  /** The project's directory, absolute; its root holds the main package. */
  readonly directory: string;
  /** Where the program goes, relative to the project: the manifest's `executable`. */
  readonly executable: string;
  /** GOARCH: amd64, arm64, arm, 386 … */
  readonly arch: string;
  /** The environment that the build starts from. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Called with each line that `go` prints. */
  readonly onLine?: (line: string) => void;
}

/** The end of a long build log is what tells. */
const KEPT_LINES = 60;

/**
 * Builds a Go plugin for Linux without cgo: a static program that runs in every eKuiper image (field-notes.md §1.8).
 * Machine paths and the state of version control stay out of it, so that the same sources give the same bytes.
 * Throws a KpluginError when there is no Go or the build fails, with what `go` said.
 */
export async function goBuild(build: GoBuild): Promise<void> {
  await mkdir(dirname(join(build.directory, build.executable)), { recursive: true });
  const lines: string[] = [];
  const code = await runGo(build, (line) => {
    lines.push(line);
    build.onLine?.(line);
  });
  build.signal?.throwIfAborted();
  if (code !== 0) throw failed(build, lines.slice(-KEPT_LINES));
}

/** The command as a user would type it. */
export function goCommand({ executable, arch }: Pick<GoBuild, 'executable' | 'arch'>): string {
  return `CGO_ENABLED=0 GOOS=linux GOARCH=${arch} go ${goArguments(executable).join(' ')}`;
}

function goArguments(executable: string): string[] {
  return ['build', '-trimpath', '-buildvcs=false', '-o', executable, '.'];
}

function runGo(build: GoBuild, onLine: (line: string) => void): Promise<number> {
  const { directory, arch, signal } = build;
  const env = { ...build.env, CGO_ENABLED: '0', GOOS: 'linux', GOARCH: arch };
  return new Promise((resolve, reject) => {
    const child = spawn('go', goArguments(build.executable), {
      cwd: directory,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    for (const stream of [child.stdout, child.stderr]) byLine(stream, onLine);
    child.on('error', (error) => reject(signal?.aborted ? error : missing(error)));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function byLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

function missing(cause: Error): KpluginError {
  return new KpluginError({
    code: 'go-missing',
    exit: EXIT.usage,
    message: 'the project is written in Go, and the program `go` could not be started',
    reason: cause.message,
    hint: 'install Go (https://go.dev/dl), or build the executable elsewhere and use --no-build',
    cause,
  });
}

function failed(build: GoBuild, lines: readonly string[]): KpluginError {
  return new KpluginError({
    code: 'build-failed',
    exit: EXIT.findings,
    message: `go build failed: ${goCommand(build)}`,
    reason: lines.join('\n') || 'it said nothing',
    hint: 'mend what go says above, then pack again',
  });
}
