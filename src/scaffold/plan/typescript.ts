import { compareText } from '../../model/finding.ts';
import { FOLDER_OF, type SymbolKind } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import { type Fragment, render, renderJson, type Templates } from '../templates.ts';
import { describe, readmeFragments } from './documents.ts';
import { type LanguageKit, type NamedSymbol, ofKind, type PlannedFile } from './language-kit.ts';

/** File name of a symbol's module, without extension. */
const fileName = ({ code }: NamedSymbol): string => code.file.replaceAll('_', '-');

/** The export of a symbol's module: a class, instantiated for each rule, or the function. */
const exported = ({ code, kind }: NamedSymbol): string =>
  kind === 'function' ? code.camel : code.pascal;

/** The import path of a symbol in src/plugin.ts. */
export function typescriptPath(symbol: NamedSymbol): string {
  return `./${fileName(symbol)}.ts`;
}

/** The line that imports a symbol into src/plugin.ts. */
export function typescriptImport(symbol: NamedSymbol): string {
  return `import { ${exported(symbol)} } from '${typescriptPath(symbol)}';`;
}

/** The entry of a symbol in its object of PluginDefinition. */
export function typescriptEntry(symbol: NamedSymbol): string {
  return `${keyOf(symbol.name)}: ${exported(symbol)},`;
}

/** Formatted as formatters do, so that `add` and a formatter do not undo each other's changes. */
function keyOf(name: string): string {
  // In any other notation `__proto__` would set the object's prototype.
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
}

/** Folders of the project, whose names a program in its root cannot have. */
const FOLDERS = ['src', 'tests', 'build', 'node_modules'];

const executable = (pluginName: string): string =>
  FOLDERS.includes(pluginName.toLowerCase()) ? `${pluginName}.cjs` : pluginName;

export const TYPESCRIPT: LanguageKit = {
  manifestLanguage: 'go',
  executable,
  mainFile: 'src/plugin.ts',
  fileName,
  acknowledges: true,
  projectFiles(answers, symbols, templates) {
    const description = describe(answers).en;
    const values = { name: answers.name, executable: executable(answers.name), description };
    const rendered = (path: string, template = path): PlannedFile => ({
      path,
      text: render(templates.text(template), values),
    });
    return [
      {
        path: 'package.json',
        text: renderJson(templates.text('package.json'), { ...values, sdk: answers.sdk }),
      },
      { path: 'tsconfig.json', text: templates.text('tsconfig.json') },
      rendered('src/main.ts'),
      { path: 'src/plugin.ts', text: definition(answers, symbols, templates) },
      { path: 'tests/run.mjs', text: templates.text('tests/run.mjs') },
      rendered('tests/plugin.test.ts'),
      rendered('.gitignore', 'gitignore'),
      { path: '.kpluginignore', text: templates.text('kpluginignore') },
      {
        path: 'README.md',
        text: render(templates.text('README.md'), {
          ...readmeFragments(answers, symbols),
          executable: values.executable,
          update: { code: ofKind(symbols, 'function').length > 0 ? `\n${UPDATE_SECTION}` : '' },
        }),
      },
    ];
  },
  sharedFiles: () => [],
  symbolFiles(symbol, templates) {
    const { code, kind, name } = symbol;
    const file = fileName(symbol);
    const values = { symbol: name, type: code.camel, Type: code.pascal, file };
    return [
      { path: `src/${file}.ts`, text: render(templates.text(`src/${kind}.ts`), values) },
      {
        path: `tests/${file}.test.ts`,
        text: render(templates.text(`tests/${kind}.test.ts`), values),
      },
    ];
  },
  editor: {
    // The compiler that the build uses, not VS Code's own.
    settings: { 'typescript.tsdk': 'node_modules/typescript/lib' },
    extensions: [],
  },
};

function definition(
  answers: Answers,
  symbols: readonly NamedSymbol[],
  templates: Templates,
): string {
  return render(templates.text('src/plugin.ts'), {
    name: answers.name,
    imports: { code: inOrder(symbols).map(typescriptImport).join('\n') },
    sources: object('source', symbols),
    sinks: object('sink', symbols),
    functions: object('function', symbols),
  });
}

/** Sorted by module, as formatters sort imports. */
function inOrder(symbols: readonly NamedSymbol[]): readonly NamedSymbol[] {
  return [...symbols].sort((a, b) => compareText(typescriptPath(a), typescriptPath(b)));
}

function object(kind: SymbolKind, symbols: readonly NamedSymbol[]): Fragment {
  const entries = ofKind(symbols, kind).map((symbol) => `    ${typescriptEntry(symbol)}\n`);
  if (entries.length === 0) return { code: `  ${FOLDER_OF[kind]}: {},` };
  return { code: `  ${FOLDER_OF[kind]}: {\n${entries.join('')}  },` };
}

const UPDATE_SECTION = `## Updates

After an update eKuiper starts only one of the plugin's functions again and calls of the others time out
(lf-edge/ekuiper #3784, #4077). The SDK works around that: at its start the plugin connects all functions that
eKuiper still waits for.`;
