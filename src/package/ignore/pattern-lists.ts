import { ignorePattern } from '../../model/clean-path.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { parseForeignJson } from '../../model/json/bounded.ts';

export const IGNORE_FILE = '.kpluginignore';

export const CONFIG_FILE = '.kplugin.json';

/** The packing rules of the project itself. */
export interface ProjectLists {
  /** The lines of `.kpluginignore`, without line ends. */
  readonly ignoreLines: readonly string[];
  /** The allow-list of `.kplugin.json`; null when it has none and everything is included. */
  readonly files: readonly string[] | null;
}

/**
 * Limits of a list: each pattern is matched with each path, and each `*` multiplies the ways to match; longer lists
 * would take minutes.
 */
const MOST = { patterns: 2000, characters: 1000, stars: 6, starsInName: 3 } as const;

/**
 * Parses the project's two lists; null stands for a missing file. Throws when `.kplugin.json` is invalid, or when a
 * list exceeds the limits, because ignoring a list would pack the wrong files.
 */
export function projectLists(ignoreText: string | null, configText: string | null): ProjectLists {
  const text = (ignoreText ?? '').replace(/^\uFEFF/, '');
  const lines = text === '' ? [] : text.split(/\r\n|\n|\r/);
  const ignoreLines = lines.map((line) => (line.startsWith('#') ? '' : line));
  const files = configText === null ? null : allowList(configText);
  const fault = listFault(ignoreLines);
  if (fault !== null) throw unusable(IGNORE_FILE, fault);
  const filesFault = listFault(files ?? []);
  if (filesFault !== null) throw unusable(CONFIG_FILE, `"files": ${filesFault}`);
  return { ignoreLines, files };
}

/** The reason why a list of patterns cannot be applied; null when it can. */
function listFault(patterns: readonly string[]): string | null {
  const written = patterns.filter((pattern) => pattern.trim() !== '').length;
  if (written > MOST.patterns) {
    return `it has ${written} patterns, and kplugin takes ${MOST.patterns} at most`;
  }
  const index = patterns.findIndex(isIntricate);
  if (index < 0) return null;
  return `pattern ${index + 1} is longer than ${MOST.characters} characters, or has more than ${MOST.starsInName} "*" in one name or ${MOST.stars} in all`;
}

function isIntricate(pattern: string): boolean {
  if (pattern.length > MOST.characters) return true;
  const names = pattern.split('/').map((name) => name.split(/\*+/).length - 1);
  const all = names.reduce((sum, stars) => sum + stars, 0);
  return all > MOST.stars || names.some((stars) => stars > MOST.starsInName);
}

function allowList(text: string): readonly string[] | null {
  const config = objectIn(text);
  if (!('files' in config)) return null;
  const { files } = config;
  if (!Array.isArray(files) || !files.every((item) => typeof item === 'string')) {
    throw invalid('"files" must be a list of patterns, such as ["lib/", "*.py"]');
  }
  return files;
}

function objectIn(text: string): object {
  const config = parse(text);
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config;
  throw invalid('it must be a JSON object, such as {"files": ["lib/", "*.py"]}');
}

/**
 * The command `build` of `.kplugin.json`: program and arguments; null when there is none. Throws when it is no list of
 * texts.
 */
export function ownBuild(configText: string | null): readonly [string, ...string[]] | null {
  const config = configText === null ? {} : objectIn(configText);
  if (!('build' in config)) return null;
  const { build } = config;
  const words: readonly unknown[] = Array.isArray(build) ? build : [];
  const [program, ...args] = words.filter((word) => typeof word === 'string');
  if (program && args.length === words.length - 1) return [program, ...args];
  throw invalid(
    '"build" must be a list of a program and its arguments, such as ["make", "plugin"]',
  );
}

function parse(text: string): unknown {
  try {
    return parseForeignJson(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function invalid(reason: string, cause?: unknown): KpluginError {
  return unusable(CONFIG_FILE, reason, cause);
}

function unusable(file: string, reason: string, cause?: unknown): KpluginError {
  return new KpluginError({
    code: 'project-config-invalid',
    exit: EXIT.usage,
    message: `${file} of the project cannot be used`,
    reason,
    hint: `correct ${file}, or delete it to pack everything that no rule leaves out`,
    cause,
  });
}

/** Files that operating systems and archivers create besides others; no plugin reads them. */
export const JUNK: readonly string[] = [
  '.DS_Store',
  '._*',
  '__MACOSX/',
  'Thumbs.db',
  'desktop.ini',
];

const ALWAYS: readonly string[] = [
  ...JUNK,
  '.svn/',
  '.hg/',
  '.gitignore',
  '.gitattributes',
  '.gitmodules',
  '.github/',
  '.gitlab-ci.yml',
  '.editorconfig',
  '.dockerignore',
  '.kpluginignore',
  '.kplugin.json',
  '.kplugin-init',
  '.kplugin-add.lock*',
  // Left behind by a killed `add`.
  '*.kplugin-[0-9]*',
  '.vscode/',
  '.idea/',
  '*.swp',
  '*~',
  '__pycache__/',
  '.pytest_cache/',
  '.mypy_cache/',
  '.ruff_cache/',
  '.tox/',
  '.nox/',
  '.venv/',
  'venv/',
  '.coverage',
];

const GO_SOURCES: readonly string[] = [
  '*.go',
  '/go.mod',
  '/go.sum',
  '/go.work',
  '/go.work.sum',
  '/vendor/',
  '/*.exe',
];

/** The properties of a project that decide which default rules apply. */
interface ProjectTraits {
  /** `language` of the manifest; null when it cannot be read. */
  readonly language: string | null;
  /** The project has a `go.mod` in its root: the executable is built, and its sources are not needed at run time. */
  readonly hasGoModule: boolean;
  /** Folders in the root that hold a `pyvenv.cfg`, which marks a virtual environment (PEP 405). */
  readonly environments: readonly string[];
}

/** How many virtual environments of one project are left out by their mark. */
const MOST_ENVIRONMENTS = 20;

/**
 * Patterns of files that no plugin needs at run time. Conservative: what some plugin may need stays in
 * (`node_modules` of a JavaScript plugin, vendored wheels, `*.pyc` outside `__pycache__`).
 */
export function defaultPatterns({
  language,
  hasGoModule,
  environments,
}: ProjectTraits): readonly string[] {
  const built = language === 'go' && hasGoModule;
  return [
    ...ALWAYS,
    ...environments.slice(0, MOST_ENVIRONMENTS).map((name) => `/${ignorePattern(name)}/`),
    ...(built ? GO_SOURCES : []),
    ...(built || language === 'python' ? ['node_modules/'] : []),
  ];
}
