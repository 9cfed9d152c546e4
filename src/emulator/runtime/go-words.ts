import { refuseMachineLimit } from '../../model/machine-limit.ts';
import type { ExitOf } from './exit.ts';

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

/** Go's ExitError: `exit status 3`, `signal: killed`. */
export function exitWords(exit: ExitOf): string {
  if (exit.signal !== null) return `signal: ${SIGNALS[exit.signal] ?? exit.signal}`;
  return `exit status ${exit.code ?? 0}`;
}
