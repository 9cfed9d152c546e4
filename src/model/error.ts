import type { ErrorCode } from './error-catalogue.ts';
import type { Finding } from './finding.ts';

/** The exit codes of the process; scripts depend on them. */
export const EXIT = {
  done: 0,
  findings: 1,
  usage: 2,
  host: 3,
  changes: 4,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The hint for a bug; `cli` adds the address and what to send. */
export const REPORT_IT = 'report it to the kplugin project';

export interface KpluginErrorDetails {
  /** Stable, kebab-case, for scripts: `host-unreachable`, `missing-flag` … `kplugin explain` knows each. */
  readonly code: ErrorCode;
  readonly exit: ExitCode;
  /** What happened, one clear sentence. */
  readonly message: string;
  /** Why, in eKuiper or on this machine; omitted when the message includes it. */
  readonly reason?: string;
  /** The command or edit that fixes it. */
  readonly hint: string;
  readonly findings?: readonly Finding[];
  /** Additional information, one sentence each. */
  readonly notes?: readonly string[];
  /** Details for scripts, as JSON. */
  readonly data?: object;
  readonly cause?: unknown;
}

/** An expected failure that the user can fix. Any other error that is thrown is a bug. */
export class KpluginError extends Error {
  readonly code: ErrorCode;
  readonly exit: ExitCode;
  readonly reason: string | null;
  readonly hint: string;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  readonly data: object | null;

  constructor(details: KpluginErrorDetails) {
    super(details.message, { cause: details.cause });
    this.name = 'KpluginError';
    this.code = details.code;
    this.exit = details.exit;
    this.reason = details.reason ?? null;
    this.hint = details.hint;
    this.findings = details.findings ?? [];
    this.notes = details.notes ?? [];
    this.data = details.data ?? null;
  }
}

/**
 * Whether this signal caused an error: the error is the signal's reason, or has it as its cause. Other errors after
 * Ctrl-C are failures of their own and are not reported as an interrupt.
 */
export function isAbort(thrown: unknown, { aborted, reason }: AbortSignal): boolean {
  if (!aborted) return false;
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    if (cause === reason) return true;
  }
  return false;
}

/**
 * Whether an error may be reported as an interrupt: the abort itself, or a known kind of failure while everything was
 * being stopped. A bug after Ctrl-C is still reported as a bug.
 */
export function isInterrupted(thrown: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (thrown instanceof KpluginError || isAbort(thrown, signal));
}

/**
 * Resolves to the result of `work`; rejects with the signal's reason as soon as it is aborted. The work itself is not
 * stopped, so it must be read-only.
 */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
