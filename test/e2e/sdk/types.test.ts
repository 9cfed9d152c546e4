import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = path.resolve('.');

/** A plugin's source as an author writes it, in every way that the API page shows. */
const GOOD = `
import {
  type Batch, type Config, type FunctionSymbol, type Sink, type SinkContext, type Source, type SourceContext,
  defineSink, defineSource, settings, startPlugin, toBytes,
} from 'kplugin/sdk';
import { callFunction, collectRows, feedSink } from 'kplugin/sdk/testing';

interface Options { readonly pace: number }
class Ticker implements Source<Options> {
  configure(config: Config): Options { return { pace: settings(config).number('pace', 1, { min: 1 }) }; }
  async open({ config, emit, signal }: SourceContext<Options>): Promise<void> {
    while (!signal.aborted) await emit({ pace: config.pace });
  }
}
class Plain implements Source {
  open({ config, emit }: SourceContext): Promise<void> { return emit({ raw: config['raw'] }); }
}
class Writer implements Sink<Options> {
  configure(config: Config): Options { return { pace: Number(config['pace']) }; }
  collect(batch: Batch, { config, log }: SinkContext<Options>): void { log.info(batch.text, config.pace); }
}
const reverse: FunctionSymbol = {
  validate: (args) => (args.length === 1 ? '' : 'one'),
  exec: ([text]) => String(text),
};
class Counter { exec(args: readonly unknown[]): number { return args.length; } }

startPlugin({
  name: 'types',
  logLevel: 'debug',
  sources: {
    ticker: Ticker,
    plain: Plain,
    made: () => new Ticker(),
    literal: { async open({ emit, config, dataSource }) { await emit({ ...config, dataSource }, { topic: 1 }); } },
    factory: () => ({ open({ log }) { log.info('open'); } }),
    defined: defineSource({
      configure: (config) => Number(config['n']),
      open: ({ config, emit }) => emit({ n: config.toFixed(1) }),
    }),
  },
  sinks: {
    writer: Writer,
    literal: { collect: ({ rows }, { log }) => log.info(String(rows.length)) },
    defined: defineSink({ configure: () => 'a', collect: (_batch, { config }) => void config.length }),
  },
  functions: {
    reverse,
    counter: Counter,
    plain: ([bytes]) => toBytes(bytes),
    later: async (_args, context) => context.rule.ruleId,
    throwing: { exec: () => 1, validate(args) { if (args.length > 1) throw new Error('no'); }, isAggregate: true },
  },
});
export const rows: Promise<object[]> = collectRows(Ticker, { count: 1, config: { pace: 1 } });
export const acks: Promise<(string | null)[]> = feedSink(Writer, { batches: [[{ a: 1 }], 'x'] });
export const result: Promise<unknown> = callFunction(reverse, ['a']);
`;

/** Mistakes, and what the compiler says to them. */
const BAD: readonly (readonly [string, RegExp])[] = [
  [
    "class A implements Source<{ n: number }> { open() {} }\nstartPlugin({ name: 'a', sources: { a: A } });",
    /configure/,
  ],
  [
    "class A { open(context: SourceContext<{ n: number }>) { context.config.n; } }\nstartPlugin({ name: 'a', sources: { a: A } });",
    /not assignable/,
  ],
  [
    "startPlugin({ name: 'a', sources: { a: { open: ({ emit }) => emit(1) } } });",
    /not assignable to parameter of type 'object'/,
  ],
  ["startPlugin({ name: 'a', sinks: { a: { open() {} } } });", /collect/],
  [
    "startPlugin({ name: 'a', functions: { a: { exec: ([n]) => n.length } } });",
    /'n' is of type 'unknown'/,
  ],
  [
    "startPlugin({ name: 'a', functions: { a: { exec: () => 1, validate: (args) => args.length === 1 } } });",
    /boolean/,
  ],
  ['startPlugin({ sources: {} });', /name/],
];

const MODES = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
} as const;

