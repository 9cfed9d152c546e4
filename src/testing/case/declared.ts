import type { JsonFile, Subject, SymbolFile } from '../../lint/subject/subject.ts';
import { fieldOf, plainValue } from '../../model/json/node.ts';
import { FOLDER_OF, SYMBOL_KINDS } from '../../model/symbol.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import { type Settings, symbolKey } from './case.ts';

export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** What the files of a plugin declare about the use of its symbols. The built-in checks use them accordingly. */
export interface Declared {
  /** The type of each argument of a function, in lower case and empty where none is declared. */
  readonly args: ReadonlyMap<string, readonly string[]>;
  /** The defaults of a sink's properties. */
  readonly sinkDefaults: ReadonlyMap<string, Settings>;
  /** Where the manifest names each symbol, by symbolKey: the file and the line. */
  readonly places: ReadonlyMap<string, Place>;
  /** Sources whose YAML has a group `default` with values, and sinks whose properties all have defaults. */
  readonly complete: { readonly sources: ReadonlySet<string>; readonly sinks: ReadonlySet<string> };
}

export const NOTHING_DECLARED: Declared = {
  args: new Map(),
  sinkDefaults: new Map(),
  places: new Map(),
  complete: { sources: new Set(), sinks: new Set() },
};

/** Reads what `functions/*.json`, `sinks/*.json` and `sources/*.yaml` declare (docs/files.md). Ignores what is invalid. */
export function declaredIn({ manifest, symbolFiles, yamlFiles }: Subject): Declared {
  const args = new Map<string, readonly string[]>();
  const sinkDefaults = new Map<string, Settings>();
  const sinks = new Set<string>();
  for (const file of symbolFiles) {
    const root = contentOf(file);
    if (file.symbol.kind === 'function') addFunctions(args, root);
    if (file.symbol.kind !== 'sink') continue;
    const { defaults, isComplete } = defaultsIn(root);
    sinkDefaults.set(file.symbol.name, defaults);
    if (isComplete) sinks.add(file.symbol.name);
  }
  const sources = new Set(
    yamlFiles.filter(({ bytes }) => hasDefaults(bytes)).map(({ path }) => baseOf(path)),
  );
  return { args, sinkDefaults, places: placesIn(manifest), complete: { sources, sinks } };
}

function placesIn(manifest: JsonFile | null): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  if (manifest === null || !manifest.fixed.ok) return places;
  const { path: file, source, fixed } = manifest;
  for (const kind of SYMBOL_KINDS) {
    const list = fieldOf(fixed.root, FOLDER_OF[kind]);
    for (const item of list?.type === 'array' ? list.items : []) {
      if (item.type !== 'string') continue;
      const { line } = source.positionAt(item.start);
      places.set(symbolKey({ kind, name: item.value }), { file, line });
    }
  }
  return places;
}

function contentOf({ fixed }: SymbolFile): ReadonlyMap<string, unknown> {
  return membersOf(fixed.ok ? plainValue(fixed.root) : null);
}

/** The own members of an object; empty for anything else. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return new Map(isObject ? Object.entries(value) : []);
}

function listIn(root: ReadonlyMap<string, unknown>, key: string): ReadonlyMap<string, unknown>[] {
  const list = root.get(key);
  return Array.isArray(list) ? list.map(membersOf) : [];
}

function addFunctions(
  args: Map<string, readonly string[]>,
  root: ReadonlyMap<string, unknown>,
): void {
  for (const one of listIn(root, 'functions')) {
    const name = one.get('name');
    if (typeof name !== 'string' || !Array.isArray(one.get('args'))) continue;
    args.set(
      name,
      listIn(one, 'args').map((arg) => textOf(arg.get('type')).toLowerCase()),
    );
  }
}

function defaultsIn(root: ReadonlyMap<string, unknown>): {
  readonly defaults: Settings;
  readonly isComplete: boolean;
} {
  const properties = listIn(root, 'properties').filter((one) => textOf(one.get('name')) !== '');
  const known = properties.filter((one) => !isEmpty(one.get('default')));
  const defaults = known.map((one) => [textOf(one.get('name')), one.get('default')] as const);
  return {
    defaults: Object.fromEntries(defaults),
    isComplete: properties.length > 0 && known.length === properties.length,
  };
}

function hasDefaults(bytes: Uint8Array): boolean {
  const values = [...membersOf(membersOf(readSourceYaml(bytes).groups).get('default')).values()];
  return values.length > 0 && values.every((value) => !isEmpty(value));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `cam` of `sources/cam.yaml`. */
function baseOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
}
