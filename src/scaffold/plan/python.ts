import { FOLDER_OF, type SymbolKind } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import { type Fragment, render, type Templates } from '../templates.ts';
import { describe, readmeFragments } from './documents.ts';
import { type LanguageKit, type NamedSymbol, ofKind, type PlannedFile } from './language-kit.ts';

/**
 * The module with the workaround of docs/ekuiper.md#workaround-in-the-plugin; lint rules recognize the workaround by
 * this name.
 */
export const WORKAROUND_MODULE = 'ekuiper_update_workaround';

const WORKAROUND_FILE = `${WORKAROUND_MODULE}.py`;
export const WORKAROUND_IMPORT = `import ${WORKAROUND_MODULE}`;
const WORKAROUND_CALL = `${WORKAROUND_MODULE}.install(CONFIG)`;

/** The call of the workaround in projects of an earlier `init`; they keep that file. */
export const EARLIER_WORKAROUND = /\bekuiper_update_cure\.install\b/;

/** The line that imports a symbol's class into main.py. */
export function pythonImport({ code }: NamedSymbol): string {
  return `from symbols.${code.file} import ${code.pascal}`;
}

/** The entry of a symbol in its dictionary of PluginConfig. */
export function pythonEntry({ name, code }: NamedSymbol): string {
  return `"${name}": ${code.pascal},`;
}

const SHARED = ['symbols/__init__.py', 'tests/__init__.py'] as const;

const SHARED_BY_KIND: Record<SymbolKind, readonly string[]> = {
  source: ['symbols/settings.py'],
  sink: ['symbols/rows.py'],
  function: [],
};

export const PYTHON: LanguageKit = {
  manifestLanguage: 'python',
  executable: () => 'main.py',
  mainFile: 'main.py',
  fileName: ({ code }) => code.file,
  acknowledges: true,
  projectFiles(answers, symbols, templates) {
    const copied = (path: string, template = path): PlannedFile => ({
      path,
      text: templates.text(template),
    });
    return [
      { path: 'main.py', text: mainProgram(answers, symbols, templates) },
      copied('tests/test_plugin.py'),
      copied(WORKAROUND_FILE),
      copied('requirements.txt'),
      copied('.gitignore', 'gitignore'),
      copied('.kpluginignore', 'kpluginignore'),
      { path: 'README.md', text: readme(answers, symbols, templates) },
    ];
  },
  sharedFiles(kind, templates, main) {
    // A program of another origin gets it with its first function (register-python.ts).
    const isWanted = main.includes(WORKAROUND_MODULE) || kind === 'function';
    const workaround = isWanted && !EARLIER_WORKAROUND.test(main) ? [WORKAROUND_FILE] : [];
    const paths = [...SHARED, ...SHARED_BY_KIND[kind], ...workaround];
    return paths.map((path) => ({ path, text: templates.text(path) }));
  },
  symbolFiles(symbol, templates) {
    const { code, kind, name } = symbol;
    const values = { symbol: name, module: code.file, class: code.pascal };
    return [
      {
        path: `symbols/${code.file}.py`,
        text: render(templates.text(`symbols/${kind}.py`), values),
      },
      {
        path: `tests/test_${code.file}.py`,
        text: render(templates.text(`tests/test_${kind}.py`), values),
      },
    ];
  },
  editor: {
    settings: {
      'python.testing.unittestEnabled': true,
      'python.testing.unittestArgs': ['-s', '.', '-p', 'test_*.py'],
    },
    extensions: ['ms-python.python'],
  },
};

function mainProgram(
  answers: Answers,
  symbols: readonly NamedSymbol[],
  templates: Templates,
): string {
  const imports = [WORKAROUND_IMPORT, ...symbols.map(pythonImport).sort()];
  return render(templates.text('main.py'), {
    name: answers.name,
    description: describe(answers).en,
    imports: { code: imports.join('\n') },
    sources: dictionary('source', symbols),
    sinks: dictionary('sink', symbols),
    functions: dictionary('function', symbols),
    workaround: { code: `    ${WORKAROUND_CALL}` },
  });
}

function dictionary(kind: SymbolKind, symbols: readonly NamedSymbol[]): Fragment {
  const entries = ofKind(symbols, kind).map((symbol) => `        ${pythonEntry(symbol)}\n`);
  if (entries.length === 0) return { code: `    ${FOLDER_OF[kind]}={},` };
  return { code: `    ${FOLDER_OF[kind]}={\n${entries.join('')}    },` };
}

const WORKAROUND_SECTION = `
## Updates

eKuiper and the SDK lose functions, sinks and rows when a plugin in Python is updated or its rules start again.
\`${WORKAROUND_FILE}\` works around that; its first lines say how. Keep it in the package.`;

function readme(answers: Answers, symbols: readonly NamedSymbol[], templates: Templates): string {
  return render(templates.text('README.md'), {
    ...readmeFragments(answers, symbols),
    workaroundRow: {
      code: `| \`${WORKAROUND_FILE}\` | keeps the plugin running over updates |`,
    },
    workaround: { code: WORKAROUND_SECTION },
  });
}
