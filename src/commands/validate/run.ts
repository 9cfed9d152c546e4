import path from 'node:path';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { assertManifest, openPlugin, projectHere } from '../../cli/open-plugin.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { countText, findingsWriter, githubFindings } from '../../cli/output/findings-text.ts';
import { PLAIN_FORMAT, textOf } from '../../cli/output/render.ts';
import { bold, dim, good, type View } from '../../cli/output/view.ts';
import { pythonParser } from '../../cli/python-parser.ts';
import { parseTarget } from '../../cli/shared-flags.ts';
import { type Examination, examine } from '../../lint/lint.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { bySeverity, countFindings, type Finding } from '../../model/finding.ts';
import { fileWord } from '../../model/shell-word.ts';
import { releaseOf, type Target } from '../../model/target.ts';
import type { command } from './command.ts';

/** `kplugin validate`: finds problems and formats the report. */
export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const label = args[0] ?? (await projectHere(context.cwd));
  const file = path.resolve(context.cwd, label);
  const asked = testOptions(parseTarget(flags.target), label, context);
  const plugin = await openPlugin(file, label);
  try {
    const examination = await examine(plugin, {
      target: asked.target,
      parsePython: pythonParser(file, context),
    });
    await assertManifest(examination, file, label);
    const view = await viewOf(examination, asked, flags.format ?? usualFormat(context));
    const error = refusal(examination, flags.strict);
    const data = dataOf(examination, asked);
    return { data, view, ...(error ? { error } : { next: nextCommands(examination, asked) }) };
  } finally {
    await plugin.close();
  }
};

function testOptions(target: Asked['target'], label: string, { cwd, env }: Context): Asked {
  return { target, label, cwd, workspace: env['GITHUB_WORKSPACE'] || cwd };
}

function usualFormat({ env }: Context): Format {
  return env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'pretty';
}

/** Prepared while the plugin is open, because it is printed after the action. */
async function viewOf(
  examination: Examination,
  asked: Asked,
  format: Format,
): Promise<Outcome['view']> {
  if (format === 'pretty') return prettyReport(examination, asked);
  if (format === 'json') {
    return () => ({ raw: `${JSON.stringify(dataOf(examination, asked), null, 2)}\n` });
  }
  const text =
    githubReport(examination, asked) + textOf(summaryOf(examination, asked), PLAIN_FORMAT);
  return () => ({ raw: text });
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
    hint: 'correct them; kplugin explain <rule> says what each means',
    findings,
  });
}

function nextCommands({ subject, findings }: Examination, { label }: Asked): string[] {
  const place = label === '.' ? '' : ` ${fileWord(label)}`;
  if (subject.view.form === 'directory') return [`kplugin pack${place}`];
  const repair = 'kplugin pack --from';
  const isRepairable = findings.some(
    ({ severity, hint }) => severity === 'warning' && hint.includes(repair),
  );
  return [isRepairable ? `${repair}${place}` : `kplugin install${place} --host <host>`];
}

type Format = 'pretty' | 'json' | 'github';

/** The options of `validate`. */
interface Asked {
  readonly target: Target;
  readonly label: string;
  readonly cwd: string;
  /** The root of the checkout; paths of GitHub annotations are relative to it. */
  readonly workspace: string;
}

/** The findings with the lines they point at; the returned function works after the plugin is closed. */
async function prettyReport(examination: Examination, asked: Asked): Promise<Outcome['view']> {
  const list = await findingsWriter(examination.findings, examination.subject);
  return async () => [...(await list()), summaryOf(examination, asked)];
}

/** The findings as annotations; those of a package point at the package, which has no lines. */
function githubReport({ findings, subject }: Examination, asked: Asked): string {
  const root = path.resolve(asked.cwd, asked.label);
  const shown = subject.view.form === 'zip' ? findings.map(withoutPlace) : findings;
  return githubFindings(shown, (file) => {
    const full =
      subject.view.form === 'zip' || file === subject.view.label ? root : path.join(root, file);
    return path.relative(asked.workspace, full).split(path.sep).join('/') || '.';
  });
}

function withoutPlace(finding: Finding): Finding {
  const { file, line, message } = finding;
  const place = line === null ? file : `${file}:${line}`;
  return { ...finding, line: null, column: null, message: `${place}: ${message}` };
}

/** `2 errors, 1 warning in probe 1.0.0, checked for eKuiper 2.4.0` */
function summaryOf({ findings, subject }: Examination, asked: Asked): View {
  const plugin =
    subject.name === null ? asked.label : `${subject.name} ${subject.decoded?.version ?? ''}`;
  const where = ` in ${plugin.trim()}, checked for eKuiper ${releaseOf(asked.target)}`;
  if (findings.length === 0) return { lines: [[good('ok'), `  no findings${where}`]] };
  const worst = [...findings].sort(bySeverity)[0];
  return {
    lines: [
      [bold(countText(findings)), where],
      dim(`more about it, and so for every rule: kplugin explain ${worst?.rule}`),
    ],
  };
}
