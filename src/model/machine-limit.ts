import { EXIT, KpluginError } from './error.ts';
import type { ErrorCode } from './error-catalogue.ts';

/** This machine refused a resource that kplugin itself needs: neither an answer of eKuiper nor a defect of a plugin. */
export class MachineLimit extends KpluginError {
  override readonly name = 'MachineLimit';
}

interface Words {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

const FILES: Words = {
  code: 'too-many-open-files',
  message: 'the system lets kplugin open no more files',
  hint: 'raise the limit, such as: ulimit -n 1024; then run the same command again',
};
const DISK: Words = {
  code: 'disk-full',
  message: 'the disk is full',
  hint: 'free some space (temporary files lie in TMPDIR, else /tmp), then run the same command again',
};

const WORDS: ReadonlyMap<string, Words> = new Map([
  ['EMFILE', FILES],
  [
    'ENFILE',
    {
      code: 'too-many-open-files',
      message: 'the system has too many open files',
      hint: 'end programs that hold many files, or raise fs.file-max, then run the same command again',
    },
  ],
  [
    'EAGAIN',
    {
      code: 'too-many-processes',
      message: 'the system lets kplugin start no more processes',
      hint: 'end other programs or raise the limit, such as: ulimit -u 4096; then run the same command again',
    },
  ],
  [
    'ENOMEM',
    {
      code: 'out-of-memory',
      message: 'the system has no memory left for kplugin',
      hint: 'end other programs or raise the limit, then run the same command again',
    },
  ],
  ['ENOSPC', DISK],
  ['EDQUOT', DISK],
]);

/** The limit of this machine that caused an error, or null. */
export function machineLimitIn(thrown: unknown): MachineLimit | null {
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof MachineLimit) return cause;
    const words = wordsFor(cause);
    if (words !== undefined) {
      const { message: reason } = cause;
      return new MachineLimit({ ...words, exit: EXIT.usage, reason, cause: thrown });
    }
  }
  return null;
}

/** Messages of programs in C, Python, Go, Node and shells when the machine has no more memory, processes or files. */
const LAST_WORDS =
  /too many open files|\bEMFILE\b|cannot fork|can't start new thread|cannot allocate memory|resource temporarily unavailable|no space left on device/i;

/** The limit of this machine that a program reported in its last output lines when it failed to start, or null. */
export function machineLimitInOutput(lines: readonly string[]): MachineLimit | null {
  const reason = lines.find((line) => LAST_WORDS.test(line));
  if (reason === undefined) return null;
  return new MachineLimit({
    code: 'plugin-met-limit',
    exit: EXIT.usage,
    message: 'the plugin met a limit of this machine before its handshake',
    reason,
    hint: 'raise the limit (ulimit -n 1024 for files, ulimit -u 4096 for processes) or free memory and disk, then run the same command again',
  });
}

/** Throws a MachineLimit when a limit of this machine caused the error, so that callers never attribute it to eKuiper. */
export function refuseMachineLimit(thrown: unknown): void {
  const limit = machineLimitIn(thrown);
  if (limit !== null) throw limit;
}

/** Returns null, for a file that may be missing; throws when a limit of this machine is why it cannot be read. */
export function nullUnlessLimit(thrown: unknown): null {
  refuseMachineLimit(thrown);
  return null;
}

function wordsFor(error: Error): Words | undefined {
  if (!('code' in error)) return undefined;
  const code = String(error.code);
  // For a file or a socket EAGAIN only means "not yet".
  if (code === 'EAGAIN' && !/^(?:spawn|fork|clone)/.test(syscallOf(error))) return undefined;
  return WORDS.get(code);
}

function syscallOf(error: Error): string {
  return 'syscall' in error ? String(error.syscall) : '';
}
