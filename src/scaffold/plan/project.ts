import { compareText } from '../../model/finding.ts';
import type { SymbolKind } from '../../model/symbol.ts';
import type { Answers, Language } from '../answers.ts';
import type { Templates } from '../templates.ts';
import { caseFile, metadataFiles } from './documents.ts';
import { GO } from './go.ts';
import {
  kindsOf,
  type LanguageKit,
  type NamedSymbol,
  nameSymbols,
  ofKind,
  type PlannedFile,
} from './language-kit.ts';
import { PYTHON } from './python.ts';
import { TYPESCRIPT } from './typescript.ts';

const SCHEMA_FOLDER = '.vscode/kplugin';

const SYMBOL_FILES = {
  source: '/sources/*.json',
  sink: '/sinks/*.json',
  function: '/functions/*.json',
} as const;

/** The kit of every language that has templates. */
export const KITS: Readonly<Record<Language, LanguageKit>> = {
  python: PYTHON,
  go: GO,
  typescript: TYPESCRIPT,
};

/** Every file of a new project, sorted by path; the same answers and templates always give the same bytes. */
export function planProject(answers: Answers, templates: Templates): readonly PlannedFile[] {
  const kit = KITS[answers.language];
  const symbols = nameSymbols(answers.symbols);
  const shared = kindsOf(symbols).flatMap((kind) => kit.sharedFiles(kind, templates, ''));
  const files = [
    { path: `${answers.name}.json`, text: manifest(answers, kit, symbols) },
    ...kit.projectFiles(answers, symbols, templates),
    ...shared,
    ...symbols.flatMap((symbol) => [
      ...kit.symbolFiles(symbol, templates),
      ...metadataFiles(symbol, answers, templates),
      caseFile(symbol, kit, templates),
    ]),
    ...editorFiles(answers.name, kit, templates),
  ];
  const byPath = new Map(files.map((file) => [file.path, file]));
  return [...byPath.values()].sort((a, b) => compareText(a.path, b.path));
}

/** Each list on one line, because `add` appends to it. */
function manifest(answers: Answers, kit: LanguageKit, symbols: readonly NamedSymbol[]): string {
  const names = (kind: SymbolKind): string =>
    `[${ofKind(symbols, kind)
      .map(({ name }) => JSON.stringify(name))
      .join(', ')}]`;
  return [
    '{',
    `  "version": ${JSON.stringify(answers.version)},`,
    `  "language": ${JSON.stringify(kit.manifestLanguage)},`,
    `  "executable": ${JSON.stringify(kit.executable(answers.name))},`,
    `  "sources": ${names('source')},`,
    `  "sinks": ${names('sink')},`,
    `  "functions": ${names('function')}`,
    '}',
    '',
  ].join('\n');
}

/**
 * Settings with which VS Code completes and checks every JSON and YAML file of the project. The schemas are copied into
 * the project: eKuiper's manager would read a `$schema` in the files themselves.
 */
function editorFiles(pluginName: string, kit: LanguageKit, templates: Templates): PlannedFile[] {
  // VS Code matches only the end of the path, and a symbol may have the plugin's name.
  const exceptions = Object.values(SYMBOL_FILES).map((files) => `!${files}`);
  const matches = {
    manifest: [`/${pluginName}.json`, ...exceptions],
    source: [SYMBOL_FILES.source],
    sink: [SYMBOL_FILES.sink],
    function: [SYMBOL_FILES.function],
    cases: ['/tests/*.json'],
  };
  const settings = {
    'json.schemas': Object.entries(matches).map(([kind, fileMatch]) => ({
      fileMatch,
      url: `./${SCHEMA_FOLDER}/${kind}.schema.json`,
    })),
    'yaml.schemas': {
      [`./${SCHEMA_FOLDER}/source-config.schema.json`]: '/sources/*.yaml',
      [`./${SCHEMA_FOLDER}/cases.schema.json`]: ['/tests/*.yaml', '/tests/*.yml'],
    },
    ...kit.editor.settings,
  };
  const extensions = { recommendations: [...kit.editor.extensions, 'redhat.vscode-yaml'] };
  return [
    { path: '.vscode/settings.json', text: `${JSON.stringify(settings, null, 2)}\n` },
    { path: '.vscode/extensions.json', text: `${JSON.stringify(extensions, null, 2)}\n` },
    ...[...templates.schemas].map(([name, text]) => ({ path: `${SCHEMA_FOLDER}/${name}`, text })),
  ];
}
