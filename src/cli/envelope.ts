import type { KpluginError } from '../model/error.ts';

/** What `--json` prints, always with these four keys. */
export interface Envelope {
  readonly ok: boolean;
  readonly command: string | null;
  readonly data: unknown;
  readonly error: ErrorData | null;
}

/** An error in the envelope. */
export interface ErrorData {
  readonly code: string;
  readonly message: string;
  readonly reason: string | null;
  readonly hint: string;
  readonly findings: readonly unknown[];
  /** Left out when there are none. */
  readonly notes?: readonly string[];
  /** Left out when there is none; after a failed change: the state of the host now. */
  readonly data?: object;
}

/**
 * Builds the envelope from a result, an error, or both (the command ran, and its result is negative, such as findings).
 */
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

/** An error as `--json` prints it. */
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
