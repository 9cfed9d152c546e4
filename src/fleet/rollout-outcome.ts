import type { Context } from '../cli/context.ts';
import { failureView } from '../cli/failure.ts';
import type { Outcome } from '../cli/outcome.ts';
import { note, type View } from '../cli/output/view.ts';
import { EXIT, type ExitCode, KpluginError } from '../model/error.ts';
import { isUrl, shellWord, sourceLabel } from '../model/shell-word.ts';
import type { OperationView, Shown } from './operation.ts';
import { groupHosts, type HostsBy, some } from './plan-text.ts';
import {
  countStates,
  countText,
  failureViews,
  type HostRow,
  rolloutViews,
  rowData,
  SKIP_REASONS,
} from './rollout-rows.ts';

const FLAG = '--dry-run';

/** The other inputs of an outcome. */
interface About<P, R> {
  readonly view: OperationView<P, R>;
  readonly dryRun: boolean;
  /** A single host is shown without a table. */
  readonly isOne: boolean;
  /** The view of the plan. */
  readonly plan: View;
  /** Under `--dry-run`: the error of a real run, which would miss an answer; null without one. */
  readonly unanswered: KpluginError | null;
  /** `--detailed-exitcode` */
  readonly detailedExit: boolean;
}

/** The outcome of an operation: a row for each host, counts, and an exit code. */
export function rolloutOutcome<P, R>(
  shown: readonly Shown<P, R>[],
  about: About<P, R>,
  context: Context,
): Outcome {
  const { dryRun, view, isOne, unanswered } = about;
  const rows = shown.map(({ row }) => row);
  const failed = failureOf(
    rows,
    { dryRun, again: dryRun ? undefined : view.again },
    context.signal.aborted,
  );
  const error = failed ?? unanswered;
  const data = {
    dryRun,
    counts: Object.fromEntries(countStates(rows)),
    hosts: rows.map(rowData),
  };
  const next = dryRun ? afterDryRun(shown, context) : nextOf(shown, view);
  const { verbose } = context.globals;
  const exit = exitOfPlan(shown, about);
  if (isOne) return { ...exit, ...oneHost(shown, about, { data, next, error: failed, verbose }) };
  return {
    data,
    view: () => [
      ...(dryRun ? [about.plan] : []),
      ...rolloutViews(rows),
      ...failureViews(rows, verbose),
      notesView(groupHosts(rows.map(({ label, notes }) => ({ label, keys: notes })))),
      ...(unanswered === null ? [] : [failureView(unanswered, verbose)]),
      { lines: failed === null ? [] : failed.hint.split('\n') },
    ],
    ...exit,
    ...(error === null ? { next } : { error }),
  };
}

/** The exit code of a dry run without an error. */
function exitOfPlan<P, R>(
  shown: readonly Shown<P, R>[],
  { dryRun, detailedExit }: About<P, R>,
): Pick<Outcome, 'exit'> {
  const isToDo = shown.some(({ plan, done }) => plan !== null && done === null);
  return dryRun && detailedExit && isToDo ? { exit: EXIT.changes } : {};
}

function afterDryRun<P, R>(shown: readonly Shown<P, R>[], context: Context): readonly string[] {
  return shown.some(({ done }) => done === null) ? [withoutDryRun(context)] : [];
}

/** The next commands, for the first host that was changed. */
function nextOf<P, R>(shown: readonly Shown<P, R>[], view: OperationView<P, R>): readonly string[] {
  for (const { row, done } of shown) if (done !== null) return view.next(row.label, done);
  return [];
}

interface OneHost {
  readonly data: object;
  readonly next: readonly string[];
  readonly error: KpluginError | null;
  readonly verbose: boolean;
}

function oneHost<P, R>(
  [only]: readonly Shown<P, R>[],
  { view, dryRun, unanswered }: About<P, R>,
  { data, next, error, verbose }: OneHost,
): Outcome {
  const failure = only?.row.error ?? error;
  return {
    data,
    next,
    view: () => {
      if (only === undefined) return [];
      const { row, plan, done } = only;
      if (dryRun && plan !== null) {
        const planned = view.planned(plan, row.label);
        return unanswered === null ? planned : [planned, failureView(unanswered, verbose)];
      }
      return done === null ? [] : view.done(done, row.label);
    },
    ...(unanswered === null ? {} : { error: unanswered }),
    ...(failure === null ? {} : { failure }),
  };
}

function notesView(notes: HostsBy): View {
  return { notes: [...notes].map(([text, labels]) => note(`${text} (on ${some(labels)})`)) };
}

function failureOf(
  rows: readonly HostRow[],
  {
    dryRun,
    again,
  }: {
    readonly dryRun: boolean;
    readonly again: ((bad: readonly HostRow[]) => string) | undefined;
  },
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

/** When failures kept other hosts from being changed, there are two ways to continue. */
function hintOf(rows: readonly HostRow[], again: string, isPlain: boolean): string {
  if (isPlain) return again;
  const failed = rows.filter(({ state }) => state === 'failed').length;
  const left = rows.some(({ note }) => note === SKIP_REASONS['too-many-failures']);
  const or = left
    ? `\n(--max-failures ${failed} goes on without ${failed === 1 ? 'it' : 'them'})`
    : '';
  return `fix what failed, then ${again}${or}`;
}

/** The common exit code of all failures; if they differ, that of a bug or of a host failure. */
export function exitOf(bad: readonly Pick<HostRow, 'error'>[]): ExitCode {
  const codes = new Set(bad.flatMap(({ error }) => (error === null ? [] : [error.exit])));
  if (codes.has(EXIT.bug)) return EXIT.bug;
  const [only] = codes;
  return codes.size === 1 && only !== undefined ? only : EXIT.host;
}

/**
 * The command to run after a dry run: the typed one, quoted for a shell, without `--dry-run` and KPLUGIN_DRY_RUN.
 * URLs that may contain a secret become `<url>`; the value of a header is left out.
 */
export function withoutDryRun({ argv }: Pick<Context, 'argv'>): string {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const words = argv.filter((word, at) => word !== FLAG || at > end);
  const set = words.length === argv.length ? ['env', '-u', 'KPLUGIN_DRY_RUN'] : [];
  return [...set, 'kplugin', ...words.map((word, at) => wordOf(word, words[at - 1]))].join(' ');
}

function wordOf(word: string, before = ''): string {
  const own = /^--header=/.test(word) ? '--header=' : '';
  if (own !== '' || before === '--header') {
    const [name = ''] = word.slice(own.length).split(':');
    return `${own}${shellWord(`${name}: <value>`)}`;
  }
  return isUrl(word) && sourceLabel(word) !== word ? '<url>' : shellWord(word);
}
