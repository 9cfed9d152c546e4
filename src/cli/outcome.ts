import type { ExitCode, KpluginError } from '../model/error.ts';
import type { Views } from './output/view.ts';

/** The result of a command; src/cli/report.ts prints it as text or JSON. */
export interface Outcome {
  /** The `data` of the JSON envelope. */
  readonly data: unknown;
  /** The text for stdout. Not called under `--json`; under `--quiet` only together with an error. */
  readonly view: () => Views | Promise<Views>;
  /** Commands to run next, shown on stderr after success. */
  readonly next?: readonly string[];
  /** Set when the command ran and its result is negative (findings, a difference); sets the exit code. */
  readonly error?: KpluginError;
  /**
   * Set when the command failed on its only host: printed on stderr like a thrown error, with `data` in the envelope.
   * `view` is not called then.
   */
  readonly failure?: KpluginError;
  /** The exit code without an error; left out: 0. */
  readonly exit?: ExitCode;
  /** Set by commands that keep running (`serve`): they have already printed through `context.report`. */
  readonly reported?: true;
}

/** What `--json` prints, always with these four keys. */
interface Envelope {
  readonly ok: boolean;
  readonly command: string | null;
  readonly data: unknown;
  readonly error: ErrorData | null;
}

/** An error in the envelope. */
interface ErrorData {
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
