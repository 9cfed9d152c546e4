import path from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';

export interface Import {
  /** The imported file: `src/model/finding.ts`. */
  readonly of: string;
  readonly isType: boolean;
  readonly isDynamic: boolean;
}

/** What each file of src/ imports from src/. */
export type Imports = ReadonlyMap<string, readonly Import[]>;

/** Files that import one module of many dynamically: only the command that runs is loaded. */
const TABLES = new Set(['src/commands/table.ts']);
/** Files that are meant to have a single importer, the table that lists them. */
const ONE_OF_A_KIND = /\/(?:rules|checks|routes|adapters)\/|\/(?:command|run)\.ts$/;

/** Reads the imports of src/. */
export async function importsOfSources(): Promise<Imports> {
  const { output } = await cruise(['src'], {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    includeOnly: '^src/',
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with a text');
  return importsIn(output);
}

/** The imports between files of src/ in a result of dependency-cruiser. */
export function importsIn({ modules }: ICruiseResult): Imports {
  const isSource = (file: string) => file.startsWith('src/');
  return new Map(
    modules
      .filter(({ source }) => isSource(source))
      .map(({ source, dependencies }) => [
        source,
        dependencies
          .filter(({ resolved }) => isSource(resolved))
          .map(({ resolved, dependencyTypes, dynamic }) => ({
            of: resolved,
            isType: dependencyTypes.includes('type-only'),
            isDynamic: dynamic,
          })),
      ]),
  );
}

/** Files with exactly one importer, in the same folder: most of them should be merged into it. */
export function singleImporters(imports: Imports): string[] {
  const importers = new Map<string, Set<string>>();
  for (const [file, list] of imports) {
    for (const { of } of list) importers.set(of, (importers.get(of) ?? new Set()).add(file));
  }
  return [...importers]
    .filter(([file, from]) => {
      const [only = ''] = from;
      const isBeside = from.size === 1 && path.dirname(only) === path.dirname(file);
      return isBeside && !ONE_OF_A_KIND.test(file);
    })
    .map(([file]) => file)
    .sort();
}

/** Folders that import each other, as `src/a <> src/b`; longer cycles as `src/a <> src/b <> src/c`. */
export function mutualFolders(imports: Imports): string[] {
  const graph = new Map<string, Set<string>>();
  for (const [file, list] of imports) {
    const from = path.dirname(file);
    const used = list.map(({ of }) => path.dirname(of)).filter((folder) => folder !== from);
    graph.set(from, new Set([...(graph.get(from) ?? []), ...used]));
  }
  const circles = [...graph].flatMap(([from, used]) =>
    [...used].map((folder) => wayBetween(graph, folder, from)),
  );
  return [...new Set(circles.flatMap((way) => way?.sort().join(' <> ') ?? []))].sort();
}

/** The shortest chain of imports, both ends included; null when there is none. */
function wayBetween(
  graph: ReadonlyMap<string, ReadonlySet<string>>,
  start: string,
  end: string,
): string[] | null {
  const ways = new Map([[start, [start]]]);
  for (const [folder, way] of ways) {
    if (folder === end) return way;
    for (const next of graph.get(folder) ?? []) {
      if (!ways.has(next)) ways.set(next, [...way, next]);
    }
  }
  return null;
}

/** The modules of src/ that a command loads, directly or indirectly, without type-only imports. */
export function loadedBy(imports: Imports, command: string): string[] {
  const loaded = new Set<string>();
  const open = ['src/commands/main.ts'];
  open.push(...['command', 'run'].map((file) => `src/commands/${command}/${file}.ts`));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    for (const { of, isType, isDynamic } of imports.get(file) ?? []) {
      if (!isType && !(isDynamic && TABLES.has(file))) open.push(of);
    }
  }
  return [...loaded];
}
