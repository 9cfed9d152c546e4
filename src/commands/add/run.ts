import path from 'node:path';
import type { Action, FlagValues } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { bold, dim, type View, warn } from '../../cli/output/view.ts';
import { type Leaf, testSteps, treeLines } from '../../cli/project-summary.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import { type LockEffects, locked } from '../../package/files/file-lock.ts';
import {
  type AdditionCredits,
  type PreparedAddition,
  prepareAddition,
} from '../../scaffold/add/addition.ts';
import { openProject, type Project } from '../../scaffold/add/project.ts';
import type { ManualLine } from '../../scaffold/add/register/insertion.ts';
import { parseCredits } from '../../scaffold/answers.ts';
import { GO_UPDATE_NOTE } from '../../scaffold/plan/go.ts';
import { KITS } from '../../scaffold/plan/project.ts';
import { loadTemplates } from '../../scaffold/templates.ts';
import { writesOf } from '../../scaffold/write/survey.ts';
import { cannotWrite, writeFiles } from '../../scaffold/write/write-files.ts';
import type { command } from './command.ts';

/** `kplugin add`: plans the files from the project, then writes them. */
export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const symbol = { kind: kindOf(args[0] ?? ''), name: args[1] ?? '' };
  const root = path.resolve(context.cwd, flags.dir ?? '.');
  const planned = () => plan(root, symbol, flags, context);
  if (flags.dryRun) return outcome(await planned(), symbol, true, context);
  // First, so that a folder that is no project gets no lock, and a mistake needs none.
  await planned();
  const { signal } = context;
  // An edit of the manifest that was planned before another one was written would undo that.
  const effects = lockEffects(context);
  const lock = path.join(root, '.kplugin-add');
  const done = await locked(lock, effects, async (stillHeld) => {
    const addition = await planned();
    if (!(await stillHeld())) throw effects.busy(lock);
    await writeFiles(addition.project.root, writesOf(addition.prepared.files), { signal });
    return addition;
  });
  return outcome(done, symbol, false, context);
};

function lockEffects({ log, signal }: Context): LockEffects {
  return {
    signal,
    waiting: (lock) => log.info(`waiting for another kplugin add (${lock})`),
    busy: (lock) =>
      new KpluginError({
        code: 'cannot-write',
        exit: EXIT.usage,
        message: 'other kplugin processes keep adding to this project; nothing was changed',
        reason: `they hold the lock ${lock}`,
        hint: 'run the same command again when they have finished',
      }),
    notWritable: cannotWrite,
  };
}

interface PlannedAddition {
  readonly project: Project;
  readonly prepared: PreparedAddition;
}

async function plan(
  root: string,
  symbol: PluginSymbol,
  flags: FlagValues<typeof command.flags>,
  context: Context,
): Promise<PlannedAddition> {
  const project = await openProject(root);
  const credits: AdditionCredits = {
    ...parseCredits({ author: flags.author ?? '', description: flags.description ?? '' }),
    ...(flags.author === undefined ? { author: project.author } : {}),
  };
  const templates = await loadTemplates(context.packageRoot, project.language);
  return { project, prepared: await prepareAddition(project, symbol, credits, templates) };
}

function kindOf(text: string): PluginSymbol['kind'] {
  const kind = SYMBOL_KINDS.find((known) => known === text);
  if (kind) return kind;
  throw new KpluginError({
    code: 'unknown-kind',
    exit: EXIT.usage,
    message: `"${text}" is no kind of symbol`,
    hint: 'kplugin add source <symbol>\nkplugin add sink <symbol>\nkplugin add function <symbol>',
  });
}

async function outcome(
  { project, prepared: { files, manual } }: PlannedAddition,
  symbol: PluginSymbol,
  dryRun: boolean,
  context: Context,
): Promise<Outcome> {
  const shown = path.relative(context.cwd, project.root) || '.';
  const main = project.main?.path ?? KITS[project.language].mainFile;
  const notes = project.language === 'go' && symbol.kind === 'function' ? [GO_UPDATE_NOTE] : [];
  return {
    data: {
      name: project.name,
      language: project.language,
      symbol,
      folder: project.root,
      dryRun,
      files: files.map(({ path: file, state }) => ({ path: file, state: STATES[state] })),
      manual: manual.map((line) => ({ file: main, ...line })),
      notes,
    },
    view: () => [
      {
        title: [
          `${dryRun ? 'Would add' : 'Added'} the ${symbol.kind} `,
          bold(symbol.name),
          ` to ${project.name}`,
        ],
      },
      { lines: treeLines(`${shown}/`, files.map(leafOf)) },
      ...(manual.length > 0 ? [manualView(main, manual)] : []),
      ...notes.map((note) => ({ lines: [[warn('note'), `: ${note}`]] })),
    ],
    next: dryRun
      ? []
      : [...(await testSteps(project.language, project.root, context.cwd)), 'kplugin test'],
  };
}

const STATES = {
  new: 'new',
  unchanged: 'unchanged',
  different: 'edited',
  interrupted: 'edited',
  blocked: 'blocked',
} as const;

function manualView(main: string, manual: readonly ManualLine[]): View {
  return {
    title: [warn('to do'), `: ${main} registers its symbols in a way of its own; add there`],
    lines: manual.flatMap(({ where, line }) => [
      dim(`${where}:`),
      ...line.split('\n').map((one) => `  ${one}`),
    ]),
  };
}

function leafOf({ path: file, state }: PreparedAddition['files'][number]): Leaf {
  return { path: file, note: state === 'new' ? null : 'edited' };
}
