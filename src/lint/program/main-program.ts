import { SDK_PACKAGE } from '../../model/plugin/node-package.ts';
import type { SymbolFolder } from '../../model/symbol.ts';
import { nodePackageOf } from '../subject/built-by-pack.ts';
import { executablePath } from '../subject/executable-value.ts';
import { readManifest } from '../subject/manifest.ts';
import type { Subject, TextFile } from '../subject/subject.ts';
import type { ProgramConfig, Written } from './config/config.ts';
import { readPythonConfig } from './config/python-config.ts';
import { readTypeScriptConfig } from './config/typescript-config.ts';
import { goTokens } from './tokens/go-tokens.ts';
import { placesOf } from './tokens/places.ts';
import { insideBrackets, is, splitAt, splitPair, type Token } from './tokens/token.ts';

/** The fields of the Go SDK's `runtime.PluginConfig`. */
const FIELDS = { sources: 'Sources', sinks: 'Sinks', functions: 'Functions' } as const;

/** What the program is written in; the manifest of one in TypeScript says "go" as well. */
export type ProgramLanguage = 'go' | 'python' | 'typescript';

/** The main program's source and what it registers with the SDK. */
export interface MainProgram {
  readonly language: ProgramLanguage;
  readonly file: TextFile;
  readonly config: ProgramConfig;
}

/** Nobody writes a main program longer than that by hand. In characters. */
const MOST_CHARACTERS = 256 * 1024;

const programs = new WeakMap<Subject, Promise<MainProgram | null>>();

/**
 * Finds the main program: the executable of a Python plugin, the usual file of a Go or TypeScript project. Null when
 * it is not there (a zip holds no such source) or does not write out its `PluginConfig` or `PluginDefinition`.
 */
export function mainProgramOf(subject: Subject): Promise<MainProgram | null> {
  const known = programs.get(subject) ?? findMainProgram(subject);
  programs.set(subject, known);
  return known;
}

async function findMainProgram(subject: Subject): Promise<MainProgram | null> {
  const language = await programLanguage(subject);
  if (language === null) return null;
  const read = READ[language];
  for (const path of mainFiles(subject, language)) {
    const file = await subject.text(path);
    if (!file || file.source.text.length > MOST_CHARACTERS) continue;
    const config = read(file.source.text);
    if (config) return { language, file, config };
  }
  return null;
}

const READ = {
  go: readGoConfig,
  python: readPythonConfig,
  typescript: readTypeScriptConfig,
} as const;

async function programLanguage(subject: Subject): Promise<ProgramLanguage | null> {
  const language = readManifest(subject)?.info.language;
  if (language === 'python') return language;
  if (language !== 'go') return null;
  const found = await nodePackageOf(subject);
  return found?.needs.includes(SDK_PACKAGE) ? 'typescript' : 'go';
}

/** Where the main program's source may lie, most likely first. */
export function mainFiles(subject: Subject, language: ProgramLanguage): readonly string[] {
  const executable = executablePath(subject);
  if (language === 'python') return executable === null ? [] : [executable];
  const { name, view } = subject;
  if (view.form === 'zip') return [];
  if (language === 'typescript') return ['src/plugin.ts', 'src/main.ts', 'src/index.ts'];
  return ['main.go', `${name}.go`, 'plugin.go', `cmd/${name}/main.go`, 'cmd/main.go'];
}

/**
 * What a Go program's one `PluginConfig{…}` literal says, as far as it is written out; null when there is not exactly
 * one, or it is not eKuiper's. Fields that are left out are empty.
 */
export function readGoConfig(source: string): ProgramConfig | null {
  const tokens = goTokens(source);
  const literals = tokens.flatMap((token, index) => {
    return is(token, 'PluginConfig') && is(tokens[index + 1], '{') ? [index] : [];
  });
  const [literal] = literals;
  if (literal === undefined || literals.length > 1 || !importsSdk(tokens)) return null;
  const inside = insideBrackets(tokens, literal + 1);
  const fields = inside && fieldsOf(inside);
  const at = tokens[literal];
  if (!fields || !at) return null;
  const keys = (kind: SymbolFolder): readonly Written[] | null => {
    if (isChanged(tokens, FIELDS[kind])) return null;
    const value = fields.get(FIELDS[kind]);
    return value ? keysOf(tokens, value) : [];
  };
  const name = fields.get('Name');
  return {
    name: name ? textOf(tokens, name) : null,
    symbols: { sources: keys('sources'), sinks: keys('sinks'), functions: keys('functions') },
    at: { start: at.start, end: at.end },
  };
}

function importsSdk(tokens: readonly Token[]): boolean {
  return tokens.some(({ value }) => value?.endsWith('/sdk/go/runtime') ?? false);
}

/** Null when the literal has no field names. */
function fieldsOf(inside: readonly Token[]): Map<string, readonly Token[]> | null {
  const fields = new Map<string, readonly Token[]>();
  for (const part of splitAt(inside, ',')) {
    const pair = splitPair(part, ':');
    const [field, more] = pair?.key ?? [];
    if (!pair || field?.type !== 'name' || more) return null;
    fields.set(field.text, pair.value);
  }
  return fields;
}

/** `config.Sources[…] = …` or `config.Sources = …`. */
function isChanged(tokens: readonly Token[], field: string): boolean {
  return tokens.some((token, index) => is(token, field) && is(tokens[index - 1], '.'));
}

function textOf(all: readonly Token[], value: readonly Token[]): Written | null {
  const [only, more] = value;
  if (only === undefined || more) return null;
  if (only.type === 'name') {
    const constant = goConstant(all, only.text);
    return constant && textOf([], [constant]);
  }
  if (only.type !== 'string' || only.value === null) return null;
  return { value: only.value, start: only.start, end: only.end };
}

/** The text of a name that the file gives a value exactly once, by `name = "…"` or `name := "…"`. */
function goConstant(tokens: readonly Token[], name: string): Token | null {
  const own = placesOf(tokens, name).filter((index) => !is(tokens[index - 1], '.'));
  const assigned = own.filter((index) => isAssigned(tokens, index));
  const [at] = assigned;
  if (at === undefined || assigned.length > 1) return null;
  const next = [at + 2, at + 3].find((index) => tokens[index]?.type === 'string') ?? -1;
  return is(tokens[next + 1], '+') ? null : (tokens[next] ?? null);
}

function isAssigned(tokens: readonly Token[], index: number): boolean {
  const typed = is(tokens[index + 1], 'string') ? 2 : 1;
  return ['=', ':=', '+='].some((mark) => is(tokens[index + typed], mark));
}

function keysOf(all: readonly Token[], value: readonly Token[]): readonly Written[] | null {
  if (is(value[0], 'nil') && value.length === 1) return [];
  const open = is(value[0], 'map') ? value.findIndex((token) => is(token, '{')) : -1;
  const inside = open < 0 ? null : insideBrackets(value, open);
  if (inside === null || open + inside.length + 2 !== value.length) return null;
  const keys = splitAt(inside, ',').map((part) => {
    const pair = splitPair(part, ':');
    return pair && textOf(all, pair.key);
  });
  return keys.every((key) => key !== null) ? keys : null;
}
