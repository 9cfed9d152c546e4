import { SDK_PACKAGE } from '../../model/plugin/node-package.ts';
import { nodePackageOf } from '../subject/built-by-pack.ts';
import { executablePath } from '../subject/executable-value.ts';
import { readManifest } from '../subject/manifest.ts';
import type { Subject, TextFile } from '../subject/subject.ts';
import { type ProgramConfig, readConfig } from './config/config.ts';
import { GO_CONFIG } from './config/go-config.ts';
import { PYTHON_CONFIG } from './config/python-config.ts';
import { TYPESCRIPT_CONFIG } from './config/typescript-config.ts';
import type { Language } from './tokens/grammars.ts';

/** The main program's source and what it registers with the SDK. */
export interface MainProgram {
  readonly language: Language;
  readonly file: TextFile;
  readonly config: ProgramConfig;
}

/** Limit in characters; hand-written main programs are shorter. */
const MOST_CHARACTERS = 256 * 1024;

const programs = new WeakMap<Subject, Promise<MainProgram | null>>();

/**
 * Finds the main program: the executable of a Python plugin, the usual file of a Go or TypeScript project. Null when it
 * does not exist (a zip has no such source) or when its `PluginConfig` or `PluginDefinition` is not a literal.
 */
export function mainProgramOf(subject: Subject): Promise<MainProgram | null> {
  const known = programs.get(subject) ?? findMainProgram(subject);
  programs.set(subject, known);
  return known;
}

async function findMainProgram(subject: Subject): Promise<MainProgram | null> {
  const language = await programLanguage(subject);
  if (language === null) return null;
  for (const path of mainFiles(subject, language)) {
    const file = await subject.text(path);
    if (!file || file.source.text.length > MOST_CHARACTERS) continue;
    const config = readConfig(CONFIGS[language], file.source.text);
    if (config) return { language, file, config };
  }
  return null;
}

const CONFIGS = {
  go: GO_CONFIG,
  python: PYTHON_CONFIG,
  typescript: TYPESCRIPT_CONFIG,
} as const;

/** The language of the program; the manifest of a TypeScript project says "go" too. */
async function programLanguage(subject: Subject): Promise<Language | null> {
  const language = readManifest(subject)?.info.language;
  if (language === 'python') return language;
  if (language !== 'go') return null;
  const found = await nodePackageOf(subject);
  return found?.needs.includes(SDK_PACKAGE) ? 'typescript' : 'go';
}

/** Possible paths of the main program's source, the most likely first. */
export function mainFiles(subject: Subject, language: Language): readonly string[] {
  const executable = executablePath(subject);
  if (language === 'python') return executable === null ? [] : [executable];
  const { name, view } = subject;
  if (view.form === 'zip') return [];
  if (language === 'typescript') return ['src/plugin.ts', 'src/main.ts', 'src/index.ts'];
  return ['main.go', `${name}.go`, 'plugin.go', `cmd/${name}/main.go`, 'cmd/main.go'];
}
