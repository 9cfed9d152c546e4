import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { inTemporaryFolder } from '../../cli/folders.ts';
import { projectHere } from '../../cli/open-plugin.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { dim } from '../../cli/output/view.ts';
import { shippedInitTimeoutMs } from '../../model/behaviours.ts';
import { durationText } from '../../model/duration.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord } from '../../model/shell-word.ts';
import { releaseOf } from '../../model/target.ts';
import { makeFolders } from '../../package/files/folders.ts';
import { CHECKS } from '../../testing/checks/check.ts';
import { junitXml } from '../../testing/junit.ts';
import type { CaseFiles } from '../../testing/read-cases.ts';
import { shownPath } from '../pack/output-place.ts';
import { checkOpenFileLimit, pluginEnvironment } from '../serve/plugin-environment.ts';
import {
  type ChosenPython,
  choosePython,
  projectPythons,
  pythonOf,
  pythonText,
} from '../serve/pythons.ts';
import { refuseWindows } from '../serve/settings.ts';
import { annotationsFor, failures } from './annotations.ts';
import { caseFolder, firstCase, readOrRefuse } from './case-files.ts';
import type { command } from './command.ts';
import { runEmbedded } from './embedded.ts';
import { type TestFlags, type TestOptions, testOptions, wanted } from './options.ts';
import { reportViews, type TargetReport, testProgress } from './report-text.ts';
import { buildHere, isProject, type Staged, stageProject, stageZip } from './stage.ts';

/** `kplugin test`: packs the plugin, runs checks and cases in an embedded host, and reports. */
export const run: Action<typeof command.flags> = async (input, context) => {
  refuseWindows(process.platform, 'kplugin test');
  checkOpenFileLimit();
  const asked = testOptions(input, context.cwd, await projectHere(context.cwd));
  const project = (await isProject(asked.path, asked.label)) ? asked.path : null;
  return inTemporaryFolder('kplugin-test-', context.signal, (scratch) =>
    tested({ asked, flags: input.flags, project, scratch }, context),
  );
};

interface Task {
  readonly asked: TestOptions;
  readonly flags: TestFlags;
  /** Absolute path; null for a zip. */
  readonly project: string | null;
  readonly scratch: string;
}

async function tested(task: Task, context: Context): Promise<Outcome> {
  const { asked, flags, project } = task;
  if (project !== null && !flags.noBuild && !flags.list) await buildHere(project, context);
  const reports: TargetReport[] = [];
  const usual = await choosePython(flags.python, project ?? context.cwd, context);
  let last: Tested | null = null;
  for (const target of asked.targets) {
    const options = { path: asked.path, label: asked.label, target, scratch: task.scratch };
    const staged = await (project === null ? stageZip : stageProject)(options, context);
    const files = await readOrRefuse(
      caseFolder(flags.cases, project, context.cwd),
      staged.symbols,
      annotationsFor(flags, project, context),
      context,
    );
    const folders = new Map(project === null ? [] : [[staged.name, project] as const]);
    const python = await pythonOf(staged.name, usual, folders, context.cwd);
    last = { staged, files, python };
    if (flags.list) return listed(asked, files, staged);
    refuseNothing(asked, files, staged);
    reports.push({ target, report: await suite(task, { ...last, target }, context) });
    context.signal.throwIfAborted();
    if (flags.bail && reports.some(({ report }) => report.failed > 0)) break;
  }
  if (last === null) throw new Error('there is always a target');
  if (flags.junit !== undefined) await writeJunit(flags.junit, reports, context);
  return outcomeOf(task, last, reports, context);
}

interface Tested {
  readonly staged: Staged;
  readonly files: CaseFiles;
  readonly python: ChosenPython;
}

async function suite(
  { asked, flags, project, scratch }: Task,
  { staged, files, target, python }: Tested & { readonly target: TargetReport['target'] },
  context: Context,
): Promise<TargetReport['report']> {
  const { log, env, cwd, signal } = context;
  const filter = wanted(asked);
  const cases = files.cases.filter((one) => filter({ type: 'case', ...one }));
  const initMs = asked.initMs ?? shippedInitTimeoutMs(target);
  const progress = testProgress(log, asked.checks.length + cases.length);
  try {
    return await runEmbedded({
      staged,
      target,
      env: pluginEnvironment(flags.env, env, context.log),
      signal,
      project,
      folder: project ?? cwd,
      scratch: await mkdtemp(path.join(scratch, 'cases-')),
      python: python.program,
      projectPythons: projectPythons(python, new Map(), cwd),
      cases,
      checks: asked.checks,
      checkPlan: files.checkPlan,
      filter,
      parallel: asked.parallel,
      withinMs: asked.withinMs,
      initMs,
      onSlowStart: () =>
        log.info(
          `waiting for the handshake of ${staged.name}, up to ${durationText(initMs)} (--init-timeout)`,
        ),
      bail: flags.bail,
      now: () => performance.now(),
      shownAs: project === null ? asked.label : shownPath(project, cwd) || '.',
      ...progress.events,
    });
  } finally {
    progress.end();
  }
}

