import type { Context } from '../cli/context.ts';
import type { Outcome } from '../cli/outcome.ts';
import type { Style } from '../cli/output/style.ts';
import { EXIT, type ExitCode, KpluginError } from '../model/error.ts';
import { oneLine } from '../model/printable.ts';
import { groupHosts, type HostsBy } from './plan-summary.ts';
import { some } from './rollout-plan-text.ts';
import { countStates, type HostRow, LEFT_ALONE } from './rollout-row.ts';
import { rowData } from './rollout-rows.ts';
import { countText, rolloutText } from './rollout-text.ts';

export interface AboutRollout {
  readonly dryRun: boolean;
  /** The plan as people read it; a dry run has nothing else to say. */
  readonly plan: string;
  /** What to type after success; `first`: a host of them. */
  readonly next: (first: string) => readonly string[];
  /** How to go on where not every host has it; left out: by the same command. */
  readonly again?: (bad: readonly HostRow[]) => string;
}

/** What a rollout has to say at the end: every host, a count, and the exit code that fits them all. */
export function rolloutOutcome(
  rows: readonly HostRow[],
  about: AboutRollout,
  context: Context,
): Outcome {
  const error = failureOf(rows, about, context.signal.aborted);
  const { verbose } = context.globals;
  return {
    data: {
      dryRun: about.dryRun,
      counts: Object.fromEntries(countStates(rows)),
      hosts: rows.map(rowData),
    },
    human: (style) =>
      [
        about.dryRun ? `${about.plan}\n\n` : '',
        rolloutText(rows, style, verbose),
        notesText(groupHosts(rows.map(({ label, notes }) => ({ label, keys: notes }))), style),
        error === null ? '' : `\n${error.hint}\n`,
      ].join(''),
    ...(error === null
      ? { next: rows.slice(0, 1).flatMap(({ label }) => about.next(label)) }
      : { error }),
  };
}

function notesText(notes: HostsBy, style: Style): string {
  return [...notes]
    .map(([note, labels]) => `${style.dim('note')} ${oneLine(note)} (on ${some(labels)})\n`)
    .join('');
}

function failureOf(
  rows: readonly HostRow[],
  { dryRun, again }: AboutRollout,
  interrupted: boolean,
): KpluginError | null {
  const bad = rows.filter(({ state, error }) => error !== null || state === 'not started');
  if (bad.length === 0) return null;
  return new KpluginError({
    code: interrupted ? 'interrupted' : 'rollout-incomplete',
    exit: interrupted ? EXIT.interrupted : exitOf(bad),
    message: `not on every host: ${countText(rows)}`,
    hint: hintOf(rows, again?.(bad) ?? AGAIN, interrupted || dryRun),
  });
}

const AGAIN = 'run the same command again: hosts that have it are left alone';

/** Where failures kept others from being started, there are two ways on. */
function hintOf(rows: readonly HostRow[], again: string, isPlain: boolean): string {
  if (isPlain) return again;
  const failed = rows.filter(({ state }) => state === 'failed').length;
  const left = rows.some(({ note }) => note === LEFT_ALONE['too-many-failures']);
  const or = left
    ? `\n(--max-failures ${failed} goes on without ${failed === 1 ? 'it' : 'them'})`
    : '';
  return `fix what failed, then ${again}${or}`;
}

/** The exit code that every failure has; where they differ, that of a host, or that of a bug. */
export function exitOf(bad: readonly Pick<HostRow, 'error'>[]): ExitCode {
  const codes = new Set(bad.flatMap(({ error }) => (error === null ? [] : [error.exit])));
  if (codes.has(EXIT.bug)) return EXIT.bug;
  const [only] = codes;
  return codes.size === 1 && only !== undefined ? only : EXIT.host;
}
