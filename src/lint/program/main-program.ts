import {
  type NodePackage,
  parseNodePackage,
  SDK_PACKAGE,
} from '../../model/plugin/node-package.ts';
import { executablePath, readManifest } from '../subject/manifest.ts';
import type { Subject, TextFile } from '../subject/subject.ts';
import { type ProgramConfig, readConfig } from './config/config.ts';
import { GO_CONFIG } from './config/go-config.ts';
import { PYTHON_CONFIG } from './config/python-config.ts';
import { TYPESCRIPT_CONFIG } from './config/typescript-config.ts';
import type { Language } from './tokens/lexer.ts';

/** The main program's source and what it registers with the SDK. */
interface MainProgram {
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

/**
 * The command that builds the executable, which `kplugin pack` runs first: a Go module's build, or the build script of
 * a package.json. Null for a zip, and when the executable is not built.
 */
export async function buildCommand(subject: Subject): Promise<string | null> {
  const { view } = subject;
  const executable = executablePath(subject);
  if (executable === null || readManifest(subject)?.info.language !== 'go') return null;
  if ((await view.readProject('go.mod', 1)) !== null) {
    return `CGO_ENABLED=0 go build -o ${executable} .`;
  }
  return (await nodePackageOf(subject))?.build ? 'npm run build' : null;
}

const packages = new WeakMap<Subject, Promise<NodePackage | null>>();

/** The project's package.json; null for a zip, and when it is missing or unreadable. */
export function nodePackageOf(subject: Subject): Promise<NodePackage | null> {
  const known = packages.get(subject) ?? readPackage(subject);
  packages.set(subject, known);
  return known;
}

async function readPackage({ view }: Subject): Promise<NodePackage | null> {
  const bytes = await view.readProject('package.json');
  return bytes && parseNodePackage(new TextDecoder().decode(bytes));
}
