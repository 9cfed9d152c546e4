import { pathToFileURL } from 'node:url';
import { expect, it, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { type Tree, temporaryFolders } from '../../fixtures/tree.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnix, describeOnUnixWith } from '../../toolchain/require.ts';

/** A plugin of one symbol, right or broken in one way. */
interface Row {
  readonly does: string;
  readonly kind: 'source' | 'sink' | 'function';
  /** The methods of the class, where they differ from those of a right one. */
  readonly methods: string;
  readonly files?: Tree;
  /** The result that fails; null for a right plugin. */
  readonly fails: string | RegExp | null;
}

const FUNCTION_ARGS = {
  about: { author: { name: 'a' }, description: { en_US: 'd' } },
  functions: [
    { name: 'NAME', example: 'NAME(a)', args: [{ name: 'a', type: 'string', control: 'field' }] },
  ],
};

const ROWS: readonly Row[] = [
  { does: 'a function', kind: 'function', methods: '', fails: null },
  {
    does: 'validate returns None',
    kind: 'function',
    methods: 'def validate(self, args): pass',
    fails:
      /^calls: Validate refuses it .*: validate return state is false, got &\{State:false Result:<nil>\}$/,
  },
  {
    does: 'validate returns True',
    kind: 'function',
    methods: 'def validate(self, args): return True',
    fails: /^calls: Validate refuses it .* got &\{State:false Result:true\}$/,
  },
  {
    does: 'validate refuses what the metadata declares',
    kind: 'function',
    methods: 'def validate(self, args): return "" if len(args) == 2 else "takes two"',
    files: { 'functions/NAME.json': JSON.stringify(FUNCTION_ARGS) },
    fails: /^calls: Validate refuses it with the arguments of its metadata: .*takes two/,
  },
  {
    does: 'validate wants a constant',
    kind: 'function',
    methods: 'def validate(self, args): return "" if "Val" in args[0] else "a constant, please"',
    files: { 'functions/NAME.json': JSON.stringify(FUNCTION_ARGS) },
    fails: null,
  },
  {
    does: 'every call raises',
    kind: 'function',
    methods: 'def exec(self, args, ctx): raise RuntimeError("boom")',
    fails: 'calls: every call fails with made-up arguments: RuntimeError: boom',
  },
  {
    does: 'raises from the second call on',
    kind: 'function',
    methods: 'n = 0\ndef exec(self, args, ctx):\n    self.n += 1\n    return 10 // (2 - self.n)',
    fails: /^calls: a call fails: [\s\S]*ZeroDivisionError/,
  },
  {
    does: 'takes numbers only',
    kind: 'function',
    methods: 'def exec(self, args, ctx): return args[0] / 2',
    fails: null,
  },
  {
    does: 'answers what JSON has not',
    kind: 'function',
    methods: 'def exec(self, args, ctx): return float("nan")',
    fails: /^calls: every call fails .*Failed to unmarshal function result/,
  },
  { does: 'a source', kind: 'source', methods: '', fails: null },
  {
    does: 'open raises',
    kind: 'source',
    methods: 'def open(self, ctx): raise ConnectionError("camera away")',
    fails: 'rows: ConnectionError: camera away',
  },
  {
    does: 'open is a generator',
    kind: 'source',
    methods: 'def open(self, ctx): yield {"a": 1}',
    fails: 'rows: its open() ended and no row came',
  },
  {
    does: 'emits a list',
    kind: 'source',
    methods: 'def open(self, ctx): ctx.emit([1], None)',
    fails: /^rows: Invalid data format/,
  },
  {
    does: 'emits NaN',
    kind: 'source',
    methods: 'def open(self, ctx): ctx.emit({"a": float("nan")}, None)',
    fails: /^rows: Invalid data format/,
  },
  {
    does: 'emits bytes',
    kind: 'source',
    methods: 'def open(self, ctx): ctx.emit(b"x", None)',
    fails: /^rows: TypeError: .* not JSON serializable$/,
  },
  {
    does: 'raises at the third row',
    kind: 'source',
    methods: 'def open(self, ctx):\n    for n in (2, 1, 0): ctx.emit({"n": 1 // n}, None)',
    fails: 'rows: ZeroDivisionError: integer division or modulo by zero',
  },
  {
    does: 'sends rows and ends',
    kind: 'source',
    methods: 'def open(self, ctx):\n    for n in range(3): ctx.emit({"n": n}, None)',
    fails: null,
  },
  {
    does: 'refuses its own YAML',
    kind: 'source',
    methods:
      'def configure(self, datasource, conf): raise ValueError("no such unit: " + conf["unit"])',
    files: { 'sources/NAME.yaml': 'default:\n  unit: parsec\n' },
    fails: 'symbols: it refuses the settings of its own files: ValueError: no such unit: parsec',
  },
  {
    does: 'ends the process when it is closed',
    kind: 'source',
    methods: 'def close(self, ctx): os._exit(4)',
    fails: /the plugin ended by itself/,
  },
  {
    does: 'calls that take four seconds',
    kind: 'function',
    methods: 'def exec(self, args, ctx):\n    time.sleep(4)\n    return 1',
    fails: null,
  },
  {
    does: 'calls that take six seconds',
    kind: 'function',
    methods: 'def exec(self, args, ctx):\n    time.sleep(6)\n    return 1',
    fails: /^calls: a call fails: time out, plugin kpt_broken_\d+ status running/,
  },
  { does: 'a sink', kind: 'sink', methods: '', fails: null },
  {
    does: 'sink whose open raises',
    kind: 'sink',
    methods: 'def open(self, ctx): raise OSError("no disk")',
    fails: 'rows: it does not run 10 s after its start, and its log has no error',
  },
  {
    does: 'sink whose open takes three seconds',
    kind: 'sink',
    methods: 'def open(self, ctx): time.sleep(3)',
    fails: null,
  },
  {
    does: 'takes a list for a row',
    kind: 'sink',
    methods: 'def collect(self, ctx, data): json.loads(data)["a"]',
    fails: /^rows: after \d+ rows?: TypeError: list indices must be integers or slices, not str$/,
  },
  {
    does: 'dies at the third row',
    kind: 'sink',
    methods: 'n = 0\ndef collect(self, ctx, data):\n    self.n += 1\n    10 // (3 - self.n)',
    fails: /^rows: after \d+ rows: ZeroDivisionError: integer division or modulo by zero$/,
  },
  {
    does: 'reads certain fields',
    kind: 'sink',
    methods:
      'def collect(self, ctx, data):\n    for row in json.loads(data): row["temp"] + row["hum"]',
    fails: null,
  },
];

await describeOnUnixWith('the built-in checks of a Python plugin', sdkPython, (python) => {
  const folder = temporaryFolders();

  test('a failed check is annotated where the manifest names the symbol', async () => {
    const cwd = folder(
      pluginOf(
        'kpt_broken',
        'sink',
        ROWS.find(({ does }) => does === 'takes a list for a row')?.methods ?? '',
        {},
      ),
    );
    const args = ['--python', python, '--only', 'checks', 'rows', '--format', 'github'];
    const { stdout } = await kplugin(['test', '.', ...args], { cwd });
    expect(stdout).toMatch(
      /^::error file=kpt_broken\.json,line=1,col=1,.*,title=check rows::after \d+ rows?: TypeError/m,
    );
  });

  // Each has sockets of its own, and most of the time they wait.
  test.concurrent.for(ROWS)('$does', async (row, { expect }) => {
    const { kind, methods, files = {}, fails } = row;
    const name = `kpt_broken_${ROWS.indexOf(row)}`;
    const cwd = folder(pluginOf(name, kind, methods, files));
    const args = ['--python', python, '--skip', 'silence', '--json'];
    const run = await kplugin(['test', ...args], { cwd });
    const failed = failedIn(run.stdout);
    if (fails === null) expect({ code: run.code, failed }).toEqual({ code: 0, failed: [] });
    else expect(failed).toEqual([typeof fails === 'string' ? fails : expect.stringMatching(fails)]);
  });
});

describeOnUnix('the built-in checks of a plugin with kplugin/sdk', () => {
  const folder = temporaryFolders();

  it('find errors that its SDK logs and answers with', async () => {
    const name = 'kpt_broken_ts';
    const names = (kind: string) => [`${name}_${kind}`];
    const manifest = {
      version: '1.0.0',
      language: 'go',
      executable: 'main.mjs',
      sources: names('in'),
      sinks: names('out'),
      functions: names('boom'),
    };
    const program = `#!/usr/bin/env node
import { startPlugin } from ${JSON.stringify(pathToFileURL('dist/sdk/index.js').href)};
startPlugin({
  name: '${name}',
  sources: { ${name}_in: { open: async ({ emit }) => { await emit({ n: 1 }); throw new Error('camera away'); } } },
  sinks: { ${name}_out: { collect() { throw new Error('no disk'); } } },
  functions: { ${name}_boom() { throw new Error('boom'); } },
});
`;
    const cwd = folder({
      [`${name}.json`]: JSON.stringify(manifest),
      [`sources/${name}_in.yaml`]: 'default: {}\n',
      'main.mjs': { text: program, mode: 0o755 },
    });
    const run = await kplugin(['test', '--skip', 'silence', '--json'], { cwd });
    expect(failedIn(run.stdout)).toEqual([
      'calls: every call fails with made-up arguments: boom',
      expect.stringMatching(/^rows: after 1 row: Invalid data format, .*camera away/),
      expect.stringMatching(/^rows: after \d+ rows?: Error: no disk$/),
    ]);
  });
});

function failedIn(stdout: string): string[] {
  const [{ results }] = JSON.parse(stdout).data.targets;
  return results
    .filter(({ outcome }: { outcome: string }) => outcome === 'failed')
    .map((one: { name: string; message: string }) => `${one.name}: ${one.message}`);
}

function pluginOf(name: string, kind: Row['kind'], methods: string, files: Tree): Tree {
  const lists = { sources: [], sinks: [], functions: [], [`${kind}s`]: [name] };
  const manifest = { version: '1.0.0', language: 'python', executable: 'main.py', ...lists };
  const named = Object.entries(files).map(([path, file]) => [
    path.replace('NAME', name),
    typeof file === 'string' ? file.replaceAll('NAME', name) : file,
  ]);
  const maps = ['source', 'sink', 'function'].map((one) =>
    one === kind ? `{"${name}": It}` : '{}',
  );
  const own = methods.replaceAll('\n', '\n    ');
  return {
    [`${name}.json`]: JSON.stringify(manifest),
    ...(kind === 'source' && { [`sources/${name}.yaml`]: 'default: {}\n' }),
    ...Object.fromEntries(named),
    'main.py': `${RIGHT[kind]}
class It(Right):
    ${own || 'pass'}

if __name__ == "__main__":
    plugin.start(PluginConfig("${name}", ${maps.join(', ')}))
`,
  };
}

const IMPORTS =
  'import json, os, time\nfrom ekuiper import Function, PluginConfig, Sink, Source, plugin\n';

const RIGHT = {
  function: `${IMPORTS}
class Right(Function):
    def validate(self, args): return ""
    def exec(self, args, ctx): return str(args[0])
    def is_aggregate(self): return False
`,
  source: `${IMPORTS}
class Right(Source):
    def configure(self, datasource, conf): pass
    def open(self, ctx):
        while True:
            ctx.emit({"a": 1}, None)
            time.sleep(0.01)
    def close(self, ctx): pass
`,
  sink: `${IMPORTS}
class Right(Sink):
    def configure(self, conf): pass
    def open(self, ctx): pass
    def collect(self, ctx, data): json.loads(data)
    def close(self, ctx): pass
`,
};
