import path from 'node:path';
import type { FlagValues } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Question } from '../../cli/prompts.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { PluginSymbol, SymbolKind } from '../../model/symbol.ts';
import {
  authorProblem,
  DEFAULT_VERSION,
  descriptionProblem,
  type Language,
  type RawAnswers,
  versionProblem,
} from '../../scaffold/answers.ts';
import { nameFromFolder, pluginNameProblem, symbolProblem } from '../../scaffold/name-check.ts';
import type { command } from './command.ts';

type InitFlags = FlagValues<typeof command.flags>;
type Asking = Pick<Context, 'prompts' | 'globals'>;

/**
 * The answers for a new project, each from its flag, a prompt or its default. Throws exit 2 that names the missing
 * flags when no prompt can be shown.
 */
export async function askNewProject(
  flags: InitFlags,
  folder: string,
  asking: Asking,
): Promise<Omit<RawAnswers, 'sdk'>> {
  const folderName = path.basename(folder);
  const derived = nameFromFolder(folderName);
  const known = derived.problem === null ? derived.name : null;
  if (!asking.prompts.interactive) {
    refuseMissing(flags, derived.problem && `${JSON.stringify(folderName)} ${derived.problem}`);
  }
  const name = flags.name ?? (await optional(asking, nameQuestion(known), known));
  const language = flags.language ?? (await askLanguage(asking));
  const symbols = await askSymbols(flags, asking);
  return {
    name,
    language,
    ...symbols,
    version: flags.pluginVersion ?? (await optional(asking, VERSION, DEFAULT_VERSION)),
    author: flags.author ?? (await optional(asking, AUTHOR, '')),
    description: flags.description ?? (await optional(asking, DESCRIPTION, '')),
  };
}

/** `unnamed`: why the folder's name cannot be that of the plugin; null when it can. */
function refuseMissing(flags: InitFlags, unnamed: string | null): void {
  const why = flags.name === undefined ? unnamed : null;
  const missing = [
    ...(why === null ? [] : ['--name']),
    ...(flags.language === undefined ? ['--language'] : []),
    ...(hasSymbols(flags) ? [] : ['at least one --source, --sink or --function']),
  ];
  if (missing.length === 0) return;
  throw new KpluginError({
    code: 'missing-flag',
    exit: EXIT.usage,
    message: `missing: ${missing.join(', and ')}; there is nobody to ask`,
    reason:
      why === null
        ? 'these have no default, also not with --yes'
        : `the plugin cannot have the name of the folder: ${why}`,
    hint: 'add them, or run kplugin init in a terminal without --no-input',
  });
}

/** Prompts only on a terminal and without `--yes`; else returns the default. */
async function optional(
  { prompts, globals }: Asking,
  question: Question,
  fallback: string | null,
): Promise<string> {
  if (fallback !== null && (!prompts.interactive || globals.yes)) return fallback;
  return prompts.text(fallback === null ? question : { ...question, default: fallback });
}

const nameQuestion = (known: string | null): Question => ({
  message: "The plugin's name",
  flag: '--name',
  ...(known === null ? {} : { default: known }),
  validate: (answer) => verdict(pluginNameProblem(answer)),
});

const VERSION: Question = {
  message: 'Its version',
  flag: '--plugin-version',
  validate: (answer) => verdict(versionProblem(answer)),
};

const AUTHOR: Question = {
  message: 'The author, as in "Jane Doe <jane@example.com>" (may be left empty)',
  flag: '--author',
  validate: (answer) => verdict(authorProblem(answer)),
};

const DESCRIPTION: Question = {
  message: 'What it does, in one line (may be left empty)',
  flag: '--description',
  validate: (answer) => verdict(descriptionProblem(answer)),
};

function askLanguage({ prompts }: Asking): Promise<Language> {
  return prompts.select({
    message: 'Written in',
    flag: '--language',
    choices: [
      { value: 'python', name: 'Python (eKuiper needs Python and the SDK beside it)' },
      { value: 'go', name: 'Go (one static executable, runs anywhere)' },
      { value: 'typescript', name: 'TypeScript (one small file, eKuiper needs Node beside it)' },
    ],
  });
}

type SymbolAnswers = Pick<RawAnswers, 'sources' | 'sinks' | 'functions'>;

async function askSymbols(flags: InitFlags, asking: Asking): Promise<SymbolAnswers> {
  if (hasSymbols(flags)) {
    return { sources: flags.source, sinks: flags.sink, functions: flags.function };
  }
  const sources = await askNames('source', false, asking);
  const sinks = await askNames('sink', false, asking);
  const functions = await askNames('function', sources.length + sinks.length === 0, asking);
  return { sources, sinks, functions };
}

const WHAT: Record<SymbolKind, string> = {
  source: 'Sources, which bring rows into eKuiper',
  sink: 'Sinks, which take rows out of it',
  function: 'Functions, which SQL can call',
};

async function askNames(
  kind: SymbolKind,
  required: boolean,
  { prompts }: Asking,
): Promise<readonly string[]> {
  const empty = required ? 'at least one name' : 'names, or nothing';
  const answer = await prompts.text({
    message: `${WHAT[kind]} (${empty}; commas between them)`,
    flag: `--${kind}`,
    validate: (text) => verdict(namesProblem(kind, splitNames(text), required)),
  });
  return splitNames(answer);
}

function namesProblem(
  kind: SymbolKind,
  names: readonly string[],
  required: boolean,
): string | null {
  if (required && names.length === 0) return 'a plugin needs a source, a sink or a function';
  const before: PluginSymbol[] = [];
  for (const name of names) {
    const problem = symbolProblem({ kind, name }, before);
    if (problem !== null) return `"${name}" ${problem}`;
    before.push({ kind, name });
  }
  return null;
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function hasSymbols(flags: InitFlags): boolean {
  return flags.source.length + flags.sink.length + flags.function.length > 0;
}

function verdict(problem: string | null): true | string {
  return problem ?? true;
}
