import { EXIT, type KpluginError } from '../model/error.ts';
import { type Run, reportedBug, reportText } from './bug-report.ts';
import type { Globals } from './context.ts';
import { envelope } from './envelope.ts';
import { failureText } from './failure.ts';
import type { Style } from './output/style.ts';

/** The run that failed, as far as it had come. */
export interface FailedRun {
  readonly run: Run;
  /** Null when it is not known what was meant. */
  readonly command: string | null;
  readonly globals: Globals;
}

/** What a failure prints: under `--json` the envelope for stdout, else the text for stderr; a bug with its report. */
export function failureOutput(error: KpluginError, failed: FailedRun, style: Style): string {
  const { run, command, globals } = failed;
  const bug = error.exit === EXIT.bug ? reportedBug(error, run) : null;
  const answered = bug?.error ?? error;
  if (globals.json) return `${JSON.stringify(envelope(command, null, answered))}\n`;
  // The report has the stack already.
  const text = failureText(answered, style, globals.verbose && bug === null);
  return bug === null ? text : text + reportText(bug.report, style);
}
