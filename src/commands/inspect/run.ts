import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { modeText } from '../../cli/output/number-text.ts';
import { pythonParser } from '../../cli/python-parser.ts';
import { parseTarget } from '../../cli/shared-flags.ts';
import type { LintOptions } from '../../lint/lint.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord } from '../../model/shell-word.ts';
import type { Target } from '../../model/target.ts';
import type { PluginView, ViewProblem } from '../../model/view.ts';
import type { DirectoryView } from '../../package/directory-view.ts';
import type { ZipView } from '../../package/zip-view.ts';
import type { command } from './command.ts';
import { entriesView } from './entries-text.ts';

/** Maximum size of stdin: more than eKuiper accepts as an upload. Larger input must be a file. */
const LIMIT = 1024 ** 3;

/** `kplugin inspect`: shows a package or project without unpacking it. */
export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const target = parseTarget(flags.target);
  const view = await open(args[0] ?? '.', context);
  try {
    return flags.list
      ? await listOutcome(view, target)
      : await inspected(view, {
          target,
          parsePython: pythonParser(path.resolve(context.cwd, args[0] ?? '.'), context),
        });
  } finally {
    await view.close();
  }
};

function open(given: string, context: Context): Promise<DirectoryView | ZipView> {
  if (given === '-') return openForInspection(null, 'stdin', context);
  return openForInspection(path.resolve(context.cwd, given), given, context);
}

/** Imported only when needed: `--list` does not need the rules. */
async function inspected(view: DirectoryView | ZipView, options: LintOptions): Promise<Outcome> {
  const { inspectOutcome } = await import('./inspect-outcome.ts');
  return inspectOutcome(view, options);
}

/** `inspect --list`: the entries, and problems of the zip container. */
async function listOutcome(view: PluginView, target: Target): Promise<Outcome> {
  const { label, entries, problems } = view;
  const failed = problems.length > 0 && (await hasPackageErrors(view, target));
  return {
    data: {
      label,
      entries: entries.map(({ path, rawName, kind, size, mode }) => {
        return { path, rawName, kind, size, mode: mode === null ? null : modeText(mode) };
      }),
      problems,
    },
    view: () => {
      const { below = [], ...listed } = entriesView(entries);
      const none = entries.length + problems.length === 0 ? ['0 files'] : [];
      return { ...listed, below: [...below, ...none, ...problems.map(problemLine)] };
    },
    next: [
      view.isPiped === true ? 'kplugin validate <zip>' : `kplugin validate ${fileWord(label)}`,
      '(checks what --list does not: what the files hold, their checksums, and whether eKuiper accepts the plugin)',
    ],
    ...(failed ? { error: hasProblems() } : {}),
  };
}

/** Whether there are errors by the rules, in which a problem may be only a warning. Imported only when needed. */
async function hasPackageErrors(view: PluginView, target: Target): Promise<boolean> {
  const { packageFindings } = await import('../../lint/package-findings.ts');
  const findings = await packageFindings(view, { target });
  return findings.some(({ severity }) => severity === 'error');
}

function problemLine({ entry, detail }: ViewProblem): string {
  return entry === null ? detail : `${entry}: ${detail}`;
}

function hasProblems(): KpluginError {
  return new KpluginError({
    code: 'package-problems',
    exit: EXIT.findings,
    message: 'something is wrong with the package itself',
    hint: 'the same command without --list explains it',
  });
}

/** Opens a path, or stdin for null; modules for projects are not imported for a readable package. */
async function openForInspection(
  file: string | null,
  label: string,
  context: Pick<Context, 'signal'>,
): Promise<DirectoryView | ZipView> {
  if (file === null || (await stat(file).catch(() => null))?.isFile()) {
    const { openPackage } = await import('../../package/open/open-package.ts');
    if (file !== null) return openPackage(file, label);
    return { ...(await openPackage(await readStdin(context.signal), label)), isPiped: true };
  }
  const { openView } = await import('../../package/open/open-view.ts');
  return openView(file, label);
}

/** Reads all of stdin. Throws when it is a terminal or larger than {@link LIMIT}. */
async function readStdin(signal: AbortSignal): Promise<Buffer> {
  const { stdin } = process;
  if (stdin.isTTY) throw refused('"-" reads a zip from stdin, and stdin is the terminal');
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stdin.iterator({ destroyOnReturn: true })) {
    signal.throwIfAborted();
    pieces.push(piece);
    length += piece.length;
    if (length > LIMIT) throw refused('stdin holds more than 1 GiB');
  }
  return Buffer.concat(pieces);
}

function refused(message: string): KpluginError {
  return new KpluginError({
    code: 'stdin-unusable',
    exit: EXIT.usage,
    message,
    hint: 'give the path of a package instead',
  });
}
