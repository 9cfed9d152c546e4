import type { KpluginError } from '../model/error.ts';

/** What `--json` prints, always with all four keys. */
export interface Envelope {
  readonly ok: boolean;
  readonly command: string | null;
  readonly data: unknown;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly reason: string | null;
    readonly hint: string;
    readonly findings: readonly unknown[];
  } | null;
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
    error: error && {
      code: error.code,
      message: error.message,
      reason: error.reason,
      hint: error.hint,
      findings: error.findings,
    },
  };
}
