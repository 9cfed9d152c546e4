import path from 'node:path';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { assertManifest, openPlugin } from '../../cli/open-plugin.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { countText } from '../../cli/output/count-text.ts';
import { PLAIN } from '../../cli/output/style.ts';
import { parseTarget } from '../../cli/target-flag.ts';
import { type Examination, examine } from '../../lint/lint.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { countFindings } from '../../model/finding.ts';
import { fileWord } from '../../model/shell-word.ts';
import type { validate } from './command.ts';
import { type Asked, type Format, githubReport, prettyReport, summaryLine } from './report.ts';

/** `kplugin validate`: view → findings → the report that the caller can read. */
export const run: Action<typeof validate.flags> = async ({ flags, args }, context) => {
  const label = args[0] ?? '.';
  const file = path.resolve(context.cwd, label);
  const asked = askedBy(parseTarget(flags.target), label, context);
  const view = await openPlugin(file, label);
  try {
    const examination = await examine(view, asked);
    await assertManifest(examination, file, label);
    const human = await writerOf(examination, asked, flags.format ?? usualFormat(context));
    const error = refusal(examination, flags.strict);
    const data = dataOf(examination, asked);
    return { data, human, ...(error ? { error } : { next: nextCommands(examination, asked) }) };
  } finally {
    await view.close();
  }
};

function askedBy(target: Asked['target'], label: string, { cwd, env }: Context): Asked {
  return { target, label, cwd, workspace: env['GITHUB_WORKSPACE'] || cwd };
}

function usualFormat({ env }: Context): Format {
  return env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'pretty';
}

/** Prepared while the view is open: the writer runs when the action has ended. */
async function writerOf(
  examination: Examination,
  asked: Asked,
  format: Format,
): Promise<Outcome['human']> {
  if (format === 'pretty') return prettyReport(examination, asked);
  if (format === 'json') return () => JSON.stringify(dataOf(examination, asked), null, 2);
  const text = `${githubReport(examination, asked)}${summaryLine(examination, asked, PLAIN)}\n`;
  return () => text;
}

function dataOf({ findings, subject }: Examination, { target }: Asked): object {
  return {
    plugin: subject.name,
    version: subject.decoded?.version ?? null,
    target,
    counts: countFindings(findings),
    findings,
  };
}

function refusal({ findings, subject }: Examination, strict: boolean): KpluginError | null {
  const counts = countFindings(findings);
  if (counts.error === 0 && !(strict && counts.warning > 0)) return null;
  const why = counts.error === 0 ? ' (--strict)' : '';
  return new KpluginError({
    code: 'findings',
    exit: EXIT.findings,
    message: `${subject.name ?? subject.view.label} has ${countText(findings)}${why}`,
    hint: 'mend them; kplugin explain <rule> says what each means',
    findings,
  });
}

function nextCommands({ subject }: Examination, { label }: Asked): string[] {
  const place = label === '.' ? '' : ` ${fileWord(label)}`;
  return subject.view.form === 'directory'
    ? [`kplugin pack${place}`]
    : [`kplugin install${place} --host <host>`];
}