/** Throws when there is nothing to run. */
function refuseNothing(asked: TestOptions, files: CaseFiles, { symbols }: Staged): void {
  const filter = wanted(asked);
  const count = files.cases.filter((one) => filter({ type: 'case', ...one })).length;
  if (count > 0 || asked.checks.length > 0) return;
  const isEmpty = files.cases.length === 0;
  throw new KpluginError({
    code: 'nothing-to-test',
    exit: EXIT.usage,
    message: isEmpty ? 'there are no cases' : 'no case and no check is called like that',
    hint: isEmpty
      ? firstCase(symbols)
      : `kplugin test ${fileWord(asked.label)} --list\n(shows their names)`,
  });
}

async function writeJunit(
  file: string,
  reports: readonly TargetReport[],
  { cwd }: Context,
): Promise<void> {
  const place = path.resolve(cwd, file);
  const suites = reports.map(({ target, report }) => ({
    name: `${report.plugin} on eKuiper ${releaseOf(target)}`,
    report,
  }));
  try {
    await makeFolders(path.dirname(place));
    await writeFile(place, junitXml(suites));
  } catch (cause) {
    throw new KpluginError({
      code: 'not-writable',
      exit: EXIT.usage,
      message: `--junit ${file} cannot be written`,
      reason: cause instanceof Error ? cause.message : String(cause),
      hint: 'name a file in a folder that you may write to',
      cause,
    });
  }
}

function outcomeOf(
  { asked, flags, project }: Task,
  { staged, files, python }: Tested,
  reports: readonly TargetReport[],
  context: Context,
): Outcome {
  const failed = reports.reduce((sum, { report }) => sum + report.failed, 0);
  const annotate = annotationsFor(flags, project, context);
  const notes = annotate === null ? '' : annotate(failures(reports, staged));
  const hint = files.cases.length === 0 && asked.wantsCases ? howToBegin(staged) : '';
  return {
    data: {
      plugin: staged.name,
      version: staged.version,
      python: staged.isPython ? python.program : null,
      files: files.files,
      targets: reports.map(({ target, report }) => ({ target, ...report })),
    },
    view: () => [
      ...reportViews(
        { ...staged, python: staged.isPython ? pythonText(python, context.cwd) : null },
        reports,
      ),
      { raw: notes },
      { lines: hint === '' ? [] : hint.split('\n') },
    ],
    ...(failed > 0 ? { error: failure(failed, staged.name, asked.label) } : {}),
  };
}

function howToBegin({ symbols }: Staged): string {
  return `There are no cases yet: ${firstCase(symbols)}`;
}

function failure(count: number, name: string, label: string): KpluginError {
  return new KpluginError({
    code: 'cases-failed',
    exit: EXIT.findings,
    message: `${count === 1 ? 'one of the cases and checks' : `${count} cases and checks`} of ${name} failed`,
    hint: `kplugin test ${fileWord(label)} <a part of its name>\n(runs one alone)`,
  });
}

/** `--list`: the checks, and the cases with their positions. */
function listed(asked: TestOptions, files: CaseFiles, { name }: Staged): Outcome {
  const filter = wanted(asked);
  const checks = asked.checks
    .filter((one) => !files.checkPlan.skip.includes(one))
    .map((one) => ({ name: one, does: CHECKS[one] }));
  const cases = files.cases
    .filter((one) => filter({ type: 'case', ...one }))
    .map(({ name: called, kind, symbol, file, line }) => ({
      name: called,
      kind,
      symbol,
      file,
      line,
    }));
  return {
    data: { plugin: name, checks, cases },
    view: () => ({
      table: { rows: checks.map((one) => [one.name, dim(one.does)]) },
      below: cases.map((one) => [
        `${one.name}  `,
        dim(`${one.kind} ${one.symbol}  ${one.file}:${one.line}`),
      ]),
    }),
  };
}
