import { existsSync } from 'node:fs';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { countText, findingsWriter } from '../../cli/output/findings-text.ts';
import { type Cell, dim, fix } from '../../cli/output/view.ts';
import { buildCommand } from '../../lint/program/main-program.ts';
import { entryAt } from '../../lint/subject/entries.ts';
import { executablePath } from '../../lint/subject/manifest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import type { ViewProblem } from '../../model/view.ts';
import { makeFolders } from '../../package/files/folders.ts';
import { obstacleOf } from '../../package/prepare.ts';
import { searchedInPartNote } from '../../package/strict-decisions.ts';
import { entryDate } from '../../package/write/write-zip.ts';
import { comparePackage } from '../../package/write-package.ts';
import type { command } from './command.ts';
import { fileAt, type OutputPlace, outputPlace, shownPath } from './output-place.ts';
import { comparisonView, explainView, identityData, planData, planView } from './pack-report.ts';
import { type PackFlags, prepareSource, type Source } from './prepare-pack.ts';
import { packToFile, packToStdout } from './write-out.ts';

/** `kplugin pack`: plans, checks and writes a package of a project or zip. */
export const run: Action<typeof command.flags> = async (input, context) => {
  const { flags } = input;
  const place = outputPlace(flags.output, context.cwd);
  assertSense(flags, input.args, place, context);
  const date = entryDate(context.env['SOURCE_DATE_EPOCH']);
  const source = await prepareSource(input, place, context);
  try {
    if (flags.explain) return await explained(source);
    if (flags.dryRun) return await listed(source);
    const refusal = archRefusal(flags.arch, source);
    if (refusal) throw refusal;
    if (flags.check) return await checked(source, place, date, context);
    return await packed(source, place, date, context);
  } finally {
    await source.close();
  }
};

function assertSense(
  flags: PackFlags,
  args: readonly (string | undefined)[],
  place: OutputPlace,
  context: Context,
): void {
  const clash =
    (flags.from !== undefined && args[0] !== undefined && 'both a project and --from') ||
    (flags.nameEncoding !== undefined &&
      flags.from === undefined &&
      '--name-encoding without --from, which names the zip') ||
    (place.to === 'stdout' && context.globals.json && 'both -o - and --json want stdout') ||
    (place.to === 'stdout' && flags.check && '--check needs a file, not -o -') ||
    ([flags.explain, flags.dryRun, flags.check].filter(Boolean).length > 1 &&
      'more than one of --dry-run, --explain, --check');
  if (!clash) return;
  throw new KpluginError({
    code: 'usage-conflict',
    exit: EXIT.usage,
    message: `these cannot be combined: ${clash}`,
    hint: 'leave one of them out; kplugin pack --help',
  });
}

/** Without a manifest the findings are shown too: the decisions alone look like those of a plugin. */
async function explained(source: Source): Promise<Outcome> {
  const { decisions, searchedInPart } = source.plan;
  const inPart = searchedInPartNote(source.plan);
  const refusal = source.subject.manifest === null ? packRefusal(source) : null;
  const list = await findingsWriter(refusal === null ? [] : source.findings, source.subject);
  const below = [...(inPart === null ? [] : [inPart]), ...warningsNote(source)];
  return {
    data: {
      ...identityData(source),
      decisions: decisions.map(({ path, verdict }) => ({ path, ...verdict })),
      searchedInPart,
    },
    view: async () => [explainView(decisions, below), ...(await list())],
    ...(refusal ? { error: refusal } : {}),
  };
}

/** A file that is left out may be needed by another: the findings say so, not the list of decisions. */
function warningsNote({ findings, subject }: Source): Cell[] {
  const told = findings.filter(({ severity }) => severity !== 'info');
  if (told.length === 0 || subject.manifest === null) return [];
  return [dim(`${countText(told)}: kplugin pack --dry-run shows them`)];
}

async function listed(source: Source): Promise<Outcome> {
  const refusal = packRefusal(source);
  const list = await findingsWriter(source.findings, source.subject);
  return {
    data: { ...planData(source), findings: source.findings, fixed: source.fixed },
    view: async () => {
      const plan = planView(source);
      return [{ ...plan, below: [...(plan.below ?? []), ...source.fixed] }, ...(await list())];
    },
    ...(refusal ? { error: refusal } : {}),
  };
}

async function checked(
  source: Source,
  place: OutputPlace,
  date: Date,
  context: Context,
): Promise<Outcome> {
  if (place.to === 'stdout') throw new Error('asserted before');
  const file = fileAt(place, source.fileName);
  const shown = shownPath(file, context.cwd);
  if (!existsSync(file)) throw nothingThere(shown);
  const comparison = await comparePackage(source.plan.entries, file, {
    date,
    signal: context.signal,
  });
  const { identical, differences } = comparison;
  return {
    data: { ...identityData(source), file, identical, differences },
    view: () => comparisonView(comparison, shown),
    ...(differences.length > 0 ? { error: differs(shown) } : {}),
  };
}

