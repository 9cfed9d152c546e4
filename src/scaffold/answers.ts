import { EXIT, KpluginError } from '../model/error.ts';
import { type PluginSymbol, SYMBOL_KINDS } from '../model/symbol.ts';
import { pluginNameProblem, symbolProblem } from './name-check.ts';

const AUTHOR = /^([^<>()]*)(?:<([^<>]*)>\s*)?(?:\(([^()]*)\))?$/;
export const DEFAULT_VERSION = '0.1.0';
const VERSION = /^[0-9A-Za-z][0-9A-Za-z._+-]{0,63}$/;

/** Names of files in a TypeScript project that the manifest would replace. */
const NPM_FILES = ['package', 'package-lock', 'tsconfig'];

/** The languages that `init` has templates for. */
export const LANGUAGES = ['python', 'go', 'typescript'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Answers from prompts or flags, not yet validated. */
export interface RawAnswers {
  readonly name: string;
  readonly language: Language;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly functions: readonly string[];
  readonly version: string;
  /** `Name <email> (website)` or empty. */
  readonly author: string;
  /** One line or empty. */
  readonly description: string;
  /** npm's spec for kplugin, which holds the TypeScript SDK: a version range or a path. */
  readonly sdk: string;
}

/** The author of the plugin, as symbol files name them (docs/files.md#about); unknown parts are empty. */
export interface Author {
  readonly name: string;
  readonly email: string;
  readonly website: string;
}

/** The validated answers that determine a new project. */
export interface Answers {
  readonly name: string;
  readonly language: Language;
  readonly symbols: readonly PluginSymbol[];
  readonly version: string;
  readonly author: Author;
  /** Empty when there is no description. */
  readonly description: string;
  /** npm's spec for kplugin; used by TypeScript projects only. */
  readonly sdk: string;
}

/** The version becomes part of the package's file name, so it is restricted; eKuiper accepts any text. */
export function versionProblem(version: string): string | null {
  if (VERSION.test(version)) return null;
  return 'may only hold letters, digits, ".", "_", "+" and "-", at most 64';
}

/** Why a text is not valid as author, or null. */
export function authorProblem(author: string): string | null {
  return parseAuthor(author) && oneLine(author) ? null : 'has the form: Name <email> (website)';
}

/** Why a text is not valid as description, or null. */
export function descriptionProblem(description: string): string | null {
  return oneLine(description) ? null : 'has to be one line';
}

/**
 * Validates answers by the same rules that prompts use while typing. Throws KpluginError (exit 2) that names the flag
 * of the first invalid answer.
 */
export function parseAnswers(raw: RawAnswers): Answers {
  refuse('--name', raw.name, pluginNameProblem(raw.name) ?? fileProblem(raw));
  refuse('--plugin-version', raw.version, versionProblem(raw.version));
  return {
    name: raw.name,
    language: raw.language,
    symbols: parseSymbols(raw),
    version: raw.version,
    sdk: parseSdk(raw.sdk),
    ...parseCredits(raw),
  };
}

/** Validates author and description as {@link parseAnswers} does. */
export function parseCredits(
  raw: Pick<RawAnswers, 'author' | 'description'>,
): Pick<Answers, 'author' | 'description'> {
  refuse('--author', raw.author, authorProblem(raw.author));
  refuse('--description', raw.description, descriptionProblem(raw.description));
  return {
    author: parseAuthor(raw.author) ?? { name: '', email: '', website: '' },
    description: raw.description.trim(),
  };
}

function fileProblem({ name, language }: RawAnswers): string | null {
  if (language !== 'typescript' || !NPM_FILES.includes(name.toLowerCase())) return null;
  return `would make ${name}.json its manifest, which is a file of npm or TypeScript`;
}

function parseSdk(text: string): string {
  const sdk = text.trim();
  refuse('--sdk', text, sdk !== '' && oneLine(sdk) ? null : 'is nothing that npm can install');
  return sdk;
}

function parseSymbols(raw: RawAnswers): readonly PluginSymbol[] {
  const names = { source: raw.sources, sink: raw.sinks, function: raw.functions };
  const symbols: PluginSymbol[] = [];
  for (const kind of SYMBOL_KINDS) {
    for (const name of names[kind]) {
      refuse(`--${kind}`, name, symbolProblem({ kind, name }, symbols));
      symbols.push({ kind, name });
    }
  }
  if (symbols.length > 0) return symbols;
  throw new KpluginError({
    code: 'missing-flag',
    exit: EXIT.usage,
    message: 'a plugin needs at least one source, sink or function',
    reason: 'eKuiper refuses a plugin that brings none',
    hint: 'add --source <name>, --sink <name> or --function <name>; each can be given several times',
  });
}

function refuse(flag: string, value: string, problem: string | null): void {
  if (problem === null) return;
  throw new KpluginError({
    code: 'invalid-answer',
    exit: EXIT.usage,
    message: `${flag} "${value}" ${problem}`,
    hint: `give another value to ${flag}`,
  });
}

// Control characters would end a comment or a string in the written files; half a surrogate pair is not valid text.
function oneLine(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}

/** Parses npm's `Name <email> (website)`, each part optional; null when the text has another form. */
function parseAuthor(text: string): Author | null {
  const match = AUTHOR.exec(text.trim());
  if (!match) return null;
  const [, name = '', email = '', website = ''] = match;
  return { name: name.trim(), email: email.trim(), website: website.trim() };
}
