import type { KpluginError } from '../model/error.ts';

/** What `--json` prints, always with all four keys. */
export interface Envelope {
  readonly ok: boolean;
  readonly command: string | null;
  readonly data: unknown;
  readonly error: ErrorData | null;
}

/** A failure as programs read it. */
export interface ErrorData {
  readonly code: string;
  readonly message: string;
  readonly reason: string | null;
  readonly hint: string;
  readonly findings: readonly unknown[];
  /** Only where there are any. */
  readonly notes?: readonly string[];
  /** Only where there is more to know: after a failed change what the host has now. */
  readonly data?: object;
}

/** Wraps an answer, a failure, or both (findings: the work was done and the answer is no). */
export function envelope(
  command: string | null,
  data: unknown,
  error: KpluginError | null,
): Envelope {
  return {
    ok: error === null,
    command,
    data: data ?? null,
    error: error && errorData(error),
  };
}

/** What `--json` prints of a failure. */
export function errorData(error: KpluginError): ErrorData {
  const { code, message, reason, hint, findings, notes, data } = error;
  return {
    code,
    message,
    reason,
    hint,
    findings,
    ...(notes.length === 0 ? {} : { notes }),
    ...(data === null ? {} : { data }),
  };
}