/** What the compiler says to each of the sources. */
function diagnose(
  sources: readonly string[],
  mode: keyof typeof MODES,
  libraries: ts.CompilerOptions,
): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'kpsdk-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, 'node_modules/@types'), { recursive: true });
  symlinkSync(ROOT, path.join(folder, 'node_modules/kplugin'));
  for (const needed of ['@types/node', 'undici-types']) {
    symlinkSync(path.join(ROOT, 'node_modules', needed), path.join(folder, 'node_modules', needed));
  }
  ts.sys.writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  const files = sources.map((source, index) => {
    const file = path.join(folder, `plugin${index}.ts`);
    ts.sys.writeFile(file, source);
    return file;
  });
  const diagnostics = ts.getPreEmitDiagnostics(
    ts.createProgram(files, { ...STRICT, ...MODES[mode], ...libraries }),
  );
  const words = (found: readonly ts.Diagnostic[]) =>
    found.map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n')).join('\n');
  const elsewhere = diagnostics.filter((one) => !files.includes(one.file?.fileName ?? ''));
  expect(words(elsewhere)).toBe('');
  return files.map((file) => words(diagnostics.filter((one) => one.file?.fileName === file)));
}

const STRICT: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: false,
  noEmit: true,
};

const NODE = { lib: ['lib.es2022.d.ts'], types: ['node'] };
const BROWSER = { lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] };

test.each(['nodenext', 'node16', 'bundler'] as const)(
  'the API page holds with the resolution of %s',
  (mode) => {
    expect(diagnose([GOOD], mode, NODE)).toEqual(['']);
  },
);

test('every example of the API page compiles', () => {
  const page = readFileSync('docs/sdk.md', 'utf8');
  const examples = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  expect(examples.length).toBeGreaterThanOrEqual(5);
  // The last one tests the symbols of the others.
  const [last = '', ...others] = examples.toReversed();
  const symbols = "import type { FunctionSpec, SinkSpec, SourceSpec } from 'kplugin/sdk';\n";
  const given =
    'declare const Ticker: SourceSpec, Writer: SinkSpec, reverse: FunctionSpec, path: string;\n';
  const sources = [...others, symbols + given + last];
  expect(diagnose(sources, 'bundler', NODE)).toEqual(sources.map(() => ''));
});

test('the types need nothing of Node but AbortSignal', () => {
  expect(diagnose([GOOD], 'bundler', BROWSER)).toEqual(['']);
});

test('mistakes are refused, each with words that name it', () => {
  const imports = "import { type Source, type SourceContext, startPlugin } from 'kplugin/sdk';\n";
  const sources = BAD.map(([source]) => imports + source);
  const found = diagnose(sources, 'bundler', NODE);
  expect(found).toEqual(BAD.map(([, message]) => expect.stringMatching(message)));
});

test('no any, and no file but the SDK itself', () => {
  const files = readdirSync('dist/sdk', { recursive: true, encoding: 'utf8' });
  const declarations = files.filter((file) => file.endsWith('.d.ts'));
  expect(declarations.length).toBeGreaterThan(5);
  for (const file of declarations) {
    const text = readFileSync(path.join('dist/sdk', file), 'utf8').replace(/\/\*.*?\*\//gs, '');
    expect([file, text]).toEqual([file, expect.not.stringMatching(/\bany\b/)]);
    for (const [, from = ''] of text.matchAll(/from '([^']*)'/g)) {
      const target = path.posix.join(path.posix.dirname(file), from).replace(/\.js$/, '.d.ts');
      expect(declarations).toContain(target);
    }
  }
});

test('the modules import nothing but Node', () => {
  for (const file of readdirSync('dist/sdk').filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(path.join('dist/sdk', file), 'utf8');
    for (const [, from] of text.matchAll(/^(?:import|export) .*? from "([^"]*)";/gms)) {
      expect(from).toMatch(/^(node:|\.\/)/);
    }
  }
});
