import path from 'node:path';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { bold, warn } from '../../cli/output/view.ts';
import { type Leaf, testSteps, treeLines } from '../../cli/project-summary.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { type Answers, parseAnswers } from '../../scaffold/answers.ts';
import {
  checkFolder,
  prepareProject,
  type SdkSpec,
  sdkSpec,
  writeProject,
} from '../../scaffold/init/init.ts';
import { GO_UPDATE_NOTE } from '../../scaffold/plan/go.ts';
import { loadTemplates } from '../../scaffold/templates.ts';
import type { SurveyedFile } from '../../scaffold/write/survey.ts';
import type { command } from './command.ts';
import { askNewProject } from './new-project.ts';

/** `kplugin init`: plans the files from the answers, then writes them. */
export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const folder = path.resolve(context.cwd, args[0] ?? '.');
  const was = await checkFolder(folder, flags.force);
  const sdk = sdkSpec({ wanted: flags.sdk, folder, ...context });
  const answers = parseAnswers({
    ...(await askNewProject(flags, folder, context)),
    sdk: sdk.spec,
  });
  const templates = await loadTemplates(context.packageRoot, answers.language);
  const files = await prepareProject(folder, answers, templates);
  if (!flags.dryRun) {
    await confirmReplacing(files, context);
    await writeProject(folder, files, was, context.signal);
  }
  const notes = notesFor(answers, sdk, context.version);
  return outcome({ answers, folder, files, dryRun: flags.dryRun, notes }, context);
};

async function confirmReplacing(files: readonly SurveyedFile[], context: Context): Promise<void> {
  const replaced = files.filter(({ state }) => state === 'different').map((file) => file.path);
  if (replaced.length === 0) return;
  await context.log.show({ title: 'These files are already there and differ:', lines: replaced });
  if (await context.prompts.confirm({ message: `Replace ${replaced.join(', ')}?` })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: 'nothing was written',
    hint: 'move the files away, or give another folder',
  });
}

interface Done {
  readonly answers: Answers;
  readonly folder: string;
  readonly files: readonly SurveyedFile[];
  readonly dryRun: boolean;
  readonly notes: readonly string[];
}

async function outcome(
  { answers, folder, files, dryRun, notes }: Done,
  context: Context,
): Promise<Outcome> {
  const shown = path.relative(context.cwd, folder) || '.';
  return {
    data: {
      name: answers.name,
      version: answers.version,
      language: answers.language,
      symbols: answers.symbols,
      folder,
      dryRun,
      files: files.map(({ path: file, state }) => ({ path: file, state })),
      notes,
    },
    view: () => {
      const head = dryRun ? 'Would write' : 'Wrote';
      return [
        { title: [`${head} the ${NAMES[answers.language]} plugin `, bold(answers.name)] },
        { lines: treeLines(`${shown}/`, leaves(files)) },
        ...notes.map((note) => ({ lines: [[warn('note'), `: ${note}`]] })),
      ];
    },
    next: dryRun ? [] : await nextSteps(answers, folder, context.cwd),
  };
}

const NAMES = { python: 'Python', go: 'Go', typescript: 'TypeScript' } as const;

const STATES = {
  new: null,
  unchanged: 'unchanged',
  interrupted: 'finished',
  different: 'replaced',
  blocked: 'blocked',
};

function leaves(files: readonly SurveyedFile[]): readonly Leaf[] {
  return files.map((file) => ({ path: file.path, note: STATES[file.state] }));
}

function notesFor(
  { language, symbols }: Answers,
  sdk: SdkSpec,
  version: string,
): readonly string[] {
  const hasFunctions = symbols.some(({ kind }) => kind === 'function');
  if (language === 'go' && hasFunctions) return [GO_UPDATE_NOTE];
  if (language !== 'typescript' || !sdk.isCheckout) return [];
  return [
    `This kplugin is no release but a checkout: package.json takes the SDK from ${sdk.spec}. ` +
      `Write ^${version} there once npm has it.`,
  ];
}

async function nextSteps({ language }: Answers, folder: string, cwd: string): Promise<string[]> {
  return [
    ...(await testSteps(language, folder, cwd)),
    'kplugin test',
    'kplugin pack',
    'kplugin serve',
    '(goes on until Ctrl-C; in another terminal, in the same folder:)',
    'kplugin install . --host 127.0.0.1:9081',
  ];
}
