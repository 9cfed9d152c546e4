import path from 'node:path';
import type { FlagValues, Input } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { projectHere } from '../../cli/open-plugin.ts';
import { NO_PROGRESS } from '../../cli/progress.ts';
import { pythonParser } from '../../cli/python-parser.ts';
import { parseTarget } from '../../cli/shared-flags.ts';
import { ENCODINGS, type Encoding } from '../../model/encoding/encodings.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord, shellWord } from '../../model/shell-word.ts';
import type { Target } from '../../model/target.ts';
import type { ViewProblem } from '../../model/view.ts';
import { buildProject, goMachine } from '../../package/build/build-project.ts';
import { refuseUnknownArch } from '../../package/build/go-build.ts';
import { statsAt } from '../../package/files/regular-file.ts';
import { CONFIG_FILE } from '../../package/ignore/pattern-lists.ts';
import { openPackage } from '../../package/open/open-package.ts';
import { type Prepared, preparePlan, prepareProject } from '../../package/prepare.ts';
import { planFromZip } from '../../package/repack/plan-from-zip.ts';
import { fixedFaults } from '../../package/repack/repacking.ts';
import { encodingNamed } from '../../package/zip/entry-name.ts';
import type { command } from './command.ts';
import { type OutputPlace, refuseProjectFile, shownPath } from './output-place.ts';

/** The values of `--name-encoding`. */
export const NAME_ENCODINGS: readonly string[] = ENCODINGS.map(({ label }) => label);

/** Number of names shown as examples. */
const MOST_NAMES = 5;

export type PackFlags = FlagValues<typeof command.flags>;

/** The input of pack; must be closed. */
export interface Source extends Prepared {
  /** Problems of the zip that `--from` repairs; empty for a project. */
  readonly fixed: readonly string[];
  /** The absolute path of the zip of `--from`; null for a project. */
  readonly from: string | null;
  close(): Promise<void>;
}

/** Builds the project (unless nothing is written), plans and checks it. */
export async function prepareSource(
  { flags, args }: Input<typeof command.flags>,
  place: OutputPlace,
  context: Context,
): Promise<Source> {
  const target = parseTarget(flags.target);
  if (flags.arch !== undefined) refuseUnknownArch(flags.arch);
  if (flags.from !== undefined)
    return fromZip(path.resolve(context.cwd, flags.from), target, flags.nameEncoding, context);
  const label = args[0] ?? (await projectHere(context.cwd));
  const directory = path.resolve(context.cwd, label);
  await assertDirectory(directory, label);
  refuseProjectFile(place, directory, context.cwd);
  await build(directory, flags, context);
  const exclude = place.to === 'file' ? [place.file] : [];
  const prepared = await prepareProject(directory, {
    target,
    label,
    exclude,
    parsePython: pythonParser(directory, context),
  });
  if (flags.arch !== undefined && !isBuiltFor(directory, prepared)) {
    context.log.warn(
      `warning: --arch ${shellWord(flags.arch)} has no effect: kplugin builds only Go for it`,
    );
  }
  return { ...prepared, fixed: [], from: null, close: () => Promise.resolve() };
}

/** Whether an architecture matters: of Go, and of a build of the project's own. */
function isBuiltFor(directory: string, { identity }: Prepared): boolean {
  const isThere = (name: string): boolean => statsAt(path.join(directory, name)) !== null;
  return (identity.language === 'go' && isThere('go.mod')) || isThere(CONFIG_FILE);
}

async function fromZip(
  file: string,
  target: Target,
  nameEncoding: string | undefined,
  context: Context,
): Promise<Source> {
  const namesIn = parseNameEncoding(nameEncoding);
  const label = shownPath(file, context.cwd);
  const stats = statsAt(file);
  if (!stats) throw notThere(label);
  if (!stats.isFile()) throw notAZip(label, stats.isDirectory());
  const zip = await openPackage(file, label, undefined, namesIn);
  const plan = await planFromZip(zip);
  const refusal = nameRefusal(plan.problems, label, namesIn);
  if (refusal !== null) {
    await zip.close();
    throw refusal;
  }
  const prepared = await preparePlan(plan, {
    target,
    label,
    parsePython: pythonParser(file, context),
  });
  return { ...prepared, fixed: fixedFaults(zip, plan), from: file, close: () => zip.close() };
}

