import type { SymbolKind } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import { type Fragment, render, type Templates } from '../templates.ts';
import { describe, readmeFragments } from './documents.ts';
import { type LanguageKit, type NamedSymbol, ofKind, type PlannedFile } from './language-kit.ts';

const FACTORY: Record<SymbolKind, { readonly type: string; readonly api: string }> = {
  source: { type: 'sdk.NewSourceFunc', api: 'api.Source' },
  sink: { type: 'sdk.NewSinkFunc', api: 'api.Sink' },
  function: { type: 'sdk.NewFunctionFunc', api: 'api.Function' },
};

/** The field of sdk.PluginConfig for a kind. */
export const GO_FIELD: Record<SymbolKind, string> = {
  source: 'Sources',
  sink: 'Sinks',
  function: 'Functions',
};

/**
 * The entry of a symbol in its map of PluginConfig, without indentation. On three lines, so that gofmt never aligns it
 * with its neighbours and `add` can insert another one.
 */
export function goEntry({ kind, name, code }: NamedSymbol): readonly string[] {
  return [`"${name}": func() ${FACTORY[kind].api} {`, `\treturn &${code.camel}{}`, '},'];
}

/** The whole map of one kind, without indentation. */
export function goMap(kind: SymbolKind, symbols: readonly NamedSymbol[]): readonly string[] {
  const entries = symbols.flatMap(goEntry).map((line) => `\t${line}`);
  return [`${GO_FIELD[kind]}: map[string]${FACTORY[kind].type}{`, ...entries, '},'];
}

export const GO: LanguageKit = {
  manifestLanguage: 'go',
  executable: (pluginName) => pluginName,
  mainFile: 'main.go',
  fileName: ({ code }) => code.file,
  acknowledges: false,
  projectFiles(answers, symbols, templates) {
    const values = { name: answers.name, modulePath: `example.com/${answers.name}` };
    const rendered = (path: string, template = path): PlannedFile => ({
      path,
      text: render(templates.text(template), values),
    });
    return [
      { path: 'main.go', text: mainProgram(answers, symbols, templates) },
      rendered('go.mod'),
      { path: 'go.sum', text: templates.text('go.sum') },
      rendered('.gitignore', 'gitignore'),
      rendered('.kpluginignore', 'kpluginignore'),
      { path: 'README.md', text: readme(answers, symbols, templates) },
    ];
  },
  sharedFiles(kind, templates) {
    const names: Record<SymbolKind, readonly string[]> = {
      source: ['settings.go', 'context_test.go'],
      sink: ['settings.go', 'rows.go', 'context_test.go'],
      function: [],
    };
    return names[kind].map((path) => ({ path, text: templates.text(path) }));
  },
  symbolFiles(symbol, templates) {
    const { code, kind, name } = symbol;
    const values = { symbol: name, type: code.camel, Type: code.pascal };
    return [
      { path: `${code.file}.go`, text: render(templates.text(`${kind}.go`), values) },
      { path: `${code.file}_test.go`, text: render(templates.text(`${kind}_test.go`), values) },
    ];
  },
  editor: { settings: {}, extensions: ['golang.go'] },
};

function mainProgram(
  answers: Answers,
  symbols: readonly NamedSymbol[],
  templates: Templates,
): string {
  return render(templates.text('main.go'), {
    name: answers.name,
    description: describe(answers).en,
    sources: map('source', symbols),
    sinks: map('sink', symbols),
    functions: map('function', symbols),
  });
}

function map(kind: SymbolKind, symbols: readonly NamedSymbol[]): Fragment {
  const own = ofKind(symbols, kind);
  if (own.length === 0) return { code: '' };
  return {
    code: goMap(kind, own)
      .map((line) => `\t\t${line}`)
      .join('\n'),
  };
}

/**
 * How an update affects the functions of a Go plugin (docs/ekuiper.md#functions-after-an-update); the Go SDK allows no
 * workaround.
 */
export const GO_UPDATE_NOTE =
  'After an update of the plugin eKuiper starts only that function again which it started last; calls of any other ' +
  'time out until eKuiper is restarted. The Go SDK leaves no place to work around that.';

function readme(answers: Answers, symbols: readonly NamedSymbol[], templates: Templates): string {
  const hasFunctions = ofKind(symbols, 'function').length > 0;
  return render(templates.text('README.md'), {
    ...readmeFragments(answers, symbols),
    update: { code: hasFunctions ? `\n## Updates\n\n${GO_UPDATE_SECTION}` : '' },
  });
}

const GO_UPDATE_SECTION = `After an update of the plugin eKuiper starts only that function again which it started last. Calls
of any other fail with \`validate function … error: time out\` until eKuiper is restarted
(lf-edge/ekuiper #3784, #4077). The Go SDK leaves no place for a workaround in the plugin: with several
functions, restart eKuiper after an update. Sources and sinks are not affected.`;