function nothingThere(file: string): KpluginError {
  return new KpluginError({
    code: 'package-missing',
    exit: EXIT.usage,
    message: `there is no ${file} to compare with`,
    hint: 'write it with kplugin pack, or name another one with -o',
  });
}

function differs(file: string): KpluginError {
  return new KpluginError({
    code: 'package-differs',
    exit: EXIT.findings,
    message: `${file} is not what pack would write now`,
    hint: 'write it anew: the same command without --check',
  });
}

async function packed(
  source: Source,
  place: OutputPlace,
  date: Date,
  context: Context,
): Promise<Outcome> {
  const refusal = packRefusal(source);
  if (refusal) return await refused(source, refusal);
  const unbuilt = await unbuiltRefusal(source);
  if (unbuilt) throw unbuilt;
  const warnings = source.findings.filter(({ severity }) => severity === 'warning');
  const list = await findingsWriter(warnings, source.subject);
  await context.log.show(await list());
  await context.log.show({ lines: source.fixed });
  if (place.to === 'stdout') return packToStdout(source, date, context);
  const file = fileAt(place, source.fileName);
  const overwrite = overwriteRefusal(file, source);
  if (overwrite) throw overwrite;
  if (place.to === 'directory') await makeDirectory(place.directory);
  return packToFile(source, file, date, context);
}

async function makeDirectory(directory: string): Promise<void> {
  await makeFolders(directory).catch((cause: unknown) => {
    throw new KpluginError({
      code: 'output-unwritable',
      exit: EXIT.usage,
      message: `${directory} cannot be made`,
      reason: cause instanceof Error ? cause.message : String(cause),
      hint: 'name a directory that you may write to with -o',
      cause,
    });
  });
}

async function refused(source: Source, error: KpluginError): Promise<Outcome> {
  const list = await findingsWriter(source.findings, source.subject);
  return {
    data: { ...identityData(source), findings: source.findings },
    view: async () => {
      // Findings that do not prevent packing are not the reason.
      const isReason = error.code !== 'findings';
      const found = source.findings.length > 0 ? `${countText(source.findings)}; ` : '';
      const reason = isReason ? { title: error.message, notes: [fix(error.hint)] } : {};
      return [...(await list()), { ...reason, below: [`${found}nothing was packed`] }];
    },
    error,
  };
}

/**
 * The error for a plugin that must not be packed, or null: findings of severity error, or entries that a zip cannot
 * have.
 */
function packRefusal(source: Source): KpluginError | null {
  const obstacle = obstacleOf(source);
  if (obstacle === 'errors') return hasErrors(source.findings);
  return obstacle && cannotPack(obstacle, source);
}

function hasErrors(findings: readonly Finding[]): KpluginError {
  return new KpluginError({
    code: 'findings',
    exit: EXIT.findings,
    message: 'the plugin has errors; nothing was packed',
    hint: 'correct them and pack again; kplugin explain <rule> tells more',
    findings,
  });
}

/** A problem without a finding: an incomplete plugin must not be packed even if a rule is missing. */
function cannotPack({ entry, detail }: ViewProblem, { from }: Source): KpluginError {
  return new KpluginError({
    code: 'cannot-pack',
    exit: EXIT.findings,
    message: `${entry ?? 'the plugin'} cannot be packed: ${detail}`,
    hint:
      from === null
        ? 'correct it, or leave it out with a line in .kpluginignore'
        : 'make the package again from its project: kplugin pack',
  });
}

/** The error for a missing executable under `--no-build`: the rules accept that for a project. */
async function unbuiltRefusal({ subject, view }: Source): Promise<KpluginError | null> {
  const executable = executablePath(subject);
  const command = await buildCommand(subject);
  if (executable === null || command === null || entryAt(view, executable) !== null) return null;
  return new KpluginError({
    code: 'not-built',
    exit: EXIT.findings,
    message: `the executable ${executable} is not built yet; nothing was packed`,
    reason: `eKuiper refuses a package without it: "missing ${executable}"`,
    hint: `leave out --no-build, or run ${command} first`,
  });
}

/** The error for `--arch` and an executable of another architecture. */
function archRefusal(wanted: string | undefined, { identity }: Source): KpluginError | null {
  if (wanted === undefined || identity.arch === null || identity.arch === wanted) return null;
  return new KpluginError({
    code: 'arch-mismatch',
    exit: EXIT.findings,
    message: `--arch says ${wanted}, but ${identity.executable} is a program for ${identity.arch}`,
    reason: 'eKuiper on the other machine answers "exec format error"',
    hint: 'leave out --no-build, or build the executable for that architecture',
  });
}

/** The error for an output that is the input of `--from`: it would overwrite the only copy. */
function overwriteRefusal(file: string, { from }: Source): KpluginError | null {
  if (from === null || from !== file) return null;
  return new KpluginError({
    code: 'output-is-input',
    exit: EXIT.usage,
    message: 'the new zip would replace the one it is made from',
    hint: 'name another file or directory with -o',
  });
}
