import { refuseMachineLimit } from '../../model/machine-limit.ts';

const ERRNO: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'not a directory',
  EISDIR: 'is a directory',
  EEXIST: 'file exists',
  ENOTEMPTY: 'directory not empty',
  EROFS: 'read-only file system',
  ENAMETOOLONG: 'file name too long',
  ENOEXEC: 'exec format error',
  ETXTBSY: 'text file busy',
  E2BIG: 'argument list too long',
  ELOOP: 'too many levels of symbolic links',
  EINVAL: 'invalid argument',
  // Node's error for a path with a zero byte, before any system call.
  ERR_INVALID_ARG_VALUE: 'invalid argument',
  ECONNREFUSED: 'connect: connection refused',
  ETIMEDOUT: 'i/o timeout',
};

const SIGNALS: Readonly<Record<string, string>> = {
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
  SIGQUIT: 'quit',
  SIGILL: 'illegal instruction',
  SIGTRAP: 'trace/breakpoint trap',
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGPIPE: 'broken pipe',
  SIGALRM: 'alarm clock',
  SIGTERM: 'terminated',
};

const LONGEST = 200;

/**
 * A refusal of the host with eKuiper's error text; additional text of kplugin follows after a line feed. The HTTP
 * server converts it to eKuiper's error body.
 */
export class HostRefusal extends Error {
  override name = 'HostRefusal';
  /** Whether eKuiper answers 404 instead of 400. */
  readonly notFound: boolean;

  constructor(words: string, options: { notFound?: boolean; cause?: unknown } = {}) {
    super(words, { cause: options.cause });
    this.notFound = options.notFound ?? false;
  }
}

/** Joins eKuiper's error text with kplugin's own lines, which say how to fix it. */
export function diagnosed(words: string, diagnosis: readonly string[]): string {
  return [words, ...diagnosis].join('\n');
}

/** The beginning of received bytes, for a message. */
export function excerpt(body: Uint8Array | string): string {
  const isText = typeof body === 'string';
  // A character has at most four bytes; some more keep the last one whole.
  const text = isText ? body : Buffer.from(body.subarray(0, 4 * LONGEST + 4)).toString('utf8');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${body.length} in all)` : text;
}

/** The `code` of a Node error (`ENOENT`), or an empty text. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * Go's text for an errno: `no such file or directory`; the error's own message when there is none. Throws MachineLimit
 * for a limit of this machine, because eKuiper has no error for it.
 */
export function errnoWords(error: unknown): string {
  refuseMachineLimit(error);
  const known = ERRNO[errorCode(error)];
  if (known !== undefined) return known;
  return error instanceof Error ? error.message : String(error);
}

/** Go's PathError: `stat /tmp/x.zip: no such file or directory`. */
export function pathError(operation: string, path: string, error: unknown): string {
  return `${operation} ${path}: ${errnoWords(error)}`;
}

/** The exit of a process; one of the two is null. */
export interface ExitOf {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Go's ExitError: `exit status 3`, `signal: killed`. */
export function exitWords(exit: ExitOf): string {
  if (exit.signal !== null) return `signal: ${SIGNALS[exit.signal] ?? exit.signal}`;
  return `exit status ${exit.code ?? 0}`;
}

/** eKuiper notices only a failure: after exit code 0 the state stays as it was. */
export function isFailure(exit: ExitOf): boolean {
  return exit.signal !== null || exit.code !== 0;
}
