import { errorData } from '../cli/envelope.ts';
import { asKpluginError } from '../cli/failure.ts';
import { HostFailure } from '../client/http/host-failure.ts';
import { afterOf } from '../deploy/change/after-state.ts';
import { EXIT, type ExitCode, type KpluginError } from '../model/error.ts';
import type { HostResult } from './host-result.ts';
import { type HostRow, SKIP_REASONS, withoutLabel } from './rollout-row.ts';

/** The row of a host that was changed (built by `done`), failed or was skipped; `before`: its version before. */
export function rowOf<T>(
  label: string,
  before: string | null,
  end: HostResult<T>,
  done: (label: string, value: T) => HostRow,
  interrupt: AbortSignal | null,
): HostRow {
  if (end.state === 'done') return { ...done(label, end.value), ms: end.ms };
  const row = { label, before, after: before, data: null, notes: [], error: null };
  if (end.state === 'not-started') {
    return { ...row, state: 'not started', ms: null, note: SKIP_REASONS[end.why] };
  }
  const error = asKpluginError(end.error, interrupt);
  const after = afterOf(error);
  // The version now is in a column of its own, so the reason is more useful than the message.
  const cause = after === null || !after.known ? error.message : (error.reason ?? error.message);
  const [first = ''] = cause.split('\n');
  return {
    ...row,
    state: error.exit === EXIT.interrupted ? 'interrupted' : 'failed',
    after: hasNow(error, before),
    ms: end.ms,
    note: withoutLabel(first, label),
    error,
  };
}

/** The version on the host after a failure; undefined when it is not known. */
function hasNow(error: KpluginError, before: string | null): string | null | undefined {
  const after = afterOf(error);
  if (after?.known === true) return after.version;
  const isAsBefore =
    after === null
      ? !(error instanceof HostFailure) && SENT_NOTHING.has(error.exit)
      : after.state === 'untouched';
  return isAsBefore && before !== null ? before : undefined;
}

/** Exit codes of kplugin's own checks, which run before any change is sent. */
const SENT_NOTHING: ReadonlySet<ExitCode> = new Set([EXIT.findings, EXIT.usage, EXIT.host]);

/** One host in `--json`. */
export function rowData(row: HostRow): object {
  const { label, state, before, after, ms, note, data, error } = row;
  return {
    host: label,
    ok: error === null && state !== 'not started',
    state,
    before,
    after: after ?? null,
    ms: ms === null ? null : Math.round(ms),
    note,
    ...data,
    error: error && errorData(error),
  };
}
