/** What the choice of default rules depends on. */
export interface ProjectTraits {
  /** `language` of the manifest; null when it cannot be read. */
  readonly language: string | null;
  /** A `go.mod` in the project's root: the executable is built, its sources are not needed to run it. */
  readonly hasGoModule: boolean;
}

/** What operating systems and archivers drop beside the files they touch; no plugin reads any of it. */
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
  // What a killed `add` leaves.
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
 * What no plugin needs at run time, chosen with care: what some plugin may need stays in
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