/** The encoding of the flag, null without the flag; throws exit 2 for an unknown encoding. */
function parseNameEncoding(value: string | undefined): Encoding | null {
  if (value === undefined) return null;
  const encoding = encodingNamed(value);
  if (encoding !== null) return encoding;
  throw new KpluginError({
    code: 'encoding-unknown',
    exit: EXIT.usage,
    message: `--name-encoding "${value}" is no encoding that kplugin knows`,
    hint: `use one of ${NAME_ENCODINGS.join(', ')}`,
  });
}

/**
 * The error for entry names whose encoding is not certain: a wrong guess would be written as the name. Null when all
 * names are known.
 */
function nameRefusal(
  problems: readonly ViewProblem[],
  label: string,
  wanted: Encoding | null,
): KpluginError | null {
  const unread = problems.filter(({ kind }) => kind === 'foreign-name');
  const [first] = unread;
  if (first === undefined) return null;
  if (wanted !== null) return notInIt(first, label, wanted);
  const shown = unread.slice(0, MOST_NAMES).map(({ entry, detail }) => `${entry}: ${detail}`);
  const more = unread.length > MOST_NAMES ? [`and ${unread.length - MOST_NAMES} more`] : [];
  const [best, ...others] = first.encodings ?? [];
  const command = `kplugin pack --from ${fileWord(label)} --name-encoding`;
  const or = others.length > 0 ? `, or with ${others.join(' or ')}` : '';
  return new KpluginError({
    code: 'name-encoding-unknown',
    exit: EXIT.usage,
    message: `it is not clear in which encoding the names in ${label} are; nothing was packed`,
    reason: [...shown, ...more].join('; '),
    hint:
      best === undefined
        ? `${command} <encoding>, one of ${NAME_ENCODINGS.join(', ')}`
        : `${command} ${best}${or}`,
  });
}

function notInIt({ entry }: ViewProblem, label: string, { name }: Encoding): KpluginError {
  return new KpluginError({
    code: 'name-encoding-wrong',
    exit: EXIT.usage,
    message: `the name ${entry ?? ''} in ${label} cannot be read as ${name}; nothing was packed`,
    reason: `its bytes are no text in ${name}`,
    hint: `leave --name-encoding out to see what the names may be, or use one of ${NAME_ENCODINGS.join(', ')}`,
  });
}

async function build(directory: string, flags: PackFlags, context: Context): Promise<void> {
  // These flags must not change anything, not even the executable.
  if (flags.noBuild || flags.dryRun || flags.explain) return;
  let spinner = NO_PROGRESS;
  try {
    await buildProject({
      directory,
      arch: flags.arch ?? goMachine(),
      env: context.env,
      // Accessed only for a build: without one there is nothing to abandon.
      get signal() {
        return context.signal;
      },
      onStart: (command) => {
        context.log.info(command);
        spinner = context.log.progress('Building', null);
      },
      onLine: (line) => context.log.debug(line),
    });
  } finally {
    spinner.end();
  }
}

async function assertDirectory(directory: string, label: string): Promise<void> {
  const stats = statsAt(directory);
  if (stats?.isDirectory()) return;
  if (!stats) throw notThere(label);
  throw new KpluginError({
    code: 'not-a-project',
    exit: EXIT.usage,
    message: `${label} is a file, and pack takes the directory of a project`,
    hint: await fileHint(directory, label, stats.isFile()),
  });
}

/** The hint for a file instead of a project; `--from` is suggested only for a zip that it can read. */
async function fileHint(file: string, label: string, isFile: boolean): Promise<string> {
  if (!isFile) return 'give the directory of a project';
  const zip = await openPackage(file, label);
  try {
    const can = (await zip.repacking?.()) ?? 'impossible';
    const command = `kplugin pack --from ${fileWord(label)}`;
    if (can === 'possible') return `${command}\n(packs a wrong zip anew)`;
    if (can === 'named') return `${command} --name-encoding <encoding>\n(packs a wrong zip anew)`;
    return `give the directory of its project; what is wrong with the file: kplugin validate ${fileWord(label)}`;
  } finally {
    await zip.close();
  }
}

function notAZip(label: string, isDirectory: boolean): KpluginError {
  const what = isDirectory ? 'a directory' : 'a pipe, socket or device';
  return new KpluginError({
    code: 'not-a-package',
    exit: EXIT.usage,
    message: `${label} is ${what}, and --from takes a package (.zip)`,
    hint: isDirectory ? `kplugin pack ${fileWord(label)}\n(packs the project)` : 'name a zip',
  });
}

function notThere(label: string): KpluginError {
  return new KpluginError({
    code: 'plugin-not-found',
    exit: EXIT.usage,
    message: `there is no ${label}`,
    hint: 'give the directory of a project, or a zip with --from',
  });
}
