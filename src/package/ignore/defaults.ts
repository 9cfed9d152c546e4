/** The properties of a project that decide which default rules apply. */
export interface ProjectTraits {
  /** `language` of the manifest; null when it cannot be read. */
  readonly language: string | null;
  /** The project has a `go.mod` in its root: the executable is built, and its sources are not needed at run time. */
  readonly hasGoModule: boolean;
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
];

/**
 * Patterns of files that no plugin needs at run time. Conservative: what some plugin may need stays in
 * (`node_modules` of a JavaScript plugin, vendored wheels, `*.pyc` outside `__pycache__`).
 */
export function defaultPatterns({ language, hasGoModule }: ProjectTraits): readonly string[] {
  const built = language === 'go' && hasGoModule;
  return [
    ...ALWAYS,
    ...(built ? GO_SOURCES : []),
    ...(built || language === 'python' ? ['node_modules/'] : []),
  ];
}
