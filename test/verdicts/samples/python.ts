import type { Tree } from '../../fixtures/tree.ts';
import { manifestOf, type Sample, type Use, usualUse } from '../sample.ts';

type Kind = Use['kind'];

/** A plugin of the Python SDK with one symbol. */
interface PythonSample {
  readonly id: string;
  readonly does: string;
  /** The methods of the class, where they differ from those of a right one. */
  readonly methods?: string;
  /** Files besides, or instead, or none (null); `NAME` stands for the plugin's name. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Statements in front of the class. */
  readonly before?: string;
  /** Statements instead of `plugin.start`; `START` stands for it. */
  readonly main?: string;
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly lineEnd?: string;
  readonly use?: Readonly<Record<string, unknown>>;
}

const START = 'plugin.start(PluginConfig("NAME", SOURCES, SINKS, FUNCTIONS))';

/** The sample of these parts. */
export function python(kind: Kind, parts: PythonSample): Sample {
  const { id, does, methods = '', files = {}, before = '', main = 'START', manifest = {} } = parts;
  const { lineEnd = '\n' } = parts;
  const program = `${IMPORTS}${before}\n${RIGHT[kind]}
class It(Right):
    ${indented(methods || 'pass')}

if __name__ == "__main__":
    ${indented(main.replace('START', START))}
`;
  const all = {
    'NAME.json': manifestOf(id, kind, manifest),
    ...(kind === 'source' && { 'sources/NAME.yaml': 'default: {}\n' }),
    'main.py': program.replaceAll('\n', lineEnd),
    ...files,
  };
  const use = { ...usualUse(kind, id), ...parts.use } as Use;
  return { id, does, language: 'python', use, files: named(all, id, kind) };
}

const indented = (text: string): string => text.replaceAll('\n', '\n    ');

function named(files: Readonly<Record<string, string | null>>, id: string, kind: Kind): Tree {
  const fill = (text: string): string =>
    text
      .replaceAll(/\b(SOURCES|SINKS|FUNCTIONS)\b/g, (list) =>
        list === `${kind.toUpperCase()}S` ? '{"NAME": It}' : '{}',
      )
      .replaceAll('NAME', id);
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) =>
      text === null ? [] : [[fill(path), fill(text)]],
    ),
  );
}

const IMPORTS =
  'import json, os, sys, time\nfrom ekuiper import Function, PluginConfig, Sink, Source, plugin\n';

const RIGHT: Readonly<Record<Kind, string>> = {
  function: `
class Right(Function):
    def validate(self, args): return ""
    def exec(self, args, ctx): return str(args[0])
    def is_aggregate(self): return False
`,
  source: `
class Right(Source):
    def configure(self, datasource, conf): pass
    def open(self, ctx):
        while True:
            ctx.emit({"a": 1}, None)
            time.sleep(0.1)
    def close(self, ctx): pass
`,
  sink: `
class Right(Sink):
    def configure(self, conf): self.path = conf.get("path", os.devnull)
    def open(self, ctx): pass
    def rows(self, data):
        given = json.loads(data)
        return given if isinstance(given, list) else [given]
    def keep(self, row):
        with open(self.path, "a") as file: file.write(json.dumps(row) + "\\n")
    def collect(self, ctx, data):
        for row in self.rows(data): self.keep(row)
    def close(self, ctx): pass
`,
};
